import type { WriteCase } from '../ports/case-handle.ts';
import type { LaneBars } from '../query/rollup/bars.ts';
import type { ChunkList, Stretch } from '../query/rollup/chunk-list.ts';
import { type PackedTile, TILE_STEPS } from '../query/rollup/tile.ts';
import { type Drawn, Packed, type RolledKind, stepOf, type TilePlace, tileStretch } from '../query/rollup/tiled.ts';
import type { WritesAhead } from './writes-ahead.ts';

/** A tile must have so many times fewer bars than events; else its events are read as fast. */
const WORTH = 2;
/** After one that is not worth it, so many tiles of its level are not even tried. */
const SKIPPED = 7;
/** Bars for which a tile has memory from the beginning. */
const ROOM = 8192;
/** Packed bytes of chunks that are held from their packing on: those of some three million events. */
const HELD = 32 * 2 ** 20;
/** A tile must have so much less than what is read in its place from those below it. */
const FEWER = 0.75;
/** A tile of more bars is not kept: what is drawn of it is read from those below, or from events. */
const KEPT_BARS = 2 ** 17;
/** Of so many bars a tile is not made at all, nor one above it. */
const MOST_BARS = 2 ** 18;

/** One kind of lanes that tiles have. */
export interface TiledLanes<C> {
  readonly by: string;
  readonly choice: C;
}

/** What is drawn of events. */
interface Fed<C, D> {
  readonly bars: D;
  readonly choice: C;
}

/** What tiles are made of. `D`: what events are drawn as. */
export interface Tiling<C, D extends Drawn> {
  readonly kind: RolledKind;
  readonly list: ChunkList;
  /** Tiles are kept of more events than that. */
  readonly tileEvents: number;
  readonly kinds: readonly (TiledLanes<C> & {
    /** `room`: for so many bars memory is taken at once. */
    drawn(stepUs: number, room: number): D;
  })[];
  /** Draws the events of a stretch. */
  feed(packed: Packed, stretch: Stretch, into: readonly Fed<C, D>[]): Promise<void>;
  pack(drawn: D, lanes: readonly LaneBars[]): PackedTile;
}

/** One kind of lanes of a tile that was made; of more bars than a tile may have, nothing is left. */
interface Made<D> {
  readonly bars: D | null;
  readonly lanes: readonly LaneBars[];
  /** Bars that are read of it: its own, or those of the tiles below. */
  readonly read: number;
  /** Tiles tell all of it: this one, or those below it. */
  readonly kept: boolean;
}

/** Chunks as they are packed and then asked for, as far as memory is given to them. */
export const chunksToHold = (write: WriteCase) => new Packed(write, 'rollup_chunk', HELD);

/** Makes and writes the tiles of one kind of events, level upon level. */
export class TileBuilder<C, D extends Drawn> {
  readonly #ahead: WritesAhead;
  readonly #tiling: Tiling<C, D>;
  readonly #packed: Packed;
  /** By kind and level: how many tiles are left out. */
  readonly #unworthy: readonly Map<number, number>[];

  constructor(ahead: WritesAhead, tiling: Tiling<C, D>, packed: Packed) {
    this.#ahead = ahead;
    this.#tiling = tiling;
    this.#packed = packed;
    this.#unworthy = tiling.kinds.map(() => new Map());
  }

  /** Tiles of all levels. Those that were made last may still be on their way. */
  async all(): Promise<void> {
    const { list, tileEvents } = this.#tiling;
    const edges = list.classes.flat();
    if (edges.length === 0) return;
    const first = edges.reduce((least, { fromUs }) => Math.min(least, fromUs), Number.POSITIVE_INFINITY);
    const last = edges.reduce((most, { lastUs }) => Math.max(most, lastUs), 0);
    let level = 0;
    while (stepOf(level) * TILE_STEPS < last - first + 1) level += 1;
    const width = stepOf(level) * TILE_STEPS;
    for (let tile = Math.floor(first / width); tile * width <= last; tile += 1) {
      if (list.about(tileStretch({ level, tile })) > tileEvents)
        await this.#tile({ level, tile }, this.#skips(level), []);
    }
  }

