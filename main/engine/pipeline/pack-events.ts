import type { ChunkEdge } from '../query/rollup/chunk-list.ts';
import {
  CHUNK_EVENTS,
  columnsOf,
  copyEvent,
  type EventChunk,
  emptyChunk,
  lengthClass,
  packChunk,
  widened,
} from '../query/rollup/event-chunk.ts';
import { NumberWriter } from '../query/rollup/number-bytes.ts';
import type { Packed } from '../query/rollup/tiled.ts';
import type { EventsInOrder } from './events-in-order.ts';
import { keepChunk } from './keep-chunk.ts';
import type { WritesAhead } from './writes-ahead.ts';

/** The events of one class of lengths that are not packed yet. */
class Filling {
  readonly class: number;
  #chunk = emptyChunk(CHUNK_EVENTS * 2);
  #groupFrom = 0;
  #groupDisordered = false;

  constructor(lengths: number) {
    this.class = lengths;
  }

  /** The next in order of start and id: the event at `from` of some columns. Answers whether a chunk is full. */
  add(events: EventChunk, from: number): boolean {
    const chunk = this.#chunk;
    const at = chunk.count;
    const start = events.from[from]!;
    const length = events.length[from]!;
    if (at > 0 && chunk.from[at - 1] !== start) this.#endGroup();
    else if (at > this.#groupFrom && chunk.length[at - 1]! > length) this.#groupDisordered = true;
    if (at === chunk.from.length) this.#chunk = widened(chunk);
    const into = this.#chunk;
    copyEvent(events, from, into, at);
    into.count = at + 1;
    return this.#groupFrom >= CHUNK_EVENTS;
  }

  /** Events of one start are put in order of end, so that rows of one interval lie together. */
  #endGroup(): void {
    const chunk = this.#chunk;
    if (this.#groupDisordered) {
      const start = this.#groupFrom;
      const order = Array.from({ length: chunk.count - start }, (_, n) => start + n).sort(
        (a, b) => chunk.length[a]! - chunk.length[b]! || a - b,
      );
      for (const column of columnsOf(chunk))
        column.set(
          Float64Array.from(order, (one) => column[one]!),
          start,
        );
    }
    this.#groupFrom = chunk.count;
    this.#groupDisordered = false;
  }

  /** Up to a chunk of what is in order, the oldest first; with `all`, what is left too. Null where there is none. */
  take(all: boolean): EventChunk | null {
    if (all) this.#endGroup();
    const count = Math.min(CHUNK_EVENTS, this.#groupFrom);
    if (count === 0) return null;
    const chunk = this.#chunk;
    const taken = emptyChunk(count);
    const into = columnsOf(taken);
    for (const [n, column] of columnsOf(chunk).entries()) {
      into[n]!.set(column.subarray(0, count));
      column.copyWithin(0, count, chunk.count);
    }
    taken.count = count;
    chunk.count -= count;
    this.#groupFrom -= count;
    return taken;
  }
}

/**
 * Packs counted volume into chunks, class of lengths by class, in order of time. Answers with the edges of all. `packed` is given them as they
 * come: they are asked for next.
 */
export async function packEvents(ahead: WritesAhead, all: EventsInOrder, packed: Packed): Promise<ChunkEdge[]> {
  const classes = new Map<number, Filling>();
  const edges: ChunkEdge[] = [];
  const writer = new NumberWriter();
  const keep = async (full: Filling, all: boolean) => {
    for (let chunk = full.take(all); chunk; chunk = all ? full.take(true) : null) {
      const of = { id: edges.length + 1, class: full.class };
      const bytes = packChunk(chunk, writer);
      edges.push(await keepChunk(ahead, 'volume', of, chunk, bytes));
      packed.hold(of.id, bytes);
    }
  };
  let filling: Filling | undefined;
  for await (const [events, order] of all) {
    for (let n = 0; n < order.length; n += 1) {
      const at = order[n]!;
      const lengths = lengthClass(events.length[at]!);
      if (filling?.class !== lengths) {
        filling = classes.get(lengths) ?? new Filling(lengths);
        classes.set(lengths, filling);
      }
      if (filling.add(events, at)) await keep(filling, false);
    }
  }
  for (const last of [...classes.values()].sort((a, b) => a.class - b.class)) await keep(last, true);
  ahead.send();
  return edges;
}
