import { randomUUID } from 'node:crypto';
import { access, chmod, type FileHandle, mkdir, open, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { Failure } from '../../../shared/base/failure.ts';
import type { UnsealOutcome } from '../../../shared/types/custody.ts';
import type { Progress } from '../ports/progress.ts';
import { notForUs, refusedIdentity } from './age-words.ts';
import { BLOCK, type ReadHeader, readPax, readTarHeader, TarFault, unsafePath } from './tar.ts';

const PIECE = 256 * 1024;
const MAGIC = 'age-encryption.org/v1\n';
const ARMOUR = '-----BEGIN AGE ENCRYPTED FILE-----';
/** A header with a thousand recipients is smaller. */
const LARGEST_HEADER = 1 << 20;
const LARGEST_NOTE = 1 << 20;

export interface Unsealing {
  readonly file: string;
  /** A file with age identities, one a line: `AGE-SECRET-KEY-1…`. */
  readonly identities: string;
  /** The case folder to make; it must not be there yet. */
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

function readFailure(error: unknown, path: string): unknown {
  const { code } = error as { code?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Failure('not-found', `There is no file ${path}.`, null);
  if (code === 'EISDIR') return new Failure('wrong-use', `${path} is a folder.`, 'Name a file.');
  if (code === 'EACCES' || code === 'EPERM') return new Failure('no-permission', `${path} cannot be read.`, null);
  return error;
}

async function decrypterFor(path: string) {
  const { Decrypter } = await import('age-encryption');
  const text = await readFile(path, 'utf8').catch((error) => {
    throw readFailure(error, path);
  });
  const decrypter = new Decrypter();
  let found = 0;
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    try {
      decrypter.addIdentity(line);
      found += 1;
    } catch {
      throw refusedIdentity(path, line);
    }
  }
  if (found === 0)
    throw new Failure('broken-file', `${path} holds no age identity.`, 'It takes a file of `age-keygen`.');
  return decrypter;
}

/** The header, which is looked at alone first, so that a file without an end of it is not read into memory whole. */
async function checkBeginning(file: FileHandle, path: string): Promise<string> {
  const head = Buffer.alloc(LARGEST_HEADER);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const text = head.toString('latin1', 0, bytesRead);
  if (text.startsWith(ARMOUR)) {
    throw new Failure(
      'unsupported',
      `${path} is sealed as text (armoured).`,
      'Turn it into the plain form with `age` first.',
    );
  }
  if (!text.startsWith(MAGIC))
    throw new Failure('not-recognised', `${path} is not a sealed case: it is no age file.`, null);
  const end = text.indexOf('\n--- ');
  if (end < 0) throw damaged(path);
  return text.slice(0, end);
}

const damaged = (path: string) =>
  new Failure(
    'broken-file',
    `${path} is not whole: it was changed or cut off after it was sealed.`,
    'Nothing was taken from it. Get another copy and compare its SHA-256 with the one noted at sealing.',
  );

/** Takes exact numbers of bytes from a stream of pieces. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** At most `most` bytes, at least one; null at the end. */
  async next(most: number): Promise<Uint8Array | null> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#source.next();
      if (done) return null;
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  /** Exactly `count` bytes, or null where the stream ends before the first of them. Throws where it ends in between. */
  async exactly(count: number): Promise<Uint8Array | null> {
    const whole = Buffer.alloc(count);
    for (let at = 0; at < count; ) {
      const piece = await this.next(count - at);
      if (!piece && at === 0) return null;
      if (!piece) throw new TarFault('it ends in the middle of an entry');
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.#source.return?.().catch(() => {});
  }

  /** Reads on to the end, so that age has seen its own end mark. Throws for anything but zeros. */
  async drain(): Promise<void> {
    for (let piece = await this.next(PIECE); piece; piece = await this.next(PIECE)) {
      if (piece.some((byte) => byte !== 0)) throw new TarFault('bytes after its end');
    }
  }
}

/** Files with their times, to be set when all is written. */
interface Written {
  files: number;
  bytes: number;
  readonly after: { readonly path: string; readonly writable: boolean; readonly changedAt: number }[];
}

/** A name that is there as something else already, or that no disk can hold. */
const twice = (error: { code?: string }) => {
  if (error.code === 'EEXIST' || error.code === 'ENOTDIR' || error.code === 'EISDIR')
    throw new TarFault('two entries have one name', true);
  if (error.code === 'ENAMETOOLONG') throw new TarFault('an entry has a name that is too long', true);
  throw error;
};

async function takeFile(pieces: Pieces, entry: ReadHeader, path: string, told: (bytes: number) => void): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch(twice);
  const file = await open(path, 'wx').catch(twice);
  try {
    for (let left = entry.bytes; left > 0; ) {
      const piece = await pieces.next(left);
      if (!piece) throw new TarFault('it ends in the middle of a file');
      await file.writeFile(piece);
      left -= piece.length;
      told(piece.length);
    }
  } finally {
    await file.close();
  }
  await pieces.exactly((BLOCK - (entry.bytes % BLOCK)) % BLOCK);
}

async function unpack(pieces: Pieces, folder: string, told: (bytes: number) => void): Promise<Written> {
  const written: Written = { files: 0, bytes: 0, after: [] };
  let notes: ReturnType<typeof readPax> = {};
  for (;;) {
    const block = await pieces.exactly(BLOCK);
    if (!block) throw new TarFault('it has no end');
    const plain = readTarHeader(block);
    if (!plain) break;
    if (plain.type === 'x') {
      if (plain.bytes > LARGEST_NOTE) throw new TarFault('a note that is too long', true);
      notes = readPax((await pieces.exactly(plain.bytes)) ?? new Uint8Array());
      await pieces.exactly((BLOCK - (plain.bytes % BLOCK)) % BLOCK);
      continue;
    }
    const entry = { ...plain, ...notes };
    notes = {};
    if (entry.type !== '0' && entry.type !== '5') throw new TarFault('it holds a link or a device', true);
    const unsafe = unsafePath(entry.path);
    if (unsafe) throw new TarFault(unsafe, true);
    const path = join(folder, ...entry.path.split('/'));
    if (entry.kind === 'folder') await mkdir(path, { recursive: true }).catch(twice);
    else {
      await takeFile(pieces, entry, path, told);
      written.files += 1;
      written.bytes += entry.bytes;
    }
    written.after.push({ path, writable: entry.writable || entry.kind === 'folder', changedAt: entry.changedAt });
  }
  await pieces.drain();
  return written;
}

async function settle(written: Written): Promise<void> {
  // The innermost last written first, since writing into a folder changes its time.
  for (const one of [...written.after].reverse()) {
    await utimes(one.path, one.changedAt, one.changedAt);
    if (!one.writable) await chmod(one.path, 0o444);
  }
}

function unsealFailure(error: unknown, file: string, out: string): unknown {
  if (error instanceof Failure) return error;
  if (error instanceof TarFault) {
    return new Failure(
      error.hostile ? 'hostile-archive' : 'broken-file',
      `${file} could be decrypted, but what is inside is no sealed case: ${error.message}.`,
      'Nothing was taken from it.',
    );
  }
  const { code } = error as { code?: string };
  if (code === 'ENOSPC')
    return new Failure('disk-full', `The disk is full: the case could not be written to ${out}.`, 'Nothing was left.');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Failure('no-permission', `${out} cannot be written.`, 'Choose another place.');
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure('not-found', `The folder of ${out} does not exist.`, 'Make it, or choose another place.');
  // What age and its ciphers throw carries no code.
  return code === undefined ? damaged(file) : error;
}

async function* piecesOf(file: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    if (signal.aborted) throw new Failure('cancelled', 'The opening was cancelled.', 'Nothing was left.');
    const piece = Buffer.allocUnsafe(PIECE);
    const { bytesRead } = await file.read(piece, 0, PIECE, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/**
 * Opens a sealed case into a new folder. Nothing appears at `out` unless every byte was proven to be as it was sealed. Rejects
 * with `wrong-key`, `broken-file`, `not-recognised`, `hostile-archive`, `case-exists` and the failures of a disk.
 */
export async function unsealFile(unsealing: Unsealing): Promise<UnsealOutcome> {
  const { file: path, out, progress, signal } = unsealing;
  const decrypter = await decrypterFor(unsealing.identities);
  const there = await access(out).then(
    () => true,
    () => false,
  );
  if (there) throw new Failure('case-exists', `${out} exists already.`, 'Choose another place.');
  const file = await open(path).catch((error) => {
    throw readFailure(error, path);
  });
  const partial = `${out}.${randomUUID()}.part`;
  let pieces: Pieces | null = null;
  try {
    const { size } = await file.stat();
    const head = await checkBeginning(file, path);
    let done = 0;
    const told = (bytes: number) => {
      done += bytes;
      progress.now(`Opening ${humanBytes(done)} of ${humanBytes(size)}`, Math.min(1, done / size));
    };
    const sealed = ReadableStream.from(piecesOf(file, signal)) as globalThis.ReadableStream<Uint8Array>;
    const plain = await decrypter.decrypt(sealed).catch((error: Error) => {
      throw /no identity matched/.test(error.message) ? notForUs(path, unsealing.identities, head) : error;
    });
    // What was sealed for one reader is nobody else's to read on the way.
    await mkdir(partial, { mode: 0o700 });
    pieces = new Pieces(plain as unknown as AsyncIterable<Uint8Array>);
    const written = await unpack(pieces, partial, told);
    const [name, ...more] = await readdir(partial);
    if (name === undefined || more.length > 0) throw new TarFault('not one folder, but several things');
    const isCase = await access(join(partial, name, 'custody.jsonl')).then(
      () => true,
      () => false,
    );
    if (!isCase) throw new TarFault('it has no custody.jsonl');
    await settle(written);
    await rename(join(partial, name), out);
    return { path: out, files: written.files, bytes: written.bytes };
  } catch (error) {
    throw unsealFailure(error, path, out);
  } finally {
    await pieces?.close();
    await file.close();
    await rm(partial, { recursive: true, force: true });
  }
}
