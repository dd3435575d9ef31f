import { createHash } from 'node:crypto';
import type { ReadCase, SqlValue } from '../ports/case-handle.ts';

const ROWS = 20_000;

/**
 * One hash over all derived rows, table by table in the order of their keys. Two case files with equal digests say the
 * same, whatever their pages look like. `meta` is left out: it says when and by what the file was made.
 */
export async function contentDigest(read: ReadCase): Promise<string> {
  const hash = createHash('sha256');
  const tables = await read.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'meta' ORDER BY name`,
  );
  for (const { name } of tables) {
    hash.update(`${name}\n`);
    const keys = await read.all<{ name: string }>(`SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`, [
      name,
    ]);
    // Every table has one key column. Pages go on behind the last key, since OFFSET would count all rows before it anew.
    const key = keys[0]?.name ?? 'rowid';
    let after: SqlValue | undefined;
    for (;;) {
      const rows = await read.all<Record<string, SqlValue>>(
        `SELECT * FROM ${name} ${after === undefined ? '' : `WHERE ${key} > ?`} ORDER BY ${key} LIMIT ${ROWS}`,
        after === undefined ? [] : [after],
      );
      for (const row of rows) hash.update(`${JSON.stringify(Object.values(row))}\n`);
      after = rows.at(-1)?.[key];
      if (rows.length < ROWS || after === undefined) break;
    }
  }
  return hash.digest('hex');
}
