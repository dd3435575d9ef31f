import type { ChunkEdge } from '../query/rollup/chunk-list.ts';
import { packContacts } from '../query/rollup/contact-chunk.ts';
import { CHUNK_EVENTS, columnsOf, type EventColumns, emptyChunk, lengthClass } from '../query/rollup/event-chunk.ts';
import type { EventPage } from '../query/rollup/event-pages.ts';
import { byStart } from './events-in-order.ts';
import { keepChunk } from './keep-chunk.ts';
import type { WritesAhead } from './writes-ahead.ts';

/** So many contacts are put in order at once: 8 MB. */
const RUN = 2 ** 17;
/** Lengths of one class differ by so many powers of four: contacts are of all lengths, and fewer classes make fewer chunks. */
const POWERS = 3;

const classOf = (us: number) => Math.ceil(lengthClass(us) / POWERS);

/**
 * Packs contacts into chunks, run by run in the order in which they come: those of a run in order of time, class of lengths by class. Sources tell
 * contacts about in order of time, and where they do not, chunks overlap: that costs readers time and nothing else. Answers with the
 * edges of all. `after`: the number of the last chunk that is written already.
 */
export async function packRuns(
  ahead: WritesAhead,
  pages: AsyncIterable<EventPage>,
  after: number,
  run = RUN,
): Promise<ChunkEdge[]> {
  const edges: ChunkEdge[] = [];
  const waiting = emptyChunk(run);
  const into = columnsOf(waiting);
  const chunk = emptyChunk(CHUNK_EVENTS);
  const keep = async () => {
    for (const [lengths, order] of ordersByClass(waiting)) {
      for (let at = 0; at < order.length; at += CHUNK_EVENTS) {
        pick(waiting, order.subarray(at, at + CHUNK_EVENTS), chunk);
        const of = { id: after + edges.length + 1, class: lengths };
        edges.push(await keepChunk(ahead, 'contact', of, chunk, packContacts(chunk)));
      }
    }
    waiting.count = 0;
  };
  for await (const { id, series, from, length, sent, received, error } of pages) {
    const columns = [from, length, series, sent, received, id, error];
    for (let start = 0; start < id.length; ) {
      const end = Math.min(id.length, start + run - waiting.count);
      for (const [n, column] of columns.entries()) {
        const whole = into[n]!;
        for (let i = start, at = waiting.count; i < end; i += 1, at += 1) whole[at] = column[i] ?? 0;
      }
      waiting.count += end - start;
      start = end;
      if (waiting.count === run) await keep();
    }
  }
  if (waiting.count > 0) await keep();
  ahead.send();
  return edges;
}

/** Which contacts are of each class of lengths, in order of start and id; the shortest class first. */
function ordersByClass(chunk: EventColumns): [number, Uint32Array][] {
  const order = byStart(chunk);
  const classes = new Uint8Array(chunk.count);
  const counts: number[] = [];
  for (let i = 0; i < chunk.count; i += 1) {
    const one = classOf(chunk.length[i]!);
    classes[i] = one;
    counts[one] = (counts[one] ?? 0) + 1;
  }
  const orders = counts.map((count) => new Uint32Array(count));
  const filled = counts.map(() => 0);
  for (const at of order) {
    const one = classes[at]!;
    orders[one]![filled[one]!] = at;
    filled[one]! += 1;
  }
  return [...orders.entries()].filter(([, own]) => own !== undefined);
}

function pick(chunk: EventColumns, order: Uint32Array, into: EventColumns): void {
  into.count = order.length;
  const from = columnsOf(chunk);
  for (const [n, column] of columnsOf(into).entries()) {
    const all = from[n]!;
    for (let i = 0; i < order.length; i += 1) column[i] = all[order[i]!]!;
  }
}
