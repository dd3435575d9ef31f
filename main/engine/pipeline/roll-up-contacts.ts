import type { WriteCase } from '../ports/case-handle.ts';
import { ChunkList } from '../query/rollup/chunk-list.ts';
import { marksOfContacts } from '../query/rollup/contact-chunk.ts';
import { contactPages } from '../query/rollup/contact-pages.ts';
import {
  contactLaneKinds,
  countriesOf,
  GatheredSeries,
  MOST_SERIES,
  peersOf,
  TEXTS,
  type ToldSeries,
  Unfit,
} from '../query/rollup/contact-series.ts';
import { packMarks } from '../query/rollup/mark-tile.ts';
import { type MarkChoice, Marks } from '../query/rollup/marks.ts';
import { packNarrow } from '../query/rollup/narrow-columns.ts';
import { chunksToHold, TileBuilder, type Tiling } from './build-tiles.ts';
import { packRuns } from './pack-contacts.ts';
import { WritesAhead } from './writes-ahead.ts';

/** Kinds of more lanes have no tiles: hardly two contacts of one lane would share a mark. */
const MOST_LANES = 2 ** 14;

/** Memory for pages of the case file while series are asked of contacts that lie all over it, and else (sqlite.org/pragma.html#pragma_cache_size). */
const [ROOM_KIB, USUAL_KIB] = [16_000, 2000];

/**
 * Writes the rollups of all contacts: packed in order of time, and tiles of marks over them. Few contacts are left as they are: whoever asks for
 * them packs them in memory (`FEW_CONTACTS`). `after`: the number of the last chunk.
 */
export async function rollUpContacts(write: WriteCase, tileEvents: number, after: number, few: number): Promise<void> {
  const many = await write.get('SELECT 1 FROM contact LIMIT 1 OFFSET ?', [few]);
  if (!many) {
    await write.run(`INSERT INTO rollup VALUES ('contact', 'few')`);
    return;
  }
  // So many addresses alone are told without reading the contacts.
  if (await write.get('SELECT 1 FROM address LIMIT 1 OFFSET ?', [MOST_SERIES])) return;
  await write.run(`PRAGMA cache_size = -${ROOM_KIB}`);
  await pack(write, tileEvents, after);
  await write.run(`PRAGMA cache_size = -${USUAL_KIB}`);
}

async function pack(write: WriteCase, tileEvents: number, after: number): Promise<void> {
  const gathered = new GatheredSeries();
  const ahead = new WritesAhead(write);
  const edges = await packRuns(ahead, contactPages(write, gathered), after).catch((error: unknown) => {
    if (error instanceof Unfit) return null;
    throw error;
  });
  if (!edges) {
    await ahead.settled();
    await write.run(`DELETE FROM rollup_chunk WHERE kind = 'contact'`);
    return;
  }
  const series = await gathered.told(write);
  await keepSeries(write, series);
  await tilesOf(write, ahead, series, new ChunkList(edges), tileEvents);
  const contacts = edges.reduce((sum, { events }) => sum + events, 0);
  await write.run(`INSERT INTO rollup VALUES ('contact', ?)`, [String(contacts)]);
}

async function keepSeries(write: WriteCase, { columns, lists }: ToldSeries): Promise<void> {
  const keep = (name: string, part: number, data: Uint8Array) =>
    write.run(`INSERT INTO rollup_column (kind, name, part, data) VALUES ('contact', ?, ?, ?)`, [name, part, data]);
  for (const [name, column] of columns) await keep(`of ${name}`, 0, packNarrow([column], column.length));
  const encoder = new TextEncoder();
  for (const [name, list] of lists) {
    for (let at = 0; at < list.length; at += TEXTS)
      await keep(name, at / TEXTS, encoder.encode(JSON.stringify(list.slice(at, at + TEXTS))));
  }
}

/** Of each step one at a time is being made: its memory serves the next. */
function reused(lanes: number): (stepUs: number, room: number) => Marks {
  const held = new Map<number, Marks>();
  return (stepUs, room) => {
    const marks = held.get(stepUs) ?? new Marks(stepUs, lanes, room);
    marks.reset();
    held.set(stepUs, marks);
    return marks;
  };
}

async function tilesOf(
  write: WriteCase,
  ahead: WritesAhead,
  series: ToldSeries,
  list: ChunkList,
  tileEvents: number,
): Promise<void> {
  const [peerOf, countryOf] = [await peersOf(series), await countriesOf(series)];
  const openOf = series.columns.get('open')!;
  const all = { fromUs: Number.NEGATIVE_INFINITY, toUs: Number.POSITIVE_INFINITY, direction: null, minBytes: null };
  const kinds: Tiling<MarkChoice, Marks>['kinds'][number][] = [];
  for (const by of contactLaneKinds) {
    const lanes = series.lists.get(by)!.length;
    const name = lanes === 1 ? 'none' : by;
    // Kinds that have one lane each have the same marks.
    if (lanes > MOST_LANES || kinds.some((one) => one.by === name)) continue;
    const laneOf = series.columns.get(by)!;
    const choice: MarkChoice = { laneOf, peerOf, countryOf, openOf, ...all };
    kinds.push({ by: name, choice, drawn: reused(lanes) });
  }
  const tiling: Tiling<MarkChoice, Marks> = {
    kind: 'contact',
    list,
    tileEvents,
    kinds,
    feed: (packed, stretch, into) => {
      const takers = into.map(({ bars, choice }) => ({ into: bars, choice }));
      return marksOfContacts(list, packed, stretch, takers);
    },
    pack: packMarks,
  };
  await new TileBuilder(ahead, tiling, chunksToHold(write)).all();
  await ahead.settled();
}
