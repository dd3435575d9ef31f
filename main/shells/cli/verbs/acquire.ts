import { Option } from 'commander';
import { Failure } from '../../../../shared/base/failure.ts';
import type { AcquireOutcome } from '../../../../shared/types/outcome.ts';
import { answer, facts, known } from '../answer.ts';
import { withCaseOrNew } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly device?: string;
  readonly profile: 'quick' | 'full' | 'live';
  readonly root?: true;
}

/** `acquire`: acquires a phone and processes what it gave. */
export const acquire = verb<Options>(
  'acquire',
  'acquire a phone into a case and process it; the case is made where there is none',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--device <serial>', 'which phone, where several are connected')
      .addOption(new Option('--profile <profile>', 'how much').choices(['quick', 'full', 'live']).default('full'))
      .option('--root', 'use root on a phone that has it'),
  async ({ options, json, terminal, work }) => {
    if (options.root) {
      throw new Failure('wrong-use', '--root is not there yet: this version acquires without root only.');
    }
    const engine = await terminal.engine();
    const outcome = await withCaseOrNew(engine, options.case, (open) =>
      work((w) => open.acquire({ serial: options.device ?? null, profile: options.profile }, w)),
    );
    await answer(terminal, json, outcome, () => readable(outcome));
    for (const one of outcome.refused) terminal.err(`${one.command}: ${one.state}. ${one.why}\n`);
    return outcome.refused.length > 0 || outcome.state !== 'complete' ? exits.partly : exits.done;
  },
);

function readable(outcome: AcquireOutcome): string {
  const offset =
    outcome.offsetMs === null
      ? 'not known'
      : `phone minus this computer ${outcome.offsetMs} ms, error ${known(outcome.offsetErrorMs, ' ms')}`;
  return facts([
    ['State', outcome.state],
    ['Evidence files', String(outcome.evidence)],
    ['Events', String(outcome.events)],
    ['Warnings', String(outcome.warnings)],
    ['Refused or missing', String(outcome.refused.length)],
    ['Clock', offset],
    ['Time', `${(outcome.durationMs / 1000).toFixed(1)} s`],
  ]);
}
