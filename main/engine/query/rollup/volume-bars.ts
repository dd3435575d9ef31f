import type { EventFilter } from '../../../../shared/types/event.ts';
import type { LaneBy } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { Bars, type EventChoice } from './bars.ts';
import type { Stretch } from './chunk-list.ts';
import { keptColumns, LaneAssembly, type LaneColumns, type LanePart } from './lane-bars.ts';
import type { Rollups } from './rollups.ts';
import { Tile } from './tile.ts';
import { barsOfEvents, joined, stepOf } from './tiled.ts';
import { filteredSeries, type LaneKey, laneText, tilesOf } from './volume-lanes.ts';

/** Up to about so many events a question is answered from the events themselves. */
const FEW_EVENTS = 32_768;
/** Edges of a window are answered from events: a step of the tiles that are taken is no more than this part of the window. */
const EDGE_PART = 256;

/** What is asked for. `stepUs`: intervals shorter than this may be merged. */
export interface BarQuestion {
  readonly by: LaneBy;
  readonly fromUs: number;
  readonly toUs: number;
  readonly stepUs: number;
  readonly filter: EventFilter;
  /** Keys of the lanes that are wanted, as the window spells them; left out: all. */
  readonly lanes?: readonly string[] | undefined;
}

/** One lane of the answer. */
export interface RolledLane {
  readonly lane: LaneKey;
  readonly columns: LaneColumns;
}
export interface RolledBars<T = RolledLane> {
  /** The step that was used: as asked, or the next power of two below it. */
  readonly resolutionUs: number;
  readonly lanes: readonly T[];
}

/**
 * Counted volume by lane as `Bars` draws it, from packed events where they are few and from tiles where they are many. Every sum is
 * that of the rows: what lies across an edge of the window is read event by event. `take` is given one lane after another; its columns are
 * good until it answers.
 */
export async function rolledLanes<T>(
  read: ReadCase,
  rollups: Rollups,
  question: BarQuestion,
  take: (lane: RolledLane) => T,
  fewEvents = FEW_EVENTS,
): Promise<RolledBars<T>> {
  const { by, fromUs, toUs, filter, lanes } = question;
  const { keys, laneOf } = await rollups.lanes(tilesOf(by));
  const series = await filteredSeries(read, filter);
  const only = lanes === undefined ? null : new Set(lanes);
  const wanted = Uint8Array.from(keys, (key) => Number(only === null || only.has(laneText(key))));
  const choice: EventChoice = {
    laneOf: laneOf.map((lane, id) => (wanted[lane] === 1 && (series === null || series.has(id)) ? lane : -1)),
    background: rollups.background,
    fromUs,
    toUs,
    direction: filter.direction ?? null,
    minBytes: filter.minBytes ?? null,
  };
  const all = { fromUs: Number.NEGATIVE_INFINITY, toUs };
  const plain = series === null && choice.direction === null && choice.minBytes === null;
  const few = rollups.list.about({ fromUs, toUs }) <= fewEvents;
  const stepUs = plain && !few ? 2 ** Math.floor(Math.log2(question.stepUs)) : question.stepUs;
  const level = Math.floor(Math.log2(Math.min(stepUs, (toUs - fromUs) / EDGE_PART)) / 2);
  const bars = new Bars(stepUs, keys.length);
  const parts: LanePart[][] = keys.map(() => []);
  if (!plain || few || level < 0) await barsOfEvents(rollups.list, rollups.chunkBytes, all, [{ bars, choice }]);
  else {
    const step = stepOf(level);
    const middle = { fromUs: Math.ceil(fromUs / step) * step, toUs: Math.floor(toUs / step) * step };
    const cover = await rollups.cover(keys.length === 1 ? 'none' : tilesOf(by), level, middle);
    const stretches = joined([{ ...all, toUs: middle.fromUs }, ...cover.events, { fromUs: middle.toUs, toUs }]);
    for (const stretch of stretches) await barsOfEvents(rollups.list, rollups.chunkBytes, stretch, [{ bars, choice }]);
    const tiles = new Map(cover.tiles.map((tile) => [tile.id, tile]));
    for await (const [id, bytes] of rollups.tileBytes.of([...tiles.keys()])) {
      const { level, part } = tiles.get(id)!;
      const tile = new Tile(bytes);
      for (const lane of tile.lanes) {
        if (wanted[lane.lane] !== 1 || lane.firstUs >= part.toUs || lane.lastUs < part.fromUs) continue;
        parts[lane.lane]!.push({ tile, lane, part, stepUs: stepOf(level) });
      }
    }
  }
  const orders = new Map(bars.lanes().map(({ lane, order }) => [lane, order]));
  const assembly = new LaneAssembly(stepUs, bars);
  const made: T[] = [];
  for (const [lane, key] of keys.entries()) {
    const order = orders.get(lane);
    if (!order && parts[lane]!.length === 0) continue;
    const columns = assembly.lane(parts[lane]!, order ?? new Int32Array());
    if (columns.from.length > 0) made.push(take({ lane: key, columns }));
  }
  return { resolutionUs: stepUs, lanes: made };
}

/** The same, kept as columns. */
export function volumeBars(
  read: ReadCase,
  rollups: Rollups,
  question: BarQuestion,
  fewEvents = FEW_EVENTS,
): Promise<RolledBars> {
  const kept = ({ lane, columns }: RolledLane) => ({ lane, columns: keptColumns(columns) });
  return rolledLanes(read, rollups, question, kept, fewEvents);
}

/** Counted volume of a stretch without lanes; null where there is none. */
export async function barsOfAll(
  read: ReadCase,
  rollups: Rollups,
  stretch: Stretch,
  stepUs: number,
): Promise<LaneColumns | null> {
  // The history names no country, so all of it stands in one lane.
  const { lanes } = await volumeBars(read, rollups, { by: 'country', ...stretch, stepUs, filter: {} });
  return lanes[0]?.columns ?? null;
}
