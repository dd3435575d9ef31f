import type { ReadCase } from '../../ports/case-handle.ts';
import { type ChunkList, TILE_EVENTS } from './chunk-list.ts';
import { ContactRollups } from './contact-rollups.ts';
import { type HeldLookUps, holdLookUps } from './held-look-ups.ts';
import { chunkList, Tiled } from './tiled.ts';
import { type SeriesLanes, seriesBackground, seriesLanes, type TiledBy } from './volume-lanes.ts';

/** The rollups of one case as they stood when they were opened: those of counted volume, and behind them those of contacts. */
export class Rollups extends Tiled<TiledBy> {
  readonly #read: ReadCase;
  readonly #tileEvents: number;
  readonly background: Uint8Array;
  readonly #lanes = new Map<TiledBy, Promise<SeriesLanes>>();
  #contacts: Promise<ContactRollups | null> | undefined;
  #lookUps: Promise<HeldLookUps | null> | undefined;

  private constructor(read: ReadCase, list: ChunkList, background: Uint8Array, tileEvents: number) {
    super(read, 'volume', list, tileEvents);
    this.#read = read;
    this.#tileEvents = tileEvents;
    this.background = background;
  }

  /** Null where the case has none: it is being watched, or an older program wrote it. */
  static async open(read: ReadCase, tileEvents = TILE_EVENTS): Promise<Rollups | null> {
    const [known, list, background] = await Promise.all([
      read.get(`SELECT value FROM rollup WHERE key = 'volume'`),
      chunkList(read, 'volume'),
      seriesBackground(read),
    ]);
    return known ? new Rollups(read, list, background, tileEvents) : null;
  }

  lanes(by: TiledBy): Promise<SeriesLanes> {
    const known = this.#lanes.get(by) ?? seriesLanes(this.#read, by);
    this.#lanes.set(by, known);
    return known;
  }

  /** Those of contacts; null where the case has none of them. */
  contacts(): Promise<ContactRollups | null> {
    this.#contacts ??= ContactRollups.open(this.#read, this.#tileEvents).catch((error: unknown) => {
      this.#contacts = undefined;
      throw error;
    });
    return this.#contacts;
  }

  /** All look-ups; null where the rows are to be asked. */
  lookUps(): Promise<HeldLookUps | null> {
    this.#lookUps ??= holdLookUps(this.#read).catch((error: unknown) => {
      this.#lookUps = undefined;
      throw error;
    });
    return this.#lookUps;
  }
}
