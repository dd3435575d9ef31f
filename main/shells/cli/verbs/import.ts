import { resolve } from 'node:path';
import { answer } from '../answer.ts';
import { withCaseOrNew } from '../case-choice.ts';
import { importExit, readableImport, tellFailures } from '../import-outcome.ts';
import { verb } from '../verb.ts';

/** `import`: takes files, folders and zips. */
export const importVerb = verb<{ readonly case: string }>(
  'import',
  'take files, folders, zips and captures into a case; the case is made where there is none',
  (command) =>
    command.argument('<path...>', 'files, folders, zips and captures').requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal, work }, [paths]) => {
    const given = (paths as readonly string[]).map((path) => resolve(path));
    const outcome = await withCaseOrNew(await terminal.engine(), options.case, (open) =>
      work((w) => open.importFiles(given, w)),
    );
    await answer(terminal, json, outcome, () => readableImport(outcome));
    tellFailures(terminal, outcome);
    return importExit(outcome);
  },
);
