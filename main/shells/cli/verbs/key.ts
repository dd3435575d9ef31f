import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument } from 'commander';
import { Failure } from '../../../../shared/base/failure.ts';
import type { SigningKeyView } from '../../../../shared/types/custody.ts';
import { answer, facts } from '../answer.ts';
import { passphraseFrom } from '../passphrase.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly name?: string;
  readonly out?: string;
}

/** `key`: the examiner's signing key. */
export const key = verb<Options>(
  'key',
  'show the examiner’s signing key, or create it once; the passphrase is asked for or taken from PHONEHOME_PASSPHRASE',
  (command) =>
    command
      .addArgument(new Argument('[action]', 'what to do').choices(['show', 'create']).default('show'))
      .option('--name <name>', 'whose key it is, with `create`; without it the account’s name')
      .option('--out <file>', 'write the public key there, for those who will verify'),
  async ({ options, json, terminal }, [action]) => {
    const engine = await terminal.engine();
    let view: SigningKeyView | null = await engine.signingKey();
    if (action === 'create') {
      if (view) {
        throw new Failure(
          'key-exists',
          `There is a signing key already: ${view.path}.`,
          'It stays good for what it signed.',
        );
      }
      const passphrase = await passphraseFrom(terminal, true);
      view = await engine.createSigningKey({ name: options.name ?? null, passphrase });
      terminal.err(
        'Keep a copy of the key’s folder, and the passphrase: neither can be had again. Hand the fingerprint to those who will verify.\n',
      );
    } else if (options.name !== undefined) {
      throw new Failure('wrong-use', '--name is for `key create`.', 'The name of a key that is there stays as it is.');
    }
    if (!view) throw new Failure('no-key', 'There is no signing key yet.', 'Make one with `key create`.');
    if (options.out !== undefined) await writePublic(resolve(options.out), view.publicKey);
    const shown = view;
    await answer(
      terminal,
      json,
      shown,
      () =>
        `${facts([
          ['Key of', shown.name],
          ['Fingerprint', shown.fingerprint],
          ['Made', shown.createdAt],
          ['Private half', `${shown.path} (encrypted)`],
        ])}${shown.publicKey}`,
    );
    return exits.done;
  },
);

async function writePublic(path: string, pem: string): Promise<void> {
  await writeFile(path, pem, { flag: 'wx' }).catch((error: { code?: string }) => {
    if (error.code === 'EEXIST') throw new Failure('wrong-use', `${path} exists already.`, 'Choose another name.');
    if (error.code === 'ENOENT') throw new Failure('not-found', `The folder of ${path} does not exist.`, null);
    throw new Failure('no-permission', `${path} cannot be written.`, null);
  });
}
