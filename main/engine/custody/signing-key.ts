import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../shared/base/failure.ts';
import type { SigningKeyView } from '../../../shared/types/custody.ts';
import { DerFault } from './der.ts';
import { lockKey, unlockKey, WrongPassphrase } from './locked-key.ts';
import { writeNew } from './write-new.ts';

/** Shorter ones are found by trying. */
const SHORTEST = 8;

const about = z.object({
  format: z.literal('phonehome signing key'),
  version: z.literal(1),
  name: z.string(),
  createdAt: z.string(),
});

const places = (folder: string) => ({
  root: join(folder, 'examiner'),
  secret: join(folder, 'examiner', 'private.pem'),
  open: join(folder, 'examiner', 'public.pem'),
  about: join(folder, 'examiner', 'about.json'),
});

/** SHA-256 of a public key in its SPKI form (RFC 5280 §4.1), lower-case hex: how a key is told from another. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Reads an Ed25519 public key from PEM text. Throws Failure `broken-file` that names `path`. */
export function publicKeyOf(pem: string | Uint8Array, path: string): KeyObject {
  const text = Buffer.from(pem as Uint8Array).toString('utf8');
  try {
    // A private key would be taken too, and has no business in a case or on another's machine.
    if (text.includes('PRIVATE KEY')) throw new Error();
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below.
  }
  throw new Failure('broken-file', `${path} is not an Ed25519 public key in PEM form.`, null);
}

function viewOf(facts: z.infer<typeof about>, pem: string, path: string): SigningKeyView {
  const key = publicKeyOf(pem, path);
  // In its one form, whatever line ends a copy of the file got: so it will stand beside signatures.
  const publicKey = key.export({ type: 'spki', format: 'pem' }).toString();
  return { name: facts.name, fingerprint: fingerprintOf(key), createdAt: facts.createdAt, publicKey, path };
}

/** The examiner's key in this folder, or null where none was made. Rejects with `broken-file`. */
export async function readSigningKey(folder: string): Promise<SigningKeyView | null> {
  const { open, about: facts, secret } = places(folder);
  let text: string;
  try {
    text = await readFile(facts, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new Failure('no-permission', `The signing key ${facts} cannot be read.`, null);
  }
  try {
    return viewOf(about.parse(JSON.parse(text)), await readFile(open, 'utf8'), secret);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('broken-file', `The signing key in ${facts} cannot be read.`, 'Take the folder from a backup.');
  }
}

/**
 * Makes the examiner's key: Ed25519, the private half under the passphrase, readable by its owner alone. `createdAt` is
 * ISO 8601. There is one key a person: rejects with `key-exists`, and with `wrong-use` for a passphrase that is too short.
 */
export async function createSigningKey(
  folder: string,
  choice: { readonly name: string; readonly passphrase: string; readonly createdAt: string },
): Promise<SigningKeyView> {
  const name = choice.name.trim().replace(/\p{C}/gu, '').slice(0, 200);
  if (name === '') throw new Failure('wrong-use', 'The key needs the name of the person who signs with it.', null);
  if ([...choice.passphrase].length < SHORTEST) {
    throw new Failure(
      'wrong-use',
      `The passphrase must have at least ${SHORTEST} characters.`,
      'Several words are best.',
    );
  }
  const exists = await readSigningKey(folder);
  const { root } = places(folder);
  if (exists) {
    throw new Failure(
      'key-exists',
      `There is a signing key already, of ${exists.name}, in ${root}.`,
      'It stays good for what it signed. To begin a new one, move that folder to a safe place first.',
    );
  }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const facts = { format: 'phonehome signing key', version: 1, name, createdAt: choice.createdAt } as const;
  const fresh = join(folder, `.new-${randomUUID()}`);
  try {
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    await chmod(fresh, 0o700);
    await writeNew(join(fresh, 'private.pem'), await lockKey(privateKey, choice.passphrase), 0o600);
    await writeNew(join(fresh, 'public.pem'), pem, 0o644);
    await writeNew(join(fresh, 'about.json'), `${JSON.stringify(facts, null, 2)}\n`, 0o644);
    await rename(fresh, root);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const { code } = error as { code?: string };
    if (code === 'ENOSPC') throw new Failure('disk-full', `The disk is full: no key could be made in ${folder}.`, null);
    if (code === 'ENOTEMPTY' || code === 'EEXIST')
      throw new Failure(
        'key-exists',
        `There is something in the place of the signing key already: ${root}.`,
        'It was not touched. Look whether it is a key, and move that folder to a safe place before you begin a new one.',
      );
    throw new Failure('no-permission', `A signing key cannot be made in ${folder}.`, null);
  }
  return viewOf(facts, pem, places(folder).secret);
}

/** Opens the examiner's key. Rejects with `no-key`, `wrong-passphrase` or `broken-file`. */
export async function openSigningKey(
  folder: string,
  passphrase: string,
): Promise<{ readonly key: KeyObject; readonly view: SigningKeyView }> {
  const view = await readSigningKey(folder);
  if (!view) {
    throw new Failure('no-key', 'There is no signing key yet.', 'Make one first: on the command line, `key create`.');
  }
  let key: KeyObject;
  try {
    key = await unlockKey(await readFile(view.path, 'utf8'), passphrase);
  } catch (error) {
    if (error instanceof WrongPassphrase)
      throw new Failure('wrong-passphrase', 'The passphrase does not open the signing key.', 'Nothing was signed.');
    const why = error instanceof DerFault ? `: ${error.message}` : '';
    throw new Failure('broken-file', `The signing key ${view.path} cannot be read${why}.`, null);
  }
  if (fingerprintOf(createPublicKey(key)) !== view.fingerprint) {
    throw new Failure(
      'broken-file',
      `The two halves of the signing key beside ${view.path} do not belong together.`,
      'Take the folder from a backup.',
    );
  }
  return { key, view };
}
