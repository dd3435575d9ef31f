import { packNumbers } from '../../../shared/timeline/packed.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type { IntervalColumns, LaneBy, LaneChoice, LaneView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { volumeCondition } from './filter.ts';
import type { LaneWords } from './lane-words.ts';
import type { LaneColumns } from './rollup/lane-bars.ts';
import type { Rollups } from './rollup/rollups.ts';
import { type RolledLane, rolledLanes } from './rollup/volume-bars.ts';
import { type LaneKey, laneText } from './rollup/volume-lanes.ts';
import { barsOfRows } from './volume-rows.ts';

/** A lane without words and without marks: what was counted of it. */
export type BareLane = Omit<LaneView, keyof LaneWords | 'contacts' | 'lookUps'>;

/** Lanes of counted volume, and the step that they were merged by, microseconds. */
export interface BareLanes {
  readonly resolutionUs: number;
  readonly lanes: readonly (readonly [LaneKey, BareLane])[];
}

/** What `timelineWindow` is asked. */
export interface AskedWindow {
  readonly by: LaneBy;
  readonly fromUs: number;
  readonly toUs: number;
  readonly buckets: number;
  readonly filter: EventFilter;
  /** Keys of the lanes that are wanted; left out: all. Sums are over these. */
  readonly lanes?: readonly string[] | undefined;
  /** Which of them are told in full; the others are added up (`rest`). Left out: all. */
  readonly first?: LaneChoice | undefined;
  /** Intervals as texts (`shared/timeline/packed.ts`). */
  readonly packed?: boolean | undefined;
}

/** The sum of a column. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum;
}

/** A column of one value is that value. */
function oneWhereAlike<C extends ArrayLike<number>>(column: C): number | C {
  const [first] = [column[0]];
  for (let i = 1; i < column.length; i += 1) if (column[i] !== first) return column;
  return first ?? column;
}

/** The order of lanes: largest sender first. */
export function bySent(a: BareLane, b: BareLane): number {
  return b.sent - a.sent || b.received - a.received || b.events - a.events || (a.key < b.key ? -1 : 1);
}

/** Columns of a lane that has no counted intervals. */
export const noIntervals = (): IntervalColumns => ({
  from: [],
  to: [],
  sent: [],
  received: [],
  sentBackground: [],
  receivedBackground: [],
  events: [],
  top: [],
});

/** Intervals as plain columns; peaks only where something was merged: else they follow from the rest. */
function intervalsOf(columns: LaneColumns): IntervalColumns {
  const plain = (column: ArrayLike<number>) => (Array.isArray(column) ? (column as number[]) : Array.from(column));
  const error = oneWhereAlike(columns.error);
  return {
    from: plain(columns.from),
    to: plain(columns.to),
    sent: plain(columns.sent),
    received: plain(columns.received),
    sentBackground: plain(columns.sentBackground),
    receivedBackground: plain(columns.receivedBackground),
    events: plain(columns.events),
    top: Array.from(columns.top, (id) => `v${id}`),
    ...(columns.merged && { peakSent: plain(columns.peakSent), peakReceived: plain(columns.peakReceived) }),
    error: typeof error === 'number' ? error : plain(error),
  };
}

/** The same as one text, or as columns where the text cannot hold them. */
function packedOf(columns: LaneColumns): Pick<LaneView, 'intervals' | 'packed'> {
  const { peakSent, peakReceived, merged, ...rest } = columns;
  const packed = packNumbers({
    ...rest,
    error: oneWhereAlike(columns.error),
    ...(merged && { peakSent, peakReceived }),
  });
  return packed === null ? { intervals: intervalsOf(columns) } : { intervals: noIntervals(), packed };
}

function bareLane({ lane, columns }: RolledLane, packed: boolean): BareLane {
  let lastUs = columns.to[0]!;
  for (let i = 1; i < columns.to.length; i += 1) lastUs = Math.max(lastUs, columns.to[i]!);
  return {
    key: laneText(lane),
    sent: sumOf(columns.sent),
    received: sumOf(columns.received),
    sentBackground: sumOf(columns.sentBackground),
    receivedBackground: sumOf(columns.receivedBackground),
    events: sumOf(columns.events),
    firstUs: columns.from[0]!,
    lastUs,
    ...(packed ? packedOf(columns) : { intervals: intervalsOf(columns) }),
  };
}

/** A drawable step of a question, microseconds. */
export const askedStep = ({ fromUs, toUs, buckets }: AskedWindow): number =>
  Math.max(1, Math.floor((toUs - fromUs) / buckets));

/** Counted intervals that overlap the window of the question, by lane, in no order. `stepUs`: shorter ones may be merged. */
export async function bareLanes(
  read: ReadCase,
  question: AskedWindow,
  rollups: Rollups | null,
  stepUs = askedStep(question),
): Promise<BareLanes> {
  const { fromUs, toUs } = question;
  const condition = volumeCondition({ ...question.filter, fromUs, toUs });
  const take = (row: RolledLane) => [row.lane, bareLane(row, question.packed === true)] as const;
  if (condition.nothing) return { resolutionUs: stepUs, lanes: [] };
  if (rollups) return rolledLanes(read, rollups, { ...question, stepUs }, take);
  const { lanes } = await barsOfRows(read, { ...question, stepUs }, condition);
  const only = question.lanes === undefined ? null : new Set(question.lanes);
  return { resolutionUs: stepUs, lanes: lanes.filter(({ lane }) => only?.has(laneText(lane)) ?? true).map(take) };
}
