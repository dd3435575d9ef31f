import { countBelow } from '../../../../shared/timeline/sorted-column.ts';
import { CHUNK_EVENTS, type EventChunk } from './event-chunk.ts';

/** A chunk of events by its edges: first and last start, last end. */
export interface ChunkEdge {
  readonly id: number;
  readonly class: number;
  readonly fromUs: number;
  readonly lastUs: number;
  readonly endUs: number;
  readonly events: number;
}

/** A stretch of starts: from, and before to. */
export interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The edges of all chunks, class by class in order of start. */
export class ChunkList {
  readonly classes: readonly (readonly ChunkEdge[])[];

  constructor(edges: readonly ChunkEdge[]) {
    const byClass = new Map<number, ChunkEdge[]>();
    for (const edge of edges) {
      const own = byClass.get(edge.class);
      if (own) own.push(edge);
      else byClass.set(edge.class, [edge]);
    }
    this.classes = [...byClass]
      .sort(([a], [b]) => a - b)
      .map(([, own]) => own.sort((a, b) => a.fromUs - b.fromUs || a.id - b.id));
  }

  /** The first start and the last end of all events; null where there are none. */
  get ends(): Stretch | null {
    const edges = this.classes.flat();
    if (edges.length === 0) return null;
    const fromUs = edges.reduce((least, edge) => Math.min(least, edge.fromUs), Number.POSITIVE_INFINITY);
    return { fromUs, toUs: edges.reduce((most, { endUs }) => Math.max(most, endUs), fromUs) };
  }

  /** What all events overlap: from before the first start to behind the last end; null where there are none. */
  get span(): Stretch | null {
    const { ends } = this;
    return ends && { fromUs: ends.fromUs - 1, toUs: ends.toUs + 1 };
  }

  /** Chunks of a class that may hold starts in the stretch of what ends after `afterUs`, in their order. */
  of(own: readonly ChunkEdge[], { fromUs, toUs }: Stretch, afterUs: number): ChunkEdge[] {
    const found: ChunkEdge[] = [];
    for (const edge of own) {
      if (edge.fromUs >= toUs) break;
      if (edge.lastUs >= fromUs && edge.endUs > afterUs) found.push(edge);
    }
    return found;
  }

  /** About how many events start in the stretch: chunks that lie across an edge are taken in part, by time. */
  about({ fromUs, toUs }: Stretch): number {
    let sum = 0;
    for (const own of this.classes) {
      for (const { fromUs: first, lastUs, events } of own) {
        if (first >= toUs) break;
        if (lastUs < fromUs) continue;
        if (first >= fromUs && lastUs < toUs) sum += events;
        else sum += (events * (Math.min(lastUs + 1, toUs) - Math.max(first, fromUs))) / (lastUs + 1 - first);
      }
    }
    return sum;
  }
}

/** The events of a chunk that start in the stretch: first index, and the one behind the last. */
export function within(chunk: EventChunk, { fromUs, toUs }: Stretch): [number, number] {
  const starts = chunk.from.subarray(0, chunk.count);
  return [countBelow(starts, fromUs), countBelow(starts, toUs)];
}

/** So many events at least must start in a tile for it to be kept: fewer are read from their chunks as fast. */
export const TILE_EVENTS = 4 * CHUNK_EVENTS;
