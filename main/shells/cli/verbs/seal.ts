import { resolve } from 'node:path';
import { humanBytes } from '../../../../shared/base/bytes.ts';
import { answer, facts } from '../answer.ts';
import { severalOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface SealOptions {
  readonly case: string;
  readonly to?: readonly string[];
  readonly out: string;
}

/** `seal`: the whole case in one encrypted file. */
export const seal = verb<SealOptions>(
  'seal',
  'put the whole case into one file that only the given age recipients can open',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--to <recipient>', 'whom it is for: an age recipient, age1…; may be given again', severalOption)
      .requiredOption('--out <file>', 'the file to write, or a folder for NAME.phonehome.age'),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    const outcome = await work((w) =>
      engine.sealCase(options.case, { to: options.to ?? [], out: resolve(options.out) }, w),
    );
    await answer(terminal, json, outcome, () =>
      facts([
        ['Sealed', `${outcome.path} (${humanBytes(outcome.bytes)}, ${outcome.files} files)`],
        ['SHA-256', outcome.sha256],
        ['For', outcome.to.join(', ')],
      ]),
    );
    return exits.done;
  },
);

/** `unseal`: opens such a file. */
export const unseal = verb<{ readonly key: string; readonly out: string }>(
  'unseal',
  'open a sealed case into a new folder',
  (command) =>
    command
      .argument('<file>', 'the sealed case')
      .requiredOption('--key <file>', 'your age identity: the file that age-keygen wrote')
      .requiredOption('--out <folder>', 'the folder of the case to make; it must not be there yet'),
  async ({ options, json, terminal, work }, [file]) => {
    const engine = await terminal.engine();
    const choice = { identities: resolve(options.key), out: resolve(options.out) };
    const outcome = await work((w) => engine.unsealCase(resolve(String(file)), choice, w));
    await answer(terminal, json, outcome, () =>
      facts([
        ['Opened', outcome.path],
        ['Files', `${outcome.files}, ${humanBytes(outcome.bytes)}`],
        ['Next', `verify --case ${outcome.path}`],
      ]),
    );
    return exits.done;
  },
);
