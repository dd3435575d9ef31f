import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { Failure } from '../../../shared/base/failure.ts';
import type { SealOutcome } from '../../../shared/types/custody.ts';
import type { Progress } from '../ports/progress.ts';
import { refusedRecipient } from './age-words.ts';
import { giveName } from './give-name.ts';
import { padding, type TarEntry, tarEnd, tarHeader, unsafePath } from './tar.ts';

const PIECE = 256 * 1024;

export interface Sealing {
  /** The case folder; the last part of its path becomes the folder's name inside. */
  readonly root: string;
  readonly out: string;
  /** age recipients: `age1…`. */
  readonly to: readonly string[];
  /** Names in the case folder that are left out. */
  readonly leaveOut: readonly string[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

interface Found extends TarEntry {
  /** On this machine. */
  readonly file: string;
}

/** Better now than when it is opened. */
function refuseUnsafe(name: string, file: string): void {
  if (unsafePath(name) === null) return;
  throw new Failure(
    'broken-file',
    `${file} has a name that not every system can hold, so the case is not sealed.`,
    'Give it another name.',
  );
}

const unread = (file: string) => (error: { code?: string }) => {
  const gone = error.code === 'ENOENT';
  throw new Failure(
    gone ? 'changed-while-read' : 'no-permission',
    gone ? `${file} went away while the case was being sealed.` : `${file} cannot be read, so the case is not sealed.`,
    'Nothing was written.',
  );
};

async function collect(folder: string, path: string, leaveOut: readonly string[]): Promise<Found[]> {
  const entries: Found[] = [];
  for (const name of (await readdir(folder).catch(unread(folder))).sort()) {
    if (leaveOut.includes(name)) continue;
    const file = join(folder, name);
    refuseUnsafe(name, file);
    const facts = await lstat(file).catch(unread(file));
    const base = {
      path: `${path}/${name}`,
      file,
      changedAt: facts.mtimeMs / 1000,
      writable: (facts.mode & 0o200) !== 0,
    };
    if (facts.isDirectory()) {
      entries.push({ ...base, kind: 'folder', bytes: 0 }, ...(await collect(file, base.path, [])));
    } else if (facts.isFile()) entries.push({ ...base, kind: 'file', bytes: facts.size });
    else throw new Failure('broken-file', `${file} is neither a file nor a folder, so the case is not sealed.`, null);
  }
  return entries;
}

const changed = (file: string) =>
  new Failure(
    'changed-while-read',
    `${file} changed while the case was being sealed.`,
    'Nothing was written. Try again.',
  );

/** The archive, piece by piece; every file must give as many bytes as its header says. */
async function* archive(entries: readonly Found[], told: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    yield tarHeader(entry);
    if (entry.kind === 'folder') continue;
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const file = await open(entry.file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(unread(entry.file));
    try {
      if (!(await file.stat()).isFile()) throw changed(entry.file);
      let left = entry.bytes;
      while (left > 0) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE, left));
        const { bytesRead } = await file.read(piece, 0, piece.length);
        if (bytesRead === 0) throw changed(entry.file);
        left -= bytesRead;
        told(bytesRead);
        yield piece.subarray(0, bytesRead);
      }
      if ((await file.stat()).size !== entry.bytes) throw changed(entry.file);
    } finally {
      await file.close();
    }
    yield padding(entry.bytes);
  }
  yield tarEnd();
}

/** Makes age's end for these recipients. Throws Failure `wrong-use` for one that is none. */
async function encrypterTo(to: readonly string[]) {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  if (to.length === 0) throw new Failure('wrong-use', 'A case is sealed to at least one recipient.', null);
  const later = to.filter((one) => /^age1(?:pq|tagpq)1/.test(one)).length;
  if (later > 0 && later < to.length) {
    throw new Failure(
      'wrong-use',
      'Recipients of the post-quantum kind cannot be mixed with others: the file would be no stronger than the weakest.',
      'Seal it once for each kind.',
    );
  }
  for (const recipient of to) {
    try {
      if (!/^age1[a-z0-9]+$/.test(recipient)) throw new Error();
      encrypter.addRecipient(recipient);
      // Some are well written and stand for no key: only sealing shows it.
      const trial = new Encrypter();
      trial.addRecipient(recipient);
      await trial.encrypt(new Uint8Array());
    } catch {
      throw refusedRecipient(recipient);
    }
  }
  return encrypter;
}

function writeFailure(error: unknown, path: string): unknown {
  if (error instanceof Failure) return error;
  const { code } = error as { code?: string };
  if (code === 'ENOSPC')
    return new Failure('disk-full', `The disk is full: ${path} could not be written.`, 'Nothing of it was left.');
  if (code === 'EEXIST')
    return new Failure('wrong-use', `${path} exists already.`, 'Choose another name: it is not written over.');
  if (code === 'ENAMETOOLONG')
    return new Failure('wrong-use', `The name is too long for this disk: ${path}.`, 'Choose a shorter one.');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Failure('no-permission', `${path} cannot be written.`, 'Choose another place.');
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure('not-found', `The folder of ${path} does not exist.`, 'Make it, or choose another place.');
  return error;
}

async function writeAll(stream: AsyncIterable<Uint8Array>, file: FileHandle, signal: AbortSignal) {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of stream) {
    if (signal.aborted) throw new Failure('cancelled', 'The sealing was cancelled.', 'Nothing was written.');
    hash.update(piece);
    bytes += piece.length;
    await file.writeFile(piece);
  }
  await file.sync();
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Seals a folder into one file: a tar inside age (age-encryption.org/v1), piece by piece, so that memory does not grow with
 * the case. The file appears whole or not at all, and none is written over. Rejects with a Failure.
 */
export async function sealFolder(sealing: Sealing): Promise<SealOutcome> {
  const { root, out, to, progress, signal } = sealing;
  const encrypter = await encrypterTo(to);
  const there = await lstat(out).then(
    () => true,
    () => false,
  );
  if (there) throw new Failure('wrong-use', `${out} exists already.`, 'Choose another name: it is not written over.');
  const name = basename(root);
  refuseUnsafe(name, root);
  const facts = await lstat(root).catch(unread(root));
  const top: Found = {
    path: name,
    file: root,
    kind: 'folder',
    bytes: 0,
    writable: true,
    changedAt: facts.mtimeMs / 1000,
  };
  const entries = [top, ...(await collect(root, name, sealing.leaveOut))];
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);

  let done = 0;
  const plain = archive(entries, (bytes) => {
    done += bytes;
    progress.now(`Sealing ${humanBytes(done)} of ${humanBytes(total)}`, total === 0 ? null : done / total);
  });
  const partial = `${out}.${randomUUID()}.part`;
  try {
    const file = await open(partial, 'wx', 0o600);
    try {
      const sealed = await encrypter.encrypt(ReadableStream.from(plain) as globalThis.ReadableStream<Uint8Array>);
      const written = await writeAll(sealed as AsyncIterable<Uint8Array>, file, signal);
      await file.close();
      await giveName(partial, out);
      return { path: out, ...written, files: entries.filter((one) => one.kind === 'file').length, to: [...to] };
    } finally {
      await file.close().catch(() => {});
    }
  } catch (error) {
    await unlink(partial).catch(() => {});
    throw writeFailure(error, out);
  }
}
