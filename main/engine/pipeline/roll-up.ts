import type { WriteCase } from '../ports/case-handle.ts';
import { Bars, type EventChoice } from '../query/rollup/bars.ts';
import { ChunkList, TILE_EVENTS } from '../query/rollup/chunk-list.ts';
import { FEW_CONTACTS } from '../query/rollup/contact-rollups.ts';
import { TilePacker } from '../query/rollup/tile.ts';
import { barsOfEvents } from '../query/rollup/tiled.ts';
import { seriesBackground, seriesLanes, tiledBy } from '../query/rollup/volume-lanes.ts';
import { chunksToHold, TileBuilder, type Tiling } from './build-tiles.ts';
import type { ComingEvents } from './coming-events.ts';
import { type EventsInOrder, gatherEvents } from './events-in-order.ts';
import { keepFirstPicture } from './first-picture.ts';
import { packEvents } from './pack-events.ts';
import { rollUpContacts } from './roll-up-contacts.ts';
import { WritesAhead } from './writes-ahead.ts';

/** Takes the rollups out: questions go to the rows themselves until they are written anew. */
export async function dropRollups(write: WriteCase): Promise<void> {
  for (const table of ['rollup', 'rollup_chunk', 'rollup_tile', 'rollup_column', 'first_picture'])
    await write.run(`DELETE FROM ${table}`);
}

/** Writes the rollups of the whole case anew. */
export async function rollUp(write: WriteCase, tileEvents = TILE_EVENTS, fewContacts = FEW_CONTACTS): Promise<void> {
  const parts = await prepareRollUp(write);
  if (parts) await writeRollups(write, parts, tileEvents, fewContacts);
}

/** What is needed of a case before its rollups are written. */
export interface RollUpParts {
  readonly events: EventsInOrder;
  readonly kinds: Tiling<EventChoice, Bars>['kinds'];
}

/**
 * Takes the rollups out that a case has, and reads what new ones are made of; null where it can have none. `coming`: the last rows of
 * volume, as they came into the case.
 */
export async function prepareRollUp(write: WriteCase, coming: ComingEvents | null = null): Promise<RollUpParts | null> {
  await dropRollups(write);
  const before = await write.get('SELECT 1 FROM volume WHERE from_us < 0 LIMIT 1');
  if (before) {
    // Steps are counted from 1970 on. No phone has a history before; one that says so is asked of its rows.
    await write.run(`INSERT INTO rollup VALUES ('none', 'times before 1970')`);
    return null;
  }
  return { kinds: await volumeKinds(write), events: await gatherEvents(write, coming) };
}

/**
 * Writes the rollups of the whole case: all counted volume packed in order of time, and over it tiles of bars of coarser and coarser steps, by
 * app, network, service and over all; then chunks and tiles of contacts, and the first picture, which is made of them. The same rows give the
 * same bytes. `tileEvents`: tiles are kept of more events than that. `fewContacts`: up to so many are not packed.
 */
export async function writeRollups(
  write: WriteCase,
  { events, kinds }: RollUpParts,
  tileEvents = TILE_EVENTS,
  fewContacts = FEW_CONTACTS,
): Promise<void> {
  const packed = chunksToHold(write);
  const ahead = new WritesAhead(write);
  const edges = await packEvents(ahead, events, packed);
  await new TileBuilder(ahead, volumeTiling(kinds, new ChunkList(edges), tileEvents), packed).all();
  await ahead.settled();
  await write.run(`INSERT INTO rollup VALUES ('volume', ?)`, [String(edges.reduce((sum, one) => sum + one.events, 0))]);
  await rollUpContacts(write, tileEvents, edges.length, fewContacts);
  await keepFirstPicture(write);
}

async function volumeKinds(write: WriteCase): Promise<RollUpParts['kinds']> {
  const background = await seriesBackground(write);
  const kinds: RollUpParts['kinds'][number][] = [];
  for (const by of tiledBy) {
    const { keys, laneOf } = await seriesLanes(write, by);
    // Of a single lane the tiles over all tell the same.
    if (keys.length <= 1 && by !== 'none') continue;
    const all = { fromUs: Number.NEGATIVE_INFINITY, toUs: Number.POSITIVE_INFINITY, direction: null, minBytes: null };
    const choice = { laneOf, background, ...all };
    kinds.push({ by, choice, drawn: (stepUs, room) => new Bars(stepUs, keys.length, room) });
  }
  return kinds;
}

function volumeTiling(kinds: RollUpParts['kinds'], list: ChunkList, tileEvents: number): Tiling<EventChoice, Bars> {
  const packer = new TilePacker();
  return {
    kind: 'volume',
    list,
    tileEvents,
    kinds,
    feed: (packed, stretch, into) => barsOfEvents(list, packed, stretch, into),
    pack: (bars, lanes) => packer.tile(bars, lanes),
  };
}
