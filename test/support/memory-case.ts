import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import type { ReadCase, SqlValue } from '../../main/engine/ports/case-handle.ts';
import { indexes, migrations } from '../../main/engine/store/migrations/index.ts';

/** An empty case of the current shape in memory, for tests that lay rows rather than evidence. */
export interface MemoryCase extends ReadCase {
  run(sql: string, params?: readonly (SqlValue | Uint8Array)[]): Promise<void>;
  /** Takes rows of one shape; a column that a row lacks is null. */
  insert(table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void>;
  close(): Promise<void>;
}

export async function memoryCase(): Promise<MemoryCase> {
  const driver = new sqlite3.Database(':memory:');
  const ask = promisify(driver.all.bind(driver)) as (sql: string, params: unknown) => Promise<unknown[]>;
  const all = <R>(sql: string, params: readonly SqlValue[] = []) => ask(sql, params) as Promise<R[]>;
  const run = async (sql: string, params: readonly (SqlValue | Uint8Array)[] = []) => void (await ask(sql, params));
  for (const sql of [...migrations.flatMap(({ statements }) => statements), ...indexes]) await run(sql);
  return {
    all,
    run,
    get: async <R>(sql: string, params?: readonly SqlValue[]) => (await all<R>(sql, params))[0],
    async insert(table, rows) {
      if (rows.length === 0) return;
      const columns = Object.keys(rows[0] ?? {});
      const picks = columns.map((_, index) => `json_extract(value, '$[${index}]')`);
      const values = JSON.stringify(rows.map((row) => columns.map((column) => row[column] ?? null)));
      await run(
        `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(',')}) SELECT ${picks.join(',')} FROM json_each(?)`,
        [values],
      );
    },
    close: () => promisify(driver.close.bind(driver))(),
  };
}

type Cells = Readonly<Record<string, SqlValue>>;

/** A series of the app 10001 in the background, over the network 1. */
export const seriesRow = (change: Cells = {}): Cells => ({
  id: 1,
  key: 'k',
  section: 1,
  snapshot: 1,
  part: '',
  recorder: 'uid',
  history: 'complete',
  network: 1,
  uid: 10_001,
  user: 0,
  counter_set: 'default',
  foreground: 0,
  tag: 0,
  bucket_us: 10_000_000,
  counted_as: null,
  ...change,
});
