import type { EventFilter } from '../../../../shared/types/event.ts';
import type { LaneBy } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { laneColumn, volumeCondition, volumeTables } from '../filter.ts';

/** By what tiles have lanes: the phone's history tells app, network and the app's service, and of the rest nothing. */
export const tiledBy = ['app', 'network', 'service', 'none'] as const;
export type TiledBy = (typeof tiledBy)[number];

/** The tiles that answer for lanes of a kind. */
export function tilesOf(by: LaneBy): TiledBy {
  return by === 'app' || by === 'network' || by === 'service' ? by : 'none';
}

export type LaneKey = string | number | null;

/** A lane's key as the window spells it: '' where it is not known. */
export const laneText = (key: LaneKey): string => (key === null ? '' : String(key));

/** On which lane the events of each series stand. */
export interface SeriesLanes {
  /** By number of a lane: its key. */
  readonly keys: readonly LaneKey[];
  /** By series: the number of its lane, or -1. */
  readonly laneOf: Int32Array;
}

const SERIES = `${volumeTables.replace('volume v JOIN series s ON s.id = v.series', 'series s')}`;

/** By number of a series: 1 where it counts as background. */
export async function seriesBackground(read: ReadCase): Promise<Uint8Array> {
  const rows = await read.all<{ id: number; foreground: number | null }>('SELECT id, foreground FROM series');
  const background = new Uint8Array(rows.reduce((most, { id }) => Math.max(most, id), 0) + 1);
  for (const { id, foreground } of rows) if (foreground === 0) background[id] = 1;
  return background;
}

/** Lanes in the order of their keys, and the lane of each series. */
export async function seriesLanes(read: ReadCase, by: TiledBy): Promise<SeriesLanes> {
  const rows = await read.all<{ id: number; lane: LaneKey }>(
    `SELECT s.id, ${by === 'none' ? 'NULL' : laneColumn(by)} lane FROM ${SERIES} ORDER BY lane, s.id`,
  );
  const laneOf = new Int32Array(rows.reduce((most, { id }) => Math.max(most, id), 0) + 1).fill(-1);
  const keys: LaneKey[] = [];
  for (const { id, lane } of rows) {
    if (keys.length === 0 || keys.at(-1) !== lane) keys.push(lane);
    laneOf[id] = keys.length - 1;
  }
  return { keys, laneOf };
}

/** The series that a filter lets through, as far as it asks for what all events of a series have alike; null: all of them. */
export async function filteredSeries(read: ReadCase, filter: EventFilter): Promise<ReadonlySet<number> | null> {
  const { fromUs: _from, toUs: _to, direction: _direction, minBytes: _bytes, countedOnly: _counted, ...rest } = filter;
  const condition = volumeCondition(rest);
  if (condition.sql === '') return null;
  const rows = await read.all<{ id: number }>(`SELECT s.id FROM ${SERIES} WHERE 1${condition.sql}`, condition.params);
  return new Set(rows.map(({ id }) => id));
}
