import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import type { BatchFacts } from './read-batches.ts';

/** Columns of the table of evidence, in the order in which rows carry them. */
export const evidenceColumns = [
  'id',
  'ordinal',
  'batch',
  'sha256',
  'bytes',
  'name',
  'origin',
  'state',
  'exit',
  'host_before',
  'host_after',
  'offset_ms',
  'offset_error_ms',
] as const;

/** Writes a batch and its evidence into their tables. */
export async function storeBatch(write: WriteCase, batch: BatchFacts): Promise<void> {
  const row: Readonly<Record<string, SqlValue>> = {
    id: batch.id,
    kind: batch.kind,
    started_at: batch.startedAt,
    finished_at: batch.finishedAt,
    state: batch.state,
    serial: batch.serial,
    profile: batch.profile,
    offset_before_ms: batch.offsetBefore?.offsetMs ?? null,
    offset_before_error_ms: batch.offsetBefore?.errorMs ?? null,
    offset_after_ms: batch.offsetAfter?.offsetMs ?? null,
    offset_after_error_ms: batch.offsetAfter?.errorMs ?? null,
    missing: JSON.stringify(batch.missing),
    continues: batch.continues,
    unfinished: batch.unfinished,
  };
  const columns = Object.keys(row);
  await write.run(
    `INSERT OR REPLACE INTO batch (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`,
    Object.values(row),
  );
  await write.load(
    'evidence',
    evidenceColumns,
    batch.evidence.map((one) => [
      one.id,
      Number(one.id.slice(1)),
      one.batch,
      one.sha256,
      one.bytes,
      one.name,
      JSON.stringify(one.origin),
      one.state,
      one.exit,
      one.hostBefore,
      one.hostAfter,
      one.offsetMs,
      one.offsetErrorMs,
    ]),
  );
}

/** The highest id of each table and the keys that numbering must go on from. */
export async function continuation<T extends string>(
  write: WriteCase,
  tables: readonly T[],
): Promise<{ highest: Record<T, number>; networks: Map<string, number>; snapshots: Map<string, number> }> {
  const highest = {} as Record<T, number>;
  for (const table of tables) {
    highest[table] = (await write.get<{ id: number | null }>(`SELECT max(id) id FROM ${table}`))?.id ?? 0;
  }
  const networks = await write.all<{ ident: string; id: number }>(`SELECT ident, id FROM network`);
  const snapshots = await write.all<{ key: string; id: number }>(`SELECT key, id FROM snapshot`);
  return {
    highest,
    networks: new Map(networks.map((row) => [row.ident, row.id])),
    snapshots: new Map(snapshots.map((row) => [row.key, row.id])),
  };
}
