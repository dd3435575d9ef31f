import { Worker } from 'node:worker_threads';

const PIECE = 1 << 19;
/** So many pieces may be copied before the first of them was used. */
const PIECES = 8;

/** Places of the numbers that both threads see; behind them the length of each piece. */
const FILLED = 0;
const FREED = 1;
const OVER = 2;
const LENGTHS = 3;

interface Given {
  readonly from: number;
  readonly to: number;
  readonly memory: SharedArrayBuffer;
  readonly numbers: SharedArrayBuffer;
  readonly piece: number;
  readonly places: { readonly filled: number; readonly freed: number; readonly over: number; readonly lengths: number };
}

/** A fault of the system is told with what it called it, which an error that goes to another thread would lose. */
type Told =
  | { readonly digest: string }
  | { readonly message: string; readonly code: unknown; readonly syscall: unknown };

/** What the thread does. Its text is all that the thread gets, so that the packed program needs no file for it: it names nothing from outside. */
function copy(): void {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { readSync, writeSync } = process.getBuiltinModule('node:fs');
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { from, to, memory, piece, places, numbers: shared } = workerData as Given;
  const numbers = new Int32Array(shared);
  const pieces = memory.byteLength / piece;
  const hash = createHash('sha256');
  try {
    for (let filled = 0; Atomics.load(numbers, places.over) === 0; ) {
      const freed = Atomics.load(numbers, places.freed);
      if (filled - freed === pieces) {
        Atomics.wait(numbers, places.freed, freed);
        continue;
      }
      const at = filled % pieces;
      const bytes = new Uint8Array(memory, at * piece, piece);
      const length = readSync(from, bytes, 0, piece, null);
      for (let written = 0; written < length; ) written += writeSync(to, bytes, written, length - written);
      hash.update(bytes.subarray(0, length));
      numbers[places.lengths + at] = length;
      filled += 1;
      if (length === 0) Atomics.store(numbers, places.over, 1);
      Atomics.store(numbers, places.filled, filled);
      Atomics.notify(numbers, places.filled);
    }
    parentPort?.postMessage({ digest: hash.digest('hex') });
  } catch (error) {
    const { message, code, syscall } = error as NodeJS.ErrnoException;
    parentPort?.postMessage({ message, code, syscall });
  }
}

/**
 * Copies one open file into another in a thread of its own, from where both stand, and hashes it: for a large file that is a third of
 * the work, which a second core does beside. Files are given by their descriptors; they stay open until `end` has answered.
 */
export class CopyThread {
  readonly #memory = new SharedArrayBuffer(PIECE * PIECES);
  readonly #numbers = new Int32Array(new SharedArrayBuffer(4 * (LENGTHS + PIECES)));
  readonly #worker: Worker;
  readonly #digest = Promise.withResolvers<string>();
  readonly #gone: Promise<unknown>;
  #fault: unknown = null;

  constructor(from: number, to: number) {
    const given: Given = {
      from,
      to,
      memory: this.#memory,
      numbers: this.#numbers.buffer as SharedArrayBuffer,
      piece: PIECE,
      places: { filled: FILLED, freed: FREED, over: OVER, lengths: LENGTHS },
    };
    this.#worker = new Worker(`(${copy})()`, { eval: true, execArgv: [], workerData: given });
    this.#worker.once('message', (told: Told) => {
      if ('digest' in told) this.#digest.resolve(told.digest);
      else this.#fail(Object.assign(new Error(told.message), told));
    });
    this.#worker.once('error', (error) => this.#fail(error));
    this.#gone = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#gone.then(() => this.#fail(new Error('The thread that copies has ended.')));
    this.#digest.promise.catch(() => {});
  }

  /**
   * Each piece when it was written and hashed; it is good until the next is asked for. Rejects with what the system said of a reading or
   * writing that failed.
   */
  async *pieces(): AsyncGenerator<Uint8Array> {
    const numbers = this.#numbers;
    for (let used = 0; ; used += 1) {
      for (;;) {
        const filled = Atomics.load(numbers, FILLED);
        if (filled > used) break;
        if (this.#fault !== null) throw this.#fault;
        const { async, value } = Atomics.waitAsync(numbers, FILLED, filled);
        if (async) await value;
      }
      const at = used % PIECES;
      const length = numbers[LENGTHS + at]!;
      if (length === 0) return;
      yield new Uint8Array(this.#memory, at * PIECE, length);
      Atomics.add(numbers, FREED, 1);
      Atomics.notify(numbers, FREED);
      // Others are to be heard between two pieces, though the next may be there already.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** SHA-256 of all pieces, lower-case hex. */
  digest(): Promise<string> {
    return this.#digest.promise;
  }

  /** Nothing is copied any more, and neither file is in use. */
  async end(): Promise<void> {
    Atomics.store(this.#numbers, OVER, 1);
    Atomics.add(this.#numbers, FREED, 1);
    Atomics.notify(this.#numbers, FREED);
    await this.#gone;
  }

  #fail(fault: unknown): void {
    this.#fault ??= fault;
    this.#digest.reject(fault);
    Atomics.notify(this.#numbers, FILLED);
  }
}
