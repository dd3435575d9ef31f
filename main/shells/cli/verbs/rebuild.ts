import { answer } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { importExit, readableImport, tellFailures } from '../import-outcome.ts';
import { verb } from '../verb.ts';

/** `rebuild`: derives everything anew from the evidence. */
export const rebuild = verb<{ readonly case: string }>(
  'rebuild',
  'derive everything anew from the evidence',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal, work }) => {
    const outcome = await withCase(await terminal.engine(), options.case, (open) => work((w) => open.rebuild(w)));
    await answer(terminal, json, outcome, () => readableImport(outcome));
    tellFailures(terminal, outcome);
    return importExit(outcome);
  },
);
