import type { ChunkList, Stretch } from './chunk-list.ts';
import { within } from './chunk-list.ts';
import { CHUNK_EVENTS, columnsOf, type EventChunk, sharedRoom } from './event-chunk.ts';
import type { MarkChoice, TakesContacts } from './marks.ts';
import { NarrowColumns, packNarrow } from './narrow-columns.ts';
import type { Packed } from './tiled.ts';

const FROM = 0;
const SERIES = 2;

/** Contacts as bytes, column by column. */
export const packContacts = (chunk: EventChunk): Uint8Array => packNarrow(columnsOf(chunk), chunk.count);

/** Feeds contacts of a stretch to what takes them; of those only what ends after `choice.fromUs`. */
export async function marksOfContacts(
  list: ChunkList,
  packed: Packed,
  stretch: Stretch,
  takers: readonly { readonly into: TakesContacts; readonly choice: MarkChoice }[],
): Promise<void> {
  const room = sharedRoom;
  const columns = columnsOf(room);
  const after = takers[0]?.choice.fromUs ?? Number.NEGATIVE_INFINITY;
  const edges = list.classes.flatMap((own) => list.of(own, stretch, after));
  for await (const [, bytes] of packed.of(edges.map(({ id }) => id))) {
    const chunk = new NarrowColumns(bytes);
    room.count = Math.min(chunk.count, CHUNK_EVENTS);
    chunk.read(FROM, room.from, 0, room.count);
    chunk.read(SERIES, room.series, 0, room.count);
    const [start, end] = within(room, stretch);
    const wanted = takers.filter(({ choice }) => anyWanted(room.series, start, end, choice.laneOf));
    if (wanted.length === 0) continue;
    for (const [n, column] of columns.entries()) if (n !== FROM && n !== SERIES) chunk.read(n, column, 0, room.count);
    for (const { into, choice } of wanted) into.events(room, start, end, choice);
  }
}

function anyWanted(series: Float64Array, start: number, end: number, laneOf: Float64Array): boolean {
  for (let i = start; i < end; i += 1) if (laneOf[series[i]!]! >= 0) return true;
  return false;
}
