import { createHash } from 'node:crypto';
import { open, readFile, truncate } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';

/** Hash that the first line names as the one before it. */
export const CHAIN_START = '0'.repeat(64);

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
  readonly lines: readonly CustodyLine[];
  /** Hash of the last line, which the next one will name. */
  readonly head: string;
  readonly faults: readonly ChainFault[];
  /** Bytes after the last whole line: a write that was cut by a crash. */
  readonly tornBytes: number;
  readonly wholeBytes: number;
}

function hashOf(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** Reads and walks the chain. Never throws for what the log says; rejects only when the file cannot be read. */
export async function readCustody(path: string): Promise<CustodyReading> {
  const bytes = await readFile(path);
  const wholeBytes = bytes.lastIndexOf(10) + 1;
  const texts = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  const lines: CustodyLine[] = [];
  const faults: ChainFault[] = [];
  let head = CHAIN_START;
  for (const [index, text] of texts.entries()) {
    const n = index + 1;
    let line: CustodyLine | null = null;
    try {
      line = JSON.parse(text) as CustodyLine;
    } catch {
      faults.push({ what: `custody.jsonl line ${n}`, expected: 'a JSON object', found: text.slice(0, 80) });
    }
    if (line) {
      if (line.prev !== head)
        faults.push({
          what: `custody.jsonl line ${n}: hash of the line before`,
          expected: head,
          found: String(line.prev),
        });
      if (line.seq !== n)
        faults.push({ what: `custody.jsonl line ${n}: number`, expected: String(n), found: String(line.seq) });
      lines.push(line);
    }
    head = hashOf(text);
  }
  return { lines, head, faults, tornBytes: bytes.length - wholeBytes, wholeBytes };
}

/** The hash that the chain had after its n-th line; null where it has no such line. */
export function headAfter(reading: CustodyReading, n: number): string | null {
  if (n === 0) return CHAIN_START;
  const next = reading.lines[n];
  if (next) return next.prev;
  return n === reading.lines.length ? reading.head : null;
}

/** Appends to the log. Each line is on the disk before the call returns. */
export class CustodyWriter {
  readonly #path: string;
  readonly #who: string;
  #seq: number;
  #head: string;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, who: string, seq: number, head: string) {
    this.#path = path;
    this.#who = who;
    this.#seq = seq;
    this.#head = head;
  }

  /**
   * Opens the log for writing. A torn last line, left by a crash, is cut off and the next line says so.
   * Rejects with `case-damaged` when the chain itself is broken: nothing is appended to a broken chain.
   */
  static async open(path: string, who: string, now: () => string): Promise<CustodyWriter> {
    const reading = await readCustody(path);
    if (reading.faults.length > 0) {
      throw new Failure(
        'case-damaged',
        `The custody log ${path} is broken at ${reading.faults[0]?.what}.`,
        'Nothing is added to a broken log. Run verify for every difference.',
      );
    }
    const writer = new CustodyWriter(path, who, reading.lines.length, reading.head);
    if (reading.tornBytes > 0) {
      await truncate(path, reading.wholeBytes);
      await writer.append(now(), 'log.repaired', { tornBytes: reading.tornBytes });
    }
    return writer;
  }

  /** A new, empty log; the file must not exist. */
  static async create(path: string, who: string): Promise<CustodyWriter> {
    const file = await open(path, 'wx');
    await file.close();
    return new CustodyWriter(path, who, 0, CHAIN_START);
  }

  get head(): string {
    return this.#head;
  }
  get count(): number {
    return this.#seq;
  }

  /** Lines that are asked for at the same time are written one after another. */
  append(at: string, action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    const written = this.#last.then(() => this.#write(at, action, details));
    this.#last = written.catch(() => {});
    return written;
  }

  /** Resolves when every line that was asked for is written, or has failed to be. */
  settled(): Promise<void> {
    return this.#last;
  }

  async #write(at: string, action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    const text = JSON.stringify({ seq: this.#seq + 1, prev: this.#head, at, who: this.#who, action, ...details });
    const file = await open(this.#path, 'a');
    const before = (await file.stat()).size;
    try {
      await file.writeFile(`${text}\n`);
      await file.sync();
    } catch (error) {
      // A line that the disk took only in part would look like damage later.
      await file.truncate(before).catch(() => {});
      if ((error as { code?: string }).code === 'ENOSPC') {
        throw new Failure(
          'disk-full',
          `The disk is full: ${this.#path} could not be written.`,
          'Free some space and open the case again; what was kept is safe.',
        );
      }
      throw error;
    } finally {
      await file.close();
    }
    this.#seq += 1;
    this.#head = hashOf(text);
  }
}
