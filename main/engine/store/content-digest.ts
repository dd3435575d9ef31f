import { createHash, type Hash } from 'node:crypto';
import type { ReadCase, SqlValue } from '../ports/case-handle.ts';

const ROWS = 20_000;
/** Of tables that hold bytes, a row being some hundred thousand of them. */
const ROWS_OF_BYTES = 64;

/** A name in SQL: a case file from elsewhere may have tables of any name. */
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function tablesOf(read: ReadCase): Promise<string[]> {
  const tables = await read.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND name <> 'meta' ORDER BY name`,
  );
  return tables.map(({ name }) => name);
}

/** Bytes follow their row, which says how many they are. */
function hashRow(row: Readonly<Record<string, SqlValue | Uint8Array>>, hash: Hash): void {
  const values = Object.values(row);
  const bytes = values.filter((value) => value instanceof Uint8Array);
  const line =
    bytes.length === 0
      ? values
      : values.map((value) => (value instanceof Uint8Array ? { bytes: value.length } : value));
  hash.update(`${JSON.stringify(line)}\n`);
  for (const one of bytes) hash.update(one);
}

async function hashRows(read: ReadCase, name: string, hash: Hash): Promise<void> {
  hash.update(`${name}\n`);
  const columns = await read.all<{ name: string; type: string; pk: number }>(
    `SELECT name, type, pk FROM pragma_table_info(?) ORDER BY pk`,
    [name],
  );
  // Every table has one key column. Pages go on behind the last key, since OFFSET would count all rows before it anew.
  const key = columns.find(({ pk }) => pk > 0)?.name ?? 'rowid';
  const many = columns.some(({ type }) => type === 'BLOB') ? ROWS_OF_BYTES : ROWS;
  let after: SqlValue | undefined;
  for (;;) {
    const rows = await read.all<Record<string, SqlValue | Uint8Array>>(
      `SELECT * FROM ${quoted(name)} ${after === undefined ? '' : `WHERE ${quoted(key)} > ?`} ORDER BY ${quoted(key)} LIMIT ${many}`,
      after === undefined ? [] : [after],
    );
    for (const row of rows) hashRow(row, hash);
    const last = rows.at(-1)?.[key];
    if (rows.length < many || last === undefined || last instanceof Uint8Array) break;
    after = last;
  }
}

/**
 * One hash over all derived rows, table by table in the order of their keys. Two case files with equal digests say the
 * same, whatever their pages look like. `meta` is left out: it says when and by what the file was made.
 */
export async function contentDigest(read: ReadCase): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await tablesOf(read)) await hashRows(read, name, hash);
  return hash.digest('hex');
}

/**
 * The same table by table, so that it can be said where two case files differ: SHA-256 by the table's name. Views and triggers, of
 * which a case file has none, are in it by what they do: they would change what is read, or written, later.
 */
export async function tableDigests(read: ReadCase): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const acting = await read.all<{ name: string; type: string; sql: string }>(
    `SELECT name, type, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name`,
  );
  for (const { name, type, sql } of acting)
    digests.set(`${name} (${type})`, createHash('sha256').update(sql).digest('hex'));
  for (const name of await tablesOf(read)) {
    const hash = createHash('sha256');
    await hashRows(read, name, hash);
    digests.set(name, hash.digest('hex'));
  }
  return digests;
}
