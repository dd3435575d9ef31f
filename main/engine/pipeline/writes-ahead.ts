import { setImmediate as turn } from 'node:timers/promises';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

/** Bytes that may wait for the thread of SQLite, before those that wait already: it may be busy with one question for a second. */
const AHEAD = 12 * 2 ** 20;
/** Rows and bytes of one statement. */
const ROWS = 64;
const BYTES = 2 ** 20;
/** After so many milliseconds others have their turn. */
const TURN_MS = 2;

/** Rows of one table that are not on their way yet. */
interface Gathering {
  readonly insert: string;
  readonly params: (SqlValue | Uint8Array)[];
  rows: number;
  bytes: number;
}

/**
 * Writes rows while the next ones are made. What goes wrong with one is met with a later one, or when all are settled. Rows go many to a
 * statement: whoever else asks the case something stands in one line with them, and each statement takes several turns of this thread.
 */
export class WritesAhead {
  readonly #write: WriteCase;
  #gathering: Gathering | null = null;
  #before: Promise<unknown> = Promise.resolve();
  #now: Promise<void>[] = [];
  #bytes = 0;
  #turned = performance.now();

  constructor(write: WriteCase) {
    this.#write = write;
  }

  /** The next row: `insert` is `INSERT INTO table (columns)`, `bytes` about how large it is. Its bytes may not be changed any more. Waits only where too many bytes are on their way. */
  async row(insert: string, values: readonly (SqlValue | Uint8Array)[], bytes: number): Promise<void> {
    if (this.#gathering && this.#gathering.insert !== insert) this.send();
    this.#gathering ??= { insert, params: [], rows: 0, bytes: 0 };
    const gathering = this.#gathering;
    gathering.params.push(...values);
    gathering.rows += 1;
    gathering.bytes += bytes;
    if (gathering.rows === ROWS || gathering.bytes >= BYTES) this.send();
    await this.rest();
    if (this.#bytes < AHEAD) return;
    await this.#before;
    this.#before = Promise.all(this.#now);
    this.#before.catch(() => {});
    this.#now = [];
    this.#bytes = 0;
  }

  /** Lets others, whose statements are done, go on; for whoever works long. */
  async rest(): Promise<void> {
    if (performance.now() - this.#turned < TURN_MS) return;
    await turn();
    this.#turned = performance.now();
  }

  /** Sends what is gathered: what is asked from now on finds it. */
  send(): void {
    if (!this.#gathering) return;
    const { insert, params, rows, bytes } = this.#gathering;
    this.#gathering = null;
    const one = `(${Array.from({ length: params.length / rows }, () => '?').join(', ')})`;
    const done = this.#write.run(`${insert} VALUES ${Array.from({ length: rows }, () => one).join(', ')}`, params);
    done.catch(() => {});
    this.#now.push(done);
    this.#bytes += bytes;
  }

  /** All rows are stored. */
  async settled(): Promise<void> {
    this.send();
    await this.#before;
    await Promise.all(this.#now);
    this.#now = [];
    this.#bytes = 0;
  }
}
