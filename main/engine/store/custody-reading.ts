import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';

/** Hash that the first line names as the one before it. */
export const CHAIN_START = '0'.repeat(64);

const PIECE = 1 << 20;
/** No line that this program writes is near it. */
const LONGEST_LINE = 64 << 20;
/** The byte between two lines of a log. */
export const LINE_END = 10;

/**
 * One line of `custody.jsonl`: what was done, when by the host's clock, by whom. `prev` is the SHA-256 of the line
 * before, its bytes without the line end; so a line that is changed, taken out or moved breaks every later one.
 */
export interface CustodyLine {
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly [detail: string]: unknown;
}

export interface ChainFault {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

export interface CustodyReading {
  /** As many as the file has; one that cannot be read stands as a line without an action. */
  readonly lines: readonly CustodyLine[];
  /** SHA-256 of each line's bytes. */
  readonly hashes: readonly string[];
  /** Hash of the last line, which the next one will name. */
  readonly head: string;
  readonly faults: readonly ChainFault[];
  /** Bytes after the last whole line: a write that was cut by a crash. */
  readonly tornBytes: number;
  readonly wholeBytes: number;
}

/**
 * Opens a log for reading. A link or a device in its place is refused: a case from elsewhere must not have other files read
 * or a reading that never ends. Rejects with `case-damaged`, or with what the system says.
 */
export async function openLog(path: string): Promise<FileHandle> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const odd = () => new Failure('case-damaged', `The custody log ${path} is no ordinary file.`, 'Nothing was read.');
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: { code?: string }) => {
    if (error.code === 'ELOOP' || error.code === 'ENXIO') throw odd();
    if (error.code === 'EACCES' || error.code === 'EPERM')
      throw new Failure('no-permission', `The custody log ${path} may not be read.`, null);
    throw error;
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw odd();
}

/** Calls back with every whole line's bytes, without its end; answers with the bytes of all of them and of the rest. */
async function eachLine(file: FileHandle, told: (line: Buffer) => void): Promise<{ whole: number; torn: number }> {
  let rest: Buffer[] = [];
  let held = 0;
  let whole = 0;
  for (let at = 0; ; ) {
    const piece = Buffer.allocUnsafe(PIECE);
    const { bytesRead } = await file.read(piece, 0, PIECE, at);
    if (bytesRead === 0) return { whole, torn: held };
    at += bytesRead;
    let start = 0;
    for (let end = piece.indexOf(LINE_END); end >= 0 && end < bytesRead; end = piece.indexOf(LINE_END, start)) {
      const part = piece.subarray(start, end);
      told(rest.length === 0 ? part : Buffer.concat([...rest, part]));
      whole += held + part.length + 1;
      rest = [];
      held = 0;
      start = end + 1;
    }
    if (start < bytesRead) {
      rest.push(piece.subarray(start, bytesRead));
      held += bytesRead - start;
    }
    if (held > LONGEST_LINE) throw new Failure('case-damaged', 'The custody log has a line without an end.', null);
  }
}

/** A line from its bytes; null for what is none. */
export function parseLine(bytes: Buffer): CustodyLine | null {
  // Bytes that are no text would be read as other bytes than those that are hashed.
  if (!isUtf8(bytes)) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as CustodyLine) : null;
  } catch {
    return null;
  }
}

/** SHA-256 of a line's bytes, lower-case hex. */
export function hashOfLine(line: Uint8Array | string): string {
  return createHash('sha256').update(line).digest('hex');
}

const hash = /^[0-9a-f]{64}$/;

/** What a line must say so that others may rely on it: a name of evidence that is a path would lead out of the case. */
function lineFaults(line: CustodyLine, n: number): ChainFault[] {
  const faults: ChainFault[] = [];
  const place = `custody.jsonl line ${n}`;
  for (const key of ['at', 'who', 'action'] as const)
    if (typeof line[key] !== 'string')
      faults.push({ what: `${place}: ${key}`, expected: 'a text', found: shown(line[key]) });
  if (line.action === 'evidence.kept' && !hash.test(String(line.sha256)))
    faults.push({ what: `${place}: the evidence`, expected: 'a SHA-256', found: shown(line.sha256) });
  return faults;
}

const shown = (value: unknown) => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing').slice(0, 80));

/**
 * Reads and walks the chain, byte for byte. Never throws for what the log says; rejects only where there is no file that can
 * be read.
 */
export async function readCustody(path: string): Promise<CustodyReading> {
  const lines: CustodyLine[] = [];
  const hashes: string[] = [];
  const faults: ChainFault[] = [];
  let head = CHAIN_START;
  const file = await openLog(path);
  try {
    const { whole, torn } = await eachLine(file, (bytes) => {
      const n = lines.length + 1;
      const line = parseLine(bytes);
      if (line) {
        if (line.prev !== head)
          faults.push({
            what: `custody.jsonl line ${n}: hash of the line before`,
            expected: head,
            found: shown(line.prev).replaceAll('"', ''),
          });
        if (line.seq !== n)
          faults.push({ what: `custody.jsonl line ${n}: number`, expected: String(n), found: shown(line.seq) });
        faults.push(...lineFaults(line, n));
      } else {
        const found = bytes.subarray(0, 80).toString('utf8');
        faults.push({ what: `custody.jsonl line ${n}`, expected: 'a JSON object', found });
      }
      lines.push(line ?? { seq: n, prev: '', at: '', who: '', action: '' });
      head = hashOfLine(bytes);
      hashes.push(head);
    });
    return { lines, hashes, head, faults, tornBytes: torn, wholeBytes: whole };
  } finally {
    await file.close();
  }
}

/** The hash of the n-th line, worked out from its bytes; null where there is no such line. */
export function headAfter(reading: CustodyReading, n: number): string | null {
  return n === 0 ? CHAIN_START : (reading.hashes[n - 1] ?? null);
}
