import type { WriteCase } from '../ports/case-handle.ts';

/*
 * While a phone is watched, its rows are in the case file before their batch is over. They are provisional: what stands there in
 * the end is derived from the log and the evidence like all else, and these rows are taken out for it. A program that is killed in
 * between leaves them, with the marks by which the next one knows them.
 */
const KEY = 'provisional';

interface Marks {
  readonly batch: number;
  readonly ordinal: number;
  /** The highest id of each table before. */
  readonly tables: Readonly<Record<string, number>>;
}

/** Remembers what of these tables is there for good: all that comes behind it is provisional, until it is forgotten. */
export async function markProvisional(write: WriteCase, tables: readonly string[]): Promise<void> {
  const highest: Record<string, number> = {};
  for (const table of tables) {
    highest[table] = (await write.get<{ id: number | null }>(`SELECT max(id) id FROM ${table}`))?.id ?? 0;
  }
  const known = await write.get<{ batch: number | null; ordinal: number | null }>(
    `SELECT (SELECT max(id) FROM batch) batch, (SELECT max(ordinal) FROM evidence) ordinal`,
  );
  const marks: Marks = { batch: known?.batch ?? 0, ordinal: known?.ordinal ?? 0, tables: highest };
  await write.run(`INSERT OR REPLACE INTO meta VALUES (?, ?)`, [KEY, JSON.stringify(marks)]);
}

/** Takes provisional rows out. What is derived over the whole case is left as it is: it is derived anew anyway. */
export async function forgetProvisional(write: WriteCase): Promise<void> {
  const held = await write.get<{ value: string }>(`SELECT value FROM meta WHERE key = ?`, [KEY]);
  if (!held) return;
  const marks = JSON.parse(held.value) as Marks;
  for (const [table, highest] of Object.entries(marks.tables)) {
    if (/^[a-z_]+$/.test(table)) await write.run(`DELETE FROM ${table} WHERE id > ?`, [highest]);
  }
  await write.run(`DELETE FROM evidence WHERE ordinal > ?`, [marks.ordinal]);
  await write.run(`DELETE FROM batch WHERE id > ?`, [marks.batch]);
  await write.run(`DELETE FROM meta WHERE key = ?`, [KEY]);
}
