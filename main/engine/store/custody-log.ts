import { open, truncate } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';
import { CHAIN_START, hashOfLine, readCustody } from './custody-reading.ts';

export type { ChainFault, CustodyLine, CustodyReading } from './custody-reading.ts';
export { CHAIN_START, headAfter, readCustody } from './custody-reading.ts';

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
    this.#head = hashOfLine(text);
  }
}
