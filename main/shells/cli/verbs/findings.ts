import { answer } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `findings`: what rules proposed and the examiner wrote. */
export const findings = verb<{ readonly case: string }>(
  'findings',
  'proposed and written findings',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal }) => {
    const rows = await withCase(await terminal.engine(), options.case, (open) => open.findings());
    await answer(terminal, json, rows, () =>
      rows.length === 0
        ? 'No finding is proposed.'
        : rows.map((row) => `${row.title} (${row.state})\n  ${row.text}\n  Limits: ${row.limits}\n`).join('\n'),
    );
    return exits.done;
  },
);