  /**
   * Makes a tile of those below it, or of events where these are few, and keeps it where it is worth it. Kinds that are skipped here are
   * drawn of the events where they are wanted. `beside`: what else is drawn of these.
   */
  async #tile(place: TilePlace, skipped: readonly boolean[], beside: readonly Fed<C, D>[]): Promise<Made<D>[]> {
    const { kinds, feed, list, pack } = this.#tiling;
    const made = kinds.map((kind, n) => (skipped[n] ? null : kind.drawn(stepOf(place.level), ROOM)));
    const below = kinds.map(() => ({ read: 0, kept: true }));
    const fedOf = (ns: readonly number[]) =>
      ns.flatMap((n) => (made[n] ? [{ bars: made[n], choice: kinds[n]!.choice }] : []));
    const every = kinds.map((_, n) => n);
    for (const part of this.#parts(place)) {
      const before = made.map((bars) => bars?.count);
      let fed = every;
      if ('tile' in part) {
        const without = this.#skips(part.level);
        const over = every.filter((n) => without[n]);
        for (const [n, one] of (await this.#tile(part, without, [...beside, ...fedOf(over)])).entries()) {
          const into = made[n];
          if (without[n]) continue;
          if (one.bars === null || !into) made[n] = null;
          else for (const { lane, order } of one.lanes) for (const at of order) into.bar(lane, one.bars.columns, at);
          below[n]!.read += one.read;
          if (!one.kept) below[n]!.kept = false;
        }
        fed = over;
      } else {
        const into = [...beside, ...fedOf(every)];
        if (into.length > 0) await feed(this.#packed, part, into);
        await this.#ahead.rest();
      }
      // What was drawn of events is told by no tile below.
      for (const n of fed) if (made[n] && made[n].count > before[n]!) below[n]!.kept = false;
      for (const [n, bars] of made.entries()) if (bars && bars.count > MOST_BARS) made[n] = null;
    }
    const events = list.about(tileStretch(place));
    const done: Made<D>[] = [];
    for (const [n, bars] of made.entries()) {
      if (!bars) {
        done.push({ bars, lanes: [], read: 0, kept: false });
        continue;
      }
      await this.#ahead.rest();
      const lanes = bars.lanes();
      const count = lanes.reduce((sum, { order }) => sum + order.length, 0);
      const worth = count * WORTH <= events;
      this.#unworthy[n]!.set(place.level, worth ? 0 : SKIPPED);
      // One that has hardly fewer than those below it is not kept: readers take those.
      const told = below[n]!.kept && below[n]!.read * FEWER <= count;
      const keep = !told && worth && count <= KEPT_BARS;
      if (keep) await this.#keep(kinds[n]!.by, place, events, pack(bars, lanes));
      const kept = keep || below[n]!.kept;
      done.push({ bars, lanes, read: keep ? count : below[n]!.read, kept });
    }
    return done;
  }

  /** Kinds whose last tile of a level was not worth it are left out of the next few. */
  #skips(level: number): boolean[] {
    return this.#unworthy.map((levels) => {
      const left = levels.get(level) ?? 0;
      levels.set(level, Math.max(0, left - 1));
      return left > 0;
    });
  }

  /** What a tile is made of, in order of time: tiles of the next finer step, and stretches of few events. */
  #parts(place: TilePlace): (TilePlace | Stretch)[] {
    const { list, tileEvents } = this.#tiling;
    if (place.level === 0) return [tileStretch(place)];
    const parts: (TilePlace | Stretch)[] = [];
    for (let n = 0; n < 4; n += 1) {
      const below = { level: place.level - 1, tile: place.tile * 4 + n };
      const stretch = tileStretch(below);
      const last = parts.at(-1);
      if (list.about(stretch) > tileEvents) parts.push(below);
      else if (last && 'toUs' in last) parts[parts.length - 1] = { ...last, toUs: stretch.toUs };
      else parts.push(stretch);
    }
    return parts;
  }

  async #keep(by: string, { level, tile }: TilePlace, events: number, packed: PackedTile): Promise<void> {
    await this.#ahead.row(
      'INSERT INTO rollup_tile (kind, lanes, level, tile, events, bars, data)',
      [this.#tiling.kind, by, level, tile, Math.round(events), packed.bars, packed.bytes],
      packed.bytes.length,
    );
  }
}
