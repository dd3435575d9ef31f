import { createHash } from 'node:crypto';
import type { ReadCase } from '../ports/case-handle.ts';

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
    const order = keys.map((key) => key.name).join(',') || 'rowid';
    for (let at = 0; ; at += ROWS) {
      const rows = await read.all(`SELECT * FROM ${name} ORDER BY ${order} LIMIT ${ROWS} OFFSET ${at}`);
      for (const row of rows) hash.update(`${JSON.stringify(Object.values(row))}\n`);
      if (rows.length < ROWS) break;
    }
  }
  return hash.digest('hex');
}
