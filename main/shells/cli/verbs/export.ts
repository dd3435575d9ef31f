import { resolve } from 'node:path';
import { Failure } from '../../../../shared/base/failure.ts';
import { answer, table } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly format: string;
  readonly out: string;
}

/** `export`: files for other tools. */
export const exportVerb = verb<Options>(
  'export',
  'write files for other tools',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .requiredOption('--format <format>', 'csv or jsonl')
      .requiredOption('--out <path>', 'the file or folder to write'),
  async ({ options, json, terminal }) => {
    const engine = await terminal.engine();
    const formats = engine.exportFormats();
    if (!formats.includes(options.format)) {
      const there = formats.length === 0 ? 'none is' : formats.join(', ');
      throw new Failure('wrong-use', `--format: ${options.format} is not there yet; there is: ${there}.`);
    }
    const outcome = await withCase(engine, options.case, (open) => open.export(options.format, resolve(options.out)));
    await answer(terminal, json, outcome, () =>
      table(
        outcome.files,
        [
          { title: 'FILE', of: (file) => file.path },
          { title: 'ROWS', of: (file) => String(file.rows), right: true },
          { title: 'SHA-256', of: (file) => file.sha256 },
        ],
        'Nothing was written.',
      ),
    );
    return exits.done;
  },
);
