import { answer } from '../answer.ts';
import { importExit, readableImport, tellFailures } from '../import-outcome.ts';
import { verb } from '../verb.ts';

/** `rebuild`: derives everything anew from the evidence. */
export const rebuild = verb<{ readonly case: string }>(
  'rebuild',
  'derive everything anew from the evidence',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    // A case whose database is damaged is rebuilt too, so it is not opened.
    const outcome = await work((w) => engine.rebuildFolder(options.case, w));
    await answer(terminal, json, outcome, () => readableImport(outcome, 'meant'));
    tellFailures(terminal, outcome);
    return importExit(outcome);
  },
);
