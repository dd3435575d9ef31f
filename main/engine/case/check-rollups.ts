import { rollUp } from '../pipeline/roll-up.ts';
import type { ReadCase, SqlValue } from '../ports/case-handle.ts';
import type { CaseDatabase } from '../store/case-database.ts';
import { tableDigests } from '../store/content-digest.ts';
import { labelTables } from './check-labels.ts';

/** Tables of rollups. Those of contacts follow from labels too. */
export const rolledTables: ReadonlySet<string> = new Set(['rollup', 'rollup_chunk', 'rollup_tile', 'rollup_column']);

const PAGE = 10_000;

/**
 * Whether the rollups of a case follow from the evidence and the labels that the case has, where other databases would label otherwise.
 * `fresh`, what was derived anew, is given these labels. `stands`: the digests of the case's tables. `fewContacts`: as `rollUp` has it.
 */
export async function rollupsFollow(
  database: ReadCase,
  fresh: CaseDatabase,
  stands: ReadonlyMap<string, string>,
  fewContacts?: number,
): Promise<boolean> {
  await fresh.transaction(async () => {
    for (const table of labelTables) {
      await fresh.run(`DELETE FROM ${table}`);
      for (let after = -1; ; ) {
        const rows = await database.all<Readonly<Record<string, SqlValue>> & { readonly id: number }>(
          `SELECT * FROM ${table} WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
          [after],
        );
        const last = rows.at(-1);
        if (!last) break;
        await fresh.load(table, Object.keys(last), rows.map(Object.values<SqlValue>));
        after = last.id;
      }
    }
    await rollUp(fresh, undefined, fewContacts);
  });
  const follows = await tableDigests(fresh);
  return [...rolledTables].every((table) => follows.get(table) === stands.get(table));
}
