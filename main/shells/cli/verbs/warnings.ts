import type { WarningView } from '../../../../shared/types/summary.ts';
import { plainLine } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

const page = 5000;

/** `warnings`: what could not be read, one JSON value a line. */
export const warnings = verb<{ readonly case: string }>(
  'warnings',
  'what could not be read; with --json one JSON value a line',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal }) => {
    const line = json ? JSON.stringify : (row: WarningView) => plainLine(readable(row));
    await withCase(await terminal.engine(), options.case, async (open) => {
      for (let after = 0; ; after += page) {
        const rows = await open.warnings(page, after);
        if (rows.length > 0) await terminal.out(rows.map((row) => `${line(row)}\n`).join(''));
        if (rows.length < page) return;
      }
    });
    return exits.done;
  },
);

function readable(row: WarningView): string {
  const place = [
    row.evidence,
    row.section,
    row.line === null ? null : `line ${row.line}`,
    row.offset === null ? null : `byte ${row.offset}`,
  ];
  const text = row.text === null ? '' : `  ${JSON.stringify(row.text)}`;
  return `${place.filter((part) => part !== null).join(', ')}: ${row.reason}${text}`;
}
