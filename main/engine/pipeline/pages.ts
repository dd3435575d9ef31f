import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

/** Rows of one page at most; less is no page. */
const PAGE = 10_000;

/**
 * Rows in pages, the next of which is asked for while one is worked on: the thread of SQLite then works beside this one. `ask` answers
 * up to `limit` rows behind `after`, the first time null.
 */
export async function* pages<R>(ask: (after: R | null, limit: number) => Promise<R[]>): AsyncGenerator<R[]> {
  let coming: Promise<R[]> | null = ask(null, PAGE);
  while (coming) {
    const rows: R[] = await coming;
    coming = rows.length < PAGE ? null : ask(rows.at(-1)!, PAGE);
    // Its fault is met when it is waited for.
    coming?.catch(() => {});
    if (rows.length > 0) yield rows;
  }
}

/** Loads rows page by page, each while the next is worked on; then the one before has been taken. */
export class PageLoader {
  readonly #write: WriteCase;
  readonly #table: string;
  readonly #columns: readonly string[];
  #loading: Promise<void> = Promise.resolve();

  constructor(write: WriteCase, table: string, columns: readonly string[]) {
    this.#write = write;
    this.#table = table;
    this.#columns = columns;
  }

  /** Rejects with what went wrong with the rows before. */
  async take(rows: readonly (readonly SqlValue[])[]): Promise<void> {
    await this.#loading;
    this.#loading = this.#write.load(this.#table, this.#columns, rows);
    this.#loading.catch(() => {});
  }

  /** All rows are stored. */
  settled(): Promise<void> {
    return this.#loading;
  }
}
