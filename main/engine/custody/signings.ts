import { type KeyObject, randomUUID, verify } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { type Manifest, readManifest, sha256Of } from './manifest.ts';
import { fingerprintOf, publicKeyOf } from './signing-key.ts';
import { writeNew } from './write-new.ts';

/** Folder of a case in which its signings lie. */
export const SIGNATURES = 'signatures';

/** No manifest of a case is larger, and no other part of a signing. */
const LARGEST = { manifest: 64 << 20, part: 1 << 20 };

/** Something that is not as it should be, in the words of `verify`. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** One signing as it lies in a case. `manifest` is null where nothing it says can be relied on. */
export interface Signing {
  readonly number: number;
  /** Path of the manifest below the case, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly manifest: Manifest | null;
  readonly fingerprint: string | null;
  /** Paths of its tokens below the case. */
  readonly stamps: readonly string[];
  readonly differences: readonly Difference[];
}

/** The names of the files of the n-th signing, below the case. */
export function signingFiles(number: number) {
  const stem = `${SIGNATURES}/manifest-${number}`;
  return { manifest: `${stem}.json`, signature: `${stem}.sig`, key: `${stem}.pem` };
}

/** The n-th signing's m-th token, below the case. */
export function stampFile(number: number, m: number): string {
  return `${SIGNATURES}/manifest-${number}.stamp-${m}.tst`;
}

/** In the one way in which they are written: `manifest-01.json` is no other name of the first. */
const known = /^manifest-([1-9]\d{0,5})\.(?:json|sig|pem|stamp-([1-9]\d{0,5})\.tst)$/;

