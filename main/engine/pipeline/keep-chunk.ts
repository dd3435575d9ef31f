import type { ChunkEdge } from '../query/rollup/chunk-list.ts';
import type { EventChunk } from '../query/rollup/event-chunk.ts';
import type { RolledKind } from '../query/rollup/tiled.ts';
import type { WritesAhead } from './writes-ahead.ts';

/** Writes a chunk of events in order of start, which are `bytes` when packed; `of`: its number and the class of its lengths. Answers with its edge. */
export async function keepChunk(
  ahead: WritesAhead,
  kind: RolledKind,
  of: { readonly id: number; readonly class: number },
  { from, length, count }: EventChunk,
  bytes: Uint8Array,
): Promise<ChunkEdge> {
  let endUs = 0;
  for (let i = 0; i < count; i += 1) endUs = Math.max(endUs, from[i]! + length[i]!);
  const edge = { ...of, fromUs: from[0]!, lastUs: from[count - 1]!, endUs, events: count };
  await ahead.row(
    'INSERT INTO rollup_chunk (id, kind, length_class, from_us, last_us, end_us, events, data)',
    [edge.id, kind, edge.class, edge.fromUs, edge.lastUs, endUs, count, bytes],
    bytes.length,
  );
  return edge;
}
