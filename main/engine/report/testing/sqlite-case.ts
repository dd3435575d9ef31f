import sqlite3 from 'sqlite3';
import type { ReadCase, Row, SqlValue } from '../../ports/case-handle.ts';

/** A case database in memory, made from the first migration, for the tests of this room. */
export interface TestCase {
  readonly read: ReadCase;
  insert(table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void>;
  close(): Promise<void>;
}

/** The schema is read by address: rooms do not import each other, and this one needs the tables as they are. */
const SCHEMA = new URL('../../store/migrations/0010-initial.ts', import.meta.url);

export async function openTestCase(): Promise<TestCase> {
  const schema = (await import(SCHEMA.href)) as { initial: readonly string[]; indexes: readonly string[] };
  const database = new sqlite3.Database(':memory:');
  const run = (sql: string, params: readonly SqlValue[] = []) =>
    new Promise<void>((resolve, reject) => {
      database.run(sql, params, (error) => (error ? reject(error) : resolve()));
    });
  const all = <R = Row>(sql: string, params: readonly SqlValue[] = []) =>
    new Promise<R[]>((resolve, reject) => {
      database.all<R>(sql, params, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  for (const sql of [...schema.initial, ...schema.indexes]) await run(sql);
  return {
    read: { all, get: async <R = Row>(sql: string, params?: readonly SqlValue[]) => (await all<R>(sql, params))[0] },
    async insert(table, rows) {
      const columns = Object.keys(rows[0] ?? {});
      const picks = columns.map((_, index) => `json_extract(value, '$[${index}]')`);
      const values = JSON.stringify(rows.map((row) => columns.map((column) => row[column] ?? null)));
      if (rows.length === 0) return;
      await run(
        `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(',')}) SELECT ${picks.join(',')} FROM json_each(?)`,
        [values],
      );
    },
    close: () => new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve()))),
  };
}