/** The bytes of a file of at most so many; null for a link, a device, a larger one and one that cannot be read. */
export async function ordinaryBytes(path: string, most: number = LARGEST.part): Promise<Uint8Array | null> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  if (!file) return null;
  try {
    const facts = await file.stat();
    return facts.isFile() && facts.size <= most ? await file.readFile() : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

async function readSigning(root: string, number: number, stamps: readonly string[]): Promise<Signing> {
  const files = signingFiles(number);
  const read = await ordinaryBytes(join(root, files.manifest), LARGEST.manifest);
  const bytes = read ?? new Uint8Array();
  const signature = await ordinaryBytes(join(root, files.signature));
  const pem = await ordinaryBytes(join(root, files.key));
  const sha256 = sha256Of(bytes);
  const base = { number, path: files.manifest, bytes, sha256, stamps };
  const gone = [
    [files.manifest, read],
    [files.signature, signature],
    [files.key, pem],
  ] as const;
  const missing: Difference[] = [];
  for (const [what, there] of gone) {
    if (there !== null) continue;
    const odd = await lstat(join(root, what)).catch(() => null);
    missing.push({ what, expected: 'a file', found: odd ? 'no file that can be read' : 'the file is missing' });
  }
  if (read === null || signature === null || pem === null)
    return { ...base, manifest: null, fingerprint: null, differences: missing };

  let key: KeyObject;
  try {
    key = publicKeyOf(pem, files.key);
    // In the one form in which it is written: no byte of it may be another.
    if (key.export({ type: 'spki', format: 'pem' }) !== Buffer.from(pem).toString('latin1')) throw new Error();
  } catch {
    const difference = {
      what: files.key,
      expected: 'an Ed25519 public key as it was written',
      found: 'something else',
    };
    return { ...base, manifest: null, fingerprint: null, differences: [difference] };
  }
  const fingerprint = fingerprintOf(key);
  if (signature.length !== 64 || !verify(null, bytes, key, signature)) {
    const difference = {
      what: `${files.manifest}: its signature`,
      expected: `one by the key ${fingerprint}`,
      found: 'one that does not fit: the manifest, the signature or the key is another than at signing',
    };
    return { ...base, manifest: null, fingerprint, differences: [difference] };
  }
  const manifest = readManifest(bytes);
  if (!manifest || manifest.number !== number) {
    const difference = { what: files.manifest, expected: `manifest ${number} of a case`, found: 'something else' };
    return { ...base, manifest: null, fingerprint, differences: [difference] };
  }
  if (manifest.signer.key !== fingerprint) {
    const difference = { what: `${files.key}: the key`, expected: manifest.signer.key, found: fingerprint };
    return { ...base, manifest: null, fingerprint, differences: [difference] };
  }
  return { ...base, manifest, fingerprint, differences: [] };
}

/**
 * Reads all signings of a case and checks each signature against the public key beside it, and each manifest against the one
 * before. Says nothing about the files that they list. `strays` are files that belong to no signing, `unfinished` those of one that
 * was cut off before its manifest.
 */
export async function readSignings(root: string): Promise<{
  readonly signings: readonly Signing[];
  readonly strays: readonly string[];
  readonly unfinished: readonly string[];
}> {
  const names = (await readdir(join(root, SIGNATURES)).catch(() => [] as string[])).sort();
  const numbers = new Set<number>();
  const stamps = new Map<number, { m: number; path: string }[]>();
  const strays: string[] = [];
  const parts: { readonly number: number; readonly path: string }[] = [];
  for (const name of names) {
    const match = known.exec(name);
    // A signing appears with its manifest, the last of its files; what lies there before is a signing that was cut off.
    if (!match) {
      if (!name.startsWith('.')) strays.push(`${SIGNATURES}/${name}`);
      continue;
    }
    const number = Number(match[1]);
    if (name === `manifest-${number}.json`) numbers.add(number);
    else parts.push({ number, path: `${SIGNATURES}/${name}` });
    if (match[2] !== undefined) {
      const m = Number(match[2]);
      stamps.set(number, [...(stamps.get(number) ?? []), { m, path: `${SIGNATURES}/${name}` }]);
    }
  }
  const signings: Signing[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const tokens = (stamps.get(number) ?? []).sort((a, b) => a.m - b.m).map((one) => one.path);
    const signing = await readSigning(root, number, tokens);
    signings.push(chained(signing, signings.at(-1) ?? null));
  }
  // A signing that was cut off is the one after the last; parts of any other belong to none.
  const next = (signings.at(-1)?.number ?? 0) + 1;
  const unfinished: string[] = [];
  for (const { number, path } of parts.filter((part) => !numbers.has(part.number)))
    (number === next && !path.endsWith('.tst') ? unfinished : strays).push(path);
  return { signings, strays, unfinished };
}

/** A manifest names the one before, so that none can be taken out of the middle. */
function chained(signing: Signing, before: Signing | null): Signing {
  const said = signing.manifest?.previous;
  const stands = before?.sha256 ?? null;
  if (said === undefined || said === stands) return signing;
  const difference = {
    what: `${signing.path}: the manifest before`,
    expected: said ?? 'none',
    found: stands ?? 'the file is missing',
  };
  return { ...signing, differences: [...signing.differences, difference] };
}

function writeFault(error: unknown, path: string): unknown {
  const { code } = error as { code?: string };
  if (code === 'ENOSPC') return new Failure('disk-full', `The disk is full: ${path} could not be written.`, null);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Failure('read-only', `${path} cannot be written.`, null);
  return error;
}

/** Writes a file of a signing whole, read-only and onto the disk. */
async function keepFile(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(path, '..', `.${randomUUID()}.part`);
  try {
    await writeNew(partial, bytes);
    await chmod(partial, 0o444);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw writeFault(error, path);
  }
}

/** Takes a signing out again that could not be finished: the manifest first, since it makes one. */
export async function dropSigning(root: string, number: number): Promise<void> {
  const files = signingFiles(number);
  for (const path of [files.manifest, files.signature, files.key]) await rm(join(root, path), { force: true });
}

/** Removes what a program that ended left on its way. */
async function clearParts(root: string): Promise<void> {
  for (const name of await readdir(join(root, SIGNATURES)).catch(() => [] as string[]))
    if (name.startsWith('.') && name.endsWith('.part')) await rm(join(root, SIGNATURES, name), { force: true });
}

/** Writes a signing into the case, whose lock must be held: the manifest last, so that it is there whole or not at all. */
export async function keepSigning(
  root: string,
  number: number,
  parts: { readonly manifest: Uint8Array; readonly signature: Uint8Array; readonly publicKey: string },
): Promise<void> {
  const files = signingFiles(number);
  await mkdir(join(root, SIGNATURES), { recursive: true }).catch((error) => {
    throw writeFault(error, join(root, SIGNATURES));
  });
  await clearParts(root);
  try {
    await keepFile(join(root, files.key), Buffer.from(parts.publicKey, 'utf8'));
    await keepFile(join(root, files.signature), parts.signature);
    await keepFile(join(root, files.manifest), parts.manifest);
  } catch (error) {
    await dropSigning(root, number).catch(() => {});
    throw error;
  }
}

/** Writes a token beside the manifest that it stamps, as received; answers with its path below the case, whose lock must be held. */
export async function keepStamp(root: string, signing: Signing, token: Uint8Array): Promise<string> {
  const last = signing.stamps.at(-1);
  const path = stampFile(
    signing.number,
    last === undefined ? 1 : Number(known.exec(last.slice(SIGNATURES.length + 1))?.[2]) + 1,
  );
  await clearParts(root);
  await keepFile(join(root, path), token);
  return path;
}

/** A public key from a file that the examiner names. Rejects with `not-found` or `broken-file`. */
export async function readPublicKey(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: { code?: string }) => {
    throw new Failure(
      error.code === 'ENOENT' ? 'not-found' : 'no-permission',
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read.`,
      null,
    );
  });
  return fingerprintOf(publicKeyOf(bytes, path));
}
