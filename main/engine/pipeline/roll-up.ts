import type { WriteCase } from '../ports/case-handle.ts';
import { Bars, type EventChoice, type LaneBars } from '../query/rollup/bars.ts';
import { ChunkList, type Stretch, TILE_EVENTS } from '../query/rollup/chunk-list.ts';
import { NumberWriter } from '../query/rollup/number-bytes.ts';
import { barsOfEvents, Packed, stepOf, type TilePlace, tileStretch } from '../query/rollup/rollups.ts';
import { type PackedTile, packTile, TILE_STEPS } from '../query/rollup/tile.ts';
import { seriesBackground, seriesLanes, type TiledBy, tiledBy } from '../query/rollup/volume-lanes.ts';
import { keepFirstPicture } from './first-picture.ts';
import { packEvents } from './pack-events.ts';

/** A tile must have so many times fewer bars than events; else its events are read as fast. */
const WORTH = 2;
/** Bars for which a tile has memory from the beginning. */
const ROOM = 8192;
/** Packed bytes of chunks that are held while tiles are made. */
const HELD = 8 * 2 ** 20;

/** Takes the rollups out: questions go to the rows themselves until they are written anew. */
export async function dropRollups(write: WriteCase): Promise<void> {
  for (const table of ['rollup', 'rollup_chunk', 'rollup_tile', 'first_picture'])
    await write.run(`DELETE FROM ${table}`);
}

/**
 * Writes the rollups of the whole case anew: all counted volume packed in order of time, and over it tiles of bars of coarser and coarser
 * steps, by app, network, service and over all, and the first picture. The same rows give the same bytes. `tileEvents`: tiles are kept of more events than that.
 */
export async function rollUp(write: WriteCase, tileEvents = TILE_EVENTS): Promise<void> {
  await dropRollups(write);
  const before = await write.get('SELECT 1 FROM volume WHERE from_us < 0 LIMIT 1');
  if (before) {
    // Steps are counted from 1970 on. No phone has a history before; one that says so is asked of its rows.
    await write.run(`INSERT INTO rollup VALUES ('none', 'times before 1970')`);
    return;
  }
  const edges = await packEvents(write);
  await (await TileBuilder.over(write, new ChunkList(edges), tileEvents)).all();
  await write.run(`INSERT INTO rollup VALUES ('volume', ?)`, [String(edges.reduce((sum, one) => sum + one.events, 0))]);
  await keepFirstPicture(write);
}

/** One kind of lanes while its tiles are made. */
interface Kind {
  readonly by: TiledBy;
  readonly lanes: number;
  readonly choice: EventChoice;
}

class TileBuilder {
  readonly #write: WriteCase;
  readonly #tileEvents: number;
  readonly #list: ChunkList;
  readonly #kinds: readonly Kind[];
  readonly #packed: Packed;
  readonly #bytes = new NumberWriter();

  private constructor(write: WriteCase, list: ChunkList, kinds: readonly Kind[], tileEvents: number) {
    this.#write = write;
    this.#tileEvents = tileEvents;
    this.#list = list;
    this.#kinds = kinds;
    this.#packed = new Packed(write, 'rollup_chunk', HELD);
  }

  static async over(write: WriteCase, list: ChunkList, tileEvents: number): Promise<TileBuilder> {
    const background = await seriesBackground(write);
    const kinds: Kind[] = [];
    for (const by of tiledBy) {
      const { keys, laneOf } = await seriesLanes(write, by);
      // Of a single lane the tiles over all tell the same.
      if (keys.length <= 1 && by !== 'none') continue;
      const all = { fromUs: Number.NEGATIVE_INFINITY, toUs: Number.POSITIVE_INFINITY, direction: null, minBytes: null };
      kinds.push({ by, lanes: keys.length, choice: { laneOf, background, ...all } });
    }
    return new TileBuilder(write, list, kinds, tileEvents);
  }

  /** Tiles of all levels. */
  async all(): Promise<void> {
    const edges = this.#list.classes.flat();
    if (edges.length === 0) return;
    const first = edges.reduce((least, { fromUs }) => Math.min(least, fromUs), Number.POSITIVE_INFINITY);
    const last = edges.reduce((most, { lastUs }) => Math.max(most, lastUs), 0);
    let level = 0;
    while (stepOf(level) * TILE_STEPS < last - first + 1) level += 1;
    const width = stepOf(level) * TILE_STEPS;
    for (let tile = Math.floor(first / width); tile * width <= last; tile += 1) {
      if (this.#list.about(tileStretch({ level, tile })) > this.#tileEvents) await this.#tile({ level, tile });
    }
  }

  /** Makes a tile of those below it, or of events where these are few, and keeps it where it is worth it. */
  async #tile(place: TilePlace): Promise<Made[]> {
    const made = this.#kinds.map(({ lanes }) => new Bars(stepOf(place.level), lanes, ROOM));
    const below = this.#kinds.map(() => ({ bars: 0, kept: true }));
    for (const part of this.#parts(place)) {
      if ('tile' in part) {
        for (const [n, one] of (await this.#tile(part)).entries()) {
          for (const { lane, order } of one.lanes) for (const at of order) made[n]!.bar(lane, one.bars.columns, at);
          below[n]!.bars += one.count;
          if (!one.kept) below[n]!.kept = false;
        }
      } else {
        const into = this.#kinds.map(({ choice }, n) => ({ bars: made[n]!, choice }));
        const before = made.map(({ count }) => count);
        await barsOfEvents(this.#list, this.#packed, part, into);
        for (const [n, { count }] of made.entries()) if (count > before[n]!) below[n]!.kept = false;
      }
    }
    const events = this.#list.about(tileStretch(place));
    const done: Made[] = [];
    for (const [n, bars] of made.entries()) {
      const lanes = bars.lanes();
      const count = lanes.reduce((sum, { order }) => sum + order.length, 0);
      // One that is the same as those below it taken together is not kept: readers take those.
      const same = below[n]!.kept && below[n]!.bars === count;
      const worth = count * WORTH <= events;
      if (!same && worth) await this.#keep(this.#kinds[n]!.by, place, events, packTile(bars, lanes, this.#bytes));
      done.push({ bars, lanes, count, kept: same || worth });
    }
    return done;
  }

  /** What a tile is made of, in order of time: tiles of the next finer step, and stretches of few events. */
  #parts(place: TilePlace): (TilePlace | Stretch)[] {
    if (place.level === 0) return [tileStretch(place)];
    const parts: (TilePlace | Stretch)[] = [];
    for (let n = 0; n < 4; n += 1) {
      const below = { level: place.level - 1, tile: place.tile * 4 + n };
      const stretch = tileStretch(below);
      const last = parts.at(-1);
      if (this.#list.about(stretch) > this.#tileEvents) parts.push(below);
      else if (last && 'toUs' in last) parts[parts.length - 1] = { ...last, toUs: stretch.toUs };
      else parts.push(stretch);
    }
    return parts;
  }

  async #keep(by: TiledBy, { level, tile }: TilePlace, events: number, packed: PackedTile): Promise<void> {
    await this.#write.run(
      `INSERT INTO rollup_tile (kind, lanes, level, tile, events, bars, data) VALUES ('volume', ?, ?, ?, ?, ?, ?)`,
      [by, level, tile, Math.round(events), packed.bars, packed.bytes],
    );
  }
}

interface Made {
  readonly bars: Bars;
  readonly lanes: readonly LaneBars[];
  readonly count: number;
  /** Tiles tell all of it: this one, or those below it. */
  readonly kept: boolean;
}
