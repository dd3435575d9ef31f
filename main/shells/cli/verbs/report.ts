import { resolve } from 'node:path';
import { answer, facts } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { dateOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly out: string;
  readonly date?: string;
}

/** `report`: the PDF. */
export const report = verb<Options>(
  'report',
  'write the report as a PDF',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .requiredOption('--out <file>', 'the PDF to write')
      .option(
        '--date <time>',
        'the date to print in place of now; the same case and date give the same bytes',
        dateOption,
      ),
  async ({ options, json, terminal, work }) => {
    const choices = options.date === undefined ? {} : { date: options.date };
    const outcome = await withCase(await terminal.engine(), options.case, (open) =>
      work((w) => open.reportWrite(resolve(options.out), choices, w)),
    );
    await answer(terminal, json, outcome, () =>
      facts([
        ['Report', outcome.path],
        ['Pages', String(outcome.pages)],
        ['SHA-256', outcome.sha256],
      ]),
    );
    return exits.done;
  },
);
