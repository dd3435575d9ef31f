import type { Micros } from '../base/time.ts';
import type { LookUpColumns } from '../types/timeline.ts';
import { countBelow } from './sorted-column.ts';

/** The look-ups of one lane, ready to be searched: parallel columns in order of time. */
export interface LookUpSeries {
  readonly at: Float64Array;
  readonly columns: LookUpColumns;
}

/** Prepares the look-ups of a lane; null where it has none. */
export function lookUpsOf(columns: LookUpColumns | undefined): LookUpSeries | null {
  return columns && columns.at.length > 0 ? { at: Float64Array.from(columns.at), columns } : null;
}

/** Entries within a stretch, both ends belonging to it: first and the one behind the last. */
export function lookUpsIn({ at }: LookUpSeries, fromUs: Micros, toUs: Micros): readonly [number, number] {
  return [countBelow(at, fromUs), countBelow(at, toUs, true)];
}
