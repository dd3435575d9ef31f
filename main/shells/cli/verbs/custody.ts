import { grouped } from '../../../../shared/base/grouped.ts';
import type { CustodyLineView } from '../../../../shared/types/custody.ts';
import { plainLine } from '../answer.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

const page = 2000;
const beginning = '0'.repeat(64);

/** `custody`: the custody log as a reader sees it, one JSON value a line with `--json`. The case is not opened and not changed. */
export const custody = verb<{ readonly case: string }>(
  'custody',
  'the custody log: who did what, when; with --json one JSON value a line',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal }) => {
    const engine = await terminal.engine();
    let head = beginning;
    let after = 0;
    const broken: number[] = [];
    if (!json) await terminal.out(`${preamble}\n\n`);
    for (;;) {
      const { lines } = await engine.custodyOf(options.case, after, page);
      for (const line of lines) {
        if (namedBefore(line) !== head) broken.push(line.seq);
        head = line.hash;
      }
      if (lines.length > 0) await terminal.out(lines.map(json ? asJson : asText).join(''));
      after += lines.length;
      if (lines.length < page || terminal.signal.aborted) break;
    }
    if (!json) await terminal.out(ending(after, head, broken));
    return broken.length === 0 ? exits.done : exits.partly;
  },
);

const preamble =
  'Each entry: number, time by the clock of the computer, account that ran the program, action, first digits of the SHA-256 of its line.\nThe phone’s clock is given as its difference from the computer’s. Hashes are cut to their first digits; --json has them whole.';

const asJson = (line: CustodyLineView) => `${JSON.stringify(line)}\n`;

/** Number, time, account, action and the line's own hash, by which the next one names it; what was done stands below, set in. */
function asText({ seq, at, who, action, sentence, hash }: CustodyLineView): string {
  const time = at === '' ? 'no time' : `${at.slice(0, 23).replace('T', ' ')} UTC`;
  const head = `${String(seq).padStart(5)}  ${time}  ${who}  ${action}  (line ${hash.slice(0, 12)}…)`;
  return `${plainLine(head)}\n       ${plainLine(sentence)}\n`;
}

/** The hash that a line names as the one before it; empty where it names none. */
function namedBefore(line: CustodyLineView): string {
  try {
    const { prev } = JSON.parse(line.details) as { prev?: unknown };
    return typeof prev === 'string' ? prev : '';
  } catch {
    return '';
  }
}

function ending(lines: number, head: string, broken: readonly number[]): string {
  const [first] = broken;
  const chain =
    first === undefined
      ? 'Each names the SHA-256 of the one before it: none was changed, taken out or moved after it was written, unless all that follow were written anew.'
      : `Line ${grouped(first)} does not name the SHA-256 of the one before it: the log was changed there. Run verify for every difference.`;
  return `\n${grouped(lines)} ${lines === 1 ? 'line' : 'lines'}. ${chain}\nSHA-256 of the last line: ${head}\n`;
}
