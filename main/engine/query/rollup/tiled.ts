import type { ReadCase } from '../../ports/case-handle.ts';
import type { Bars, EventChoice, LaneBars } from './bars.ts';
import { type ChunkEdge, ChunkList, type Stretch, within } from './chunk-list.ts';
import { sharedRoom, unpackChunk } from './event-chunk.ts';
import { LeastRecent } from './least-recent.ts';
import { TILE_STEPS } from './tile.ts';

/** Bytes of chunks and tiles of a kind that are kept in memory, packed. */
const HELD = 64 * 2 ** 20;
const PIECES = 64;

/** What a reader needs of packed data: chunks and tiles by their numbers. */
export class Packed {
  readonly #read: ReadCase;
  readonly #table: string;
  readonly #held: LeastRecent<Uint8Array>;

  constructor(read: ReadCase, table: 'rollup_chunk' | 'rollup_tile', bytes: number) {
    this.#read = read;
    this.#table = table;
    this.#held = new LeastRecent(bytes);
  }

  /** Bytes of a row that was just written. */
  hold(id: number, bytes: Uint8Array): void {
    this.#held.set(id, bytes, bytes.length);
  }

  /** The bytes of these rows, some at a time, in their order. */
  async *of(ids: readonly number[]): AsyncGenerator<readonly [id: number, bytes: Uint8Array]> {
    for (let at = 0; at < ids.length; at += PIECES) {
      const piece = ids.slice(at, at + PIECES);
      // Taken out at once: what is held anew may put out others of the same piece.
      const held = new Map(piece.map((id) => [id, this.#held.get(id)]));
      const missing = piece.filter((id) => held.get(id) === undefined);
      const rows =
        missing.length === 0
          ? []
          : await this.#read.all<{ id: number; data: Uint8Array }>(
              `SELECT id, data FROM ${this.#table} WHERE id IN (SELECT value FROM json_each(?))`,
              [JSON.stringify(missing)],
            );
      const fresh = new Map(rows.map(({ id, data }) => [id, data]));
      for (const id of piece) {
        const bytes = held.get(id) ?? fresh.get(id);
        // Whoever wrote the case meanwhile took it out; the question is asked again.
        if (!bytes) throw new Error(`row ${id} of ${this.#table} is missing`);
        yield [id, bytes];
        this.hold(id, bytes);
      }
    }
  }
}

/** What packed events are drawn as: `Bars` of volume, `Marks` of contacts. */
export interface Drawn {
  readonly columns: readonly Float64Array[];
  readonly count: number;
  /** What was drawn of a finer step, or of the same: the one at `index` of `from`. */
  bar(lane: number, from: readonly Float64Array[], index: number): void;
  /** All of it lane by lane. Nothing may be added afterwards. */
  lanes(): LaneBars[];
}

/** Feeds events of a stretch to bars, class by class; of those only what ends after `choice.fromUs`. */
export async function barsOfEvents(
  list: ChunkList,
  packed: Packed,
  stretch: Stretch,
  into: readonly { readonly bars: Bars; readonly choice: EventChoice }[],
): Promise<void> {
  const after = into[0]?.choice.fromUs ?? Number.NEGATIVE_INFINITY;
  for (const own of list.classes) {
    const ids = list.of(own, stretch, after).map(({ id }) => id);
    if (ids.length === 0) continue;
    for await (const [, bytes] of packed.of(ids)) {
      const chunk = unpackChunk(bytes, sharedRoom);
      const [start, end] = within(chunk, stretch);
      for (const { bars, choice } of into) bars.events(chunk, start, end, choice);
    }
    for (const { bars } of into) bars.endStream();
  }
}

/** A tile by its place. */
export interface TilePlace {
  readonly level: number;
  readonly tile: number;
}

/** Microseconds of a step of a level. */
export const stepOf = (level: number): number => 4 ** level;
/** Starts of the bars of a tile. */
export const tileStretch = ({ level, tile }: TilePlace): Stretch => {
  const width = stepOf(level) * TILE_STEPS;
  return { fromUs: tile * width, toUs: (tile + 1) * width };
};
const placeKey = ({ level, tile }: TilePlace) => `${level} ${tile}`;

/** Which events were rolled up. */
export type RolledKind = 'volume' | 'contact';

/** The chunks of a kind by their edges. */
export async function chunkList(read: ReadCase, kind: RolledKind): Promise<ChunkList> {
  const edges = await read.all<ChunkEdge>(
    `SELECT id, length_class class, from_us fromUs, last_us lastUs, end_us endUs, events FROM rollup_chunk WHERE kind = ? ORDER BY id`,
    [kind],
  );
  return new ChunkList(edges);
}

/** Chunks and tiles of one kind of events. `By`: the kinds of lanes that tiles have. */
export class Tiled<By extends string> {
  readonly #read: ReadCase;
  readonly #kind: RolledKind;
  readonly #tileEvents: number;
  readonly list: ChunkList;
  readonly chunkBytes: Packed;
  readonly tileBytes: Packed;
  readonly #tiles = new Map<By, Promise<ReadonlyMap<string, number>>>();

  constructor(read: ReadCase, kind: RolledKind, list: ChunkList, tileEvents: number) {
    this.#read = read;
    this.#kind = kind;
    this.#tileEvents = tileEvents;
    this.list = list;
    this.chunkBytes = new Packed(read, 'rollup_chunk', HELD / 2);
    this.tileBytes = new Packed(read, 'rollup_tile', HELD / 2);
  }

  async #tilesOf(by: By): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#read.all<{ id: number; level: number; tile: number }>(
      `SELECT id, level, tile FROM rollup_tile INDEXED BY rollup_tile_place WHERE kind = ? AND lanes = ?`,
      [this.#kind, by],
    );
    return new Map(rows.map((row) => [placeKey(row), row.id]));
  }

  /**
   * What tells of all starts in a stretch, at a level or finer: tiles, each with the part of it that counts, and stretches of events where no
   * tile is kept. The edges of the stretch lie on steps of the level.
   */
  async cover(by: By, level: number, stretch: Stretch): Promise<Cover> {
    const held = this.#tiles.get(by) ?? this.#tilesOf(by);
    this.#tiles.set(by, held);
    const cover: { tiles: CoverTile[]; events: Stretch[] } = { tiles: [], events: [] };
    this.#coverLevel(await held, level, stretch, cover);
    return cover;
  }

  #coverLevel(
    held: ReadonlyMap<string, number>,
    level: number,
    stretch: Stretch,
    cover: { tiles: CoverTile[]; events: Stretch[] },
  ): void {
    if (stretch.toUs <= stretch.fromUs) return;
    const width = stepOf(level) * TILE_STEPS;
    for (let tile = Math.floor(stretch.fromUs / width); tile * width < stretch.toUs; tile += 1) {
      const whole = tileStretch({ level, tile });
      const part = { fromUs: Math.max(whole.fromUs, stretch.fromUs), toUs: Math.min(whole.toUs, stretch.toUs) };
      const id = held.get(placeKey({ level, tile }));
      if (id !== undefined) {
        cover.tiles.push({ id, level, part });
      } else if (level > 0 && this.list.about(part) > this.#tileEvents) {
        this.#coverLevel(held, level - 1, part, cover);
      } else cover.events.push(part);
    }
  }
}

export interface CoverTile {
  readonly id: number;
  readonly level: number;
  /** What of it counts: all of it, but for the first and the last one of a window. */
  readonly part: Stretch;
}
export interface Cover {
  readonly tiles: readonly CoverTile[];
  readonly events: readonly Stretch[];
}

/** Stretches in order, those that touch made one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const made: Stretch[] = [];
  for (const one of stretches) {
    const last = made.at(-1);
    if (last && last.toUs >= one.fromUs) made[made.length - 1] = { ...last, toUs: Math.max(last.toUs, one.toUs) };
    else made.push(one);
  }
  return made;
}
