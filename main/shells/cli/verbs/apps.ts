import { humanBytes } from '../../../../shared/base/bytes.ts';
import { answer, known, table } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `apps`: totals and labels of every app. */
export const apps = verb<{ readonly case: string }>(
  'apps',
  'apps with their totals and labels',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal }) => {
    const rows = await withCase(await terminal.engine(), options.case, (open) => open.apps());
    await answer(terminal, json, rows, () =>
      table(
        rows,
        [
          { title: 'APP', of: (row) => row.name },
          { title: 'UID', of: (row) => String(row.uid), right: true },
          { title: 'KIND', of: (row) => row.kind },
          { title: 'SENT', of: (row) => humanBytes(row.sent), right: true },
          { title: 'IN BACKGROUND', of: (row) => humanBytes(row.sentBackground), right: true },
          { title: 'RECEIVED', of: (row) => humanBytes(row.received), right: true },
          { title: 'LAST', of: (row) => known(row.last) },
          { title: 'SERVICE', of: (row) => row.service?.name ?? '' },
        ],
        'The case names no apps.',
      ),
    );
    return exits.done;
  },
);
