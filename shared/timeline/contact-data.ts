import type { Micros } from '../base/time.ts';
import type { ContactColumns, LaneView } from '../types/timeline.ts';
import { type LookUpSeries, lookUpsOf } from './look-up-data.ts';
import { countBelow } from './sorted-column.ts';

/** The contacts of one lane, ready to be searched. Columns are parallel and in order of `from`. */
export interface ContactSeries {
  readonly lane: LaneView;
  readonly count: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly columns: ContactColumns;
  /** The longest contact: how far back a search must look. */
  readonly longest: Micros;
  /** Names that were looked up, which stand beside the contacts; null: none were. */
  readonly lookUps: LookUpSeries | null;
}

const none: ContactColumns = { from: [], to: [], count: [], first: [], peer: [], country: [] };

/** One entry of the columns: a contact, or several that the engine merged. */
export interface Contact {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly count: number;
  readonly first: string;
  readonly peer: string | null;
  readonly country: string | null;
  /** Bytes each way; null where the source tells none. */
  readonly sent: number | null;
  readonly received: number | null;
  /** It was there before the first look; it was still there at the last. */
  readonly openStart?: boolean;
  readonly openEnd?: boolean;
  /** How far either end may lie off, microseconds; absent where nothing tells it. */
  readonly errorUs?: Micros;
}

/** Prepares the contacts and look-ups of a lane; null where the lane has neither. */
export function contactsOf(lane: LaneView): ContactSeries | null {
  const c = lane.contacts ?? none;
  const lookUps = lookUpsOf(lane.lookUps);
  if (c.from.length === 0 && !lookUps) return null;
  const from = Float64Array.from(c.from);
  const to = Float64Array.from(c.to);
  let longest = 0;
  for (let i = 0; i < from.length; i += 1) longest = Math.max(longest, to[i]! - from[i]!);
  return { lane, count: from.length, from, to, columns: c, longest, lookUps };
}

/** The contact behind an entry of the columns. */
export function contactAt(series: ContactSeries, i: number): Contact {
  const c = series.columns;
  return {
    fromUs: c.from[i]!,
    toUs: c.to[i]!,
    count: c.count[i]!,
    first: c.first[i]!,
    peer: c.peer[i] ?? null,
    country: c.country[i] ?? null,
    sent: c.sent?.[i] ?? null,
    received: c.received?.[i] ?? null,
    openStart: ((c.open?.[i] ?? 0) & 1) !== 0,
    openEnd: ((c.open?.[i] ?? 0) & 2) !== 0,
    ...(c.error?.[i] == null ? {} : { errorUs: c.error[i] }),
  };
}

/** Entries that touch a stretch, both ends belonging to it: a contact may be a moment. */
export function contactsIn(series: ContactSeries, fromUs: Micros, toUs: Micros): number[] {
  const found: number[] = [];
  for (let i = countBelow(series.from, fromUs - series.longest); i < series.count; i += 1) {
    if (series.from[i]! > toUs) break;
    if (series.to[i]! >= fromUs) found.push(i);
  }
  return found;
}

/** How many contacts touch a stretch; merged ones count as many as they are. */
export function contactCount(series: ContactSeries | null, fromUs: Micros, toUs: Micros): number {
  if (!series) return 0;
  return contactsIn(series, fromUs, toUs).reduce((sum, i) => sum + series.columns.count[i]!, 0);
}

/** The entry that begins next before or after an instant; −1 where there is none. */
export function nextContact(series: ContactSeries, us: Micros, way: 1 | -1): number {
  if (way > 0) {
    const at = countBelow(series.from, us, true);
    return at < series.count ? at : -1;
  }
  return countBelow(series.from, us) - 1;
}
