import { setImmediate as turn } from 'node:timers/promises';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

/** Bytes that may wait for the thread of SQLite, before those that wait already. */
const AHEAD = 4 * 2 ** 20;

/** Writes rows while the next ones are made. What goes wrong with one is met with a later one, or when all are settled. */
export class WritesAhead {
  readonly #write: WriteCase;
  #before: Promise<unknown> = Promise.resolve();
  #now: Promise<void>[] = [];
  #bytes = 0;

  constructor(write: WriteCase) {
    this.#write = write;
  }

  /** Statements run in the order of their calls. Waits only where too many bytes are on their way. */
  async run(sql: string, params: readonly (SqlValue | Uint8Array)[], bytes: number): Promise<void> {
    const done = this.#write.run(sql, params);
    done.catch(() => {});
    this.#now.push(done);
    this.#bytes += bytes;
    // Others whose statements are done go on in between.
    await turn();
    if (this.#bytes < AHEAD) return;
    await this.#before;
    this.#before = Promise.all(this.#now);
    this.#before.catch(() => {});
    this.#now = [];
    this.#bytes = 0;
  }

  /** All rows are stored. */
  async settled(): Promise<void> {
    await this.#before;
    await Promise.all(this.#now);
    this.#now = [];
    this.#bytes = 0;
  }
}
