export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** Reading a case. The tables are described in `store/migrations`. */
export interface ReadCase {
  all<R = Row>(sql: string, params?: readonly SqlValue[]): Promise<R[]>;
  get<R = Row>(sql: string, params?: readonly SqlValue[]): Promise<R | undefined>;
}

/** Rows on their way into a table. Each is packed when it comes: whoever has many need not hold them. */
export interface RowLoader {
  add(row: readonly SqlValue[]): void;
  /** Rows that are not on their way to the case file yet. */
  readonly waiting: number;
  /** Inserts what waits. */
  store(): Promise<void>;
}

/** Writing a case: only the pipeline holds one. */
export interface WriteCase extends ReadCase {
  run(sql: string, params?: readonly (SqlValue | Uint8Array)[]): Promise<void>;
  /** Inserts rows, thousands in one statement; far faster than row-by-row calls. */
  load(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void>;
}

/** Writing very many rows. */
export interface BulkCase extends WriteCase {
  loader(table: string, columns: readonly string[]): RowLoader;
}
