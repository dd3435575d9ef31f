import { HOUR, type Micros } from '../base/time.ts';
import type { IntervalColumns, LaneView, WindowView } from '../types/timeline.ts';
import { type ContactSeries, contactsOf } from './contact-data.ts';
import { countBelow } from './sorted-column.ts';

/** Bytes of a lane or a stretch of it. `events` are those that stand behind the sums. */
export interface Totals {
  readonly sent: number;
  readonly received: number;
  readonly sentBackground: number;
  readonly receivedBackground: number;
  readonly events: number;
}

export const noTotals: Totals = { sent: 0, received: 0, sentBackground: 0, receivedBackground: 0, events: 0 };

/** Sums of two stretches that share no event. */
export function addTotals(a: Totals, b: Totals): Totals {
  return {
    sent: a.sent + b.sent,
    received: a.received + b.received,
    sentBackground: a.sentBackground + b.sentBackground,
    receivedBackground: a.receivedBackground + b.receivedBackground,
    events: a.events + b.events,
  };
}

/** The intervals of one lane, ready to be searched and summed. Columns are parallel and in order of `from`. */
export interface LaneSeries {
  readonly lane: LaneView;
  readonly count: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly columns: IntervalColumns;
  /** The longest interval: how far back a search must look. */
  readonly longest: Micros;
  readonly shortest: Micros;
  /** Two intervals share a moment (buckets of different lengths). */
  readonly overlapping: boolean;
  /** Highest bytes an hour of any interval. */
  readonly peakSent: number;
  readonly peakReceived: number;
  readonly sums: Sums;
}

interface Sums {
  /** Ends in ascending order, for counting what is over before an instant. */
  readonly ends: Float64Array;
  /** Running sums in order of start and in order of end; five columns, `count + 1` entries. */
  readonly byStart: readonly Float64Array[];
  readonly byEnd: readonly Float64Array[];
}

/** One answer of the engine, lane by lane; lanes are prepared when they are first looked at. */
export class DataSet {
  readonly window: WindowView;
  readonly lanes: ReadonlyMap<string, LaneView>;
  /** Whether any lane has contacts, and whether any has bytes. */
  readonly hasContacts: boolean;
  readonly hasBytes: boolean;
  #series = new Map<string, LaneSeries>();
  #contacts = new Map<string, ContactSeries | null>();

  constructor(window: WindowView) {
    this.window = window;
    this.lanes = new Map(window.lanes.map((lane) => [lane.key, lane]));
    this.hasContacts = window.lanes.some(
      (lane) => (lane.contacts?.from.length ?? 0) + (lane.lookUps?.at.length ?? 0) > 0,
    );
    this.hasBytes = window.lanes.some((lane) => lane.intervals.from.length > 0);
  }

  series(key: string): LaneSeries | null {
    const known = this.#series.get(key);
    if (known) return known;
    const lane = this.lanes.get(key);
    if (!lane) return null;
    const made = seriesOf(lane);
    this.#series.set(key, made);
    return made;
  }

  /** The contacts of a lane; null where it has none. */
  contacts(key: string): ContactSeries | null {
    const known = this.#contacts.get(key);
    if (known !== undefined) return known;
    const lane = this.lanes.get(key);
    const made = lane ? contactsOf(lane) : null;
    this.#contacts.set(key, made);
    return made;
  }

  /** Whether the answer reaches over the whole stretch. */
  covers(fromUs: Micros, toUs: Micros): boolean {
    return this.window.fromUs <= fromUs && this.window.toUs >= toUs;
  }
}

/** Bytes in so many microseconds, as bytes an hour. An instant has no rate. */
export function rateOf(bytes: number, us: Micros): number {
  return us > 0 ? (bytes / us) * HOUR : 0;
}

/** Prepares a lane. Costs one pass over its intervals (and a sort where they overlap). */
export function seriesOf(lane: LaneView): LaneSeries {
  const c = lane.intervals;
  const count = c.from.length;
  const from = Float64Array.from(c.from);
  const to = Float64Array.from(c.to);
  let longest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let overlapping = false;
  let peakSent = 0;
  let peakReceived = 0;
  for (let i = 0; i < count; i += 1) {
    const length = to[i]! - from[i]!;
    if (length > longest) longest = length;
    if (length < shortest) shortest = length;
    if (i > 0 && from[i]! < to[i - 1]!) overlapping = true;
    peakSent = Math.max(peakSent, peakAt(c.peakSent, c.sent, i, length));
    peakReceived = Math.max(peakReceived, peakAt(c.peakReceived, c.received, i, length));
  }
  const order = Array.from({ length: count }, (_, i) => i);
  const byEndOrder = overlapping ? [...order].sort((a, b) => to[a]! - to[b]!) : order;
  const cells = [c.sent, c.received, c.sentBackground, c.receivedBackground, c.events];
  const byStart = cells.map((cell) => running(cell, order));
  const sums: Sums = overlapping
    ? {
        ends: Float64Array.from(byEndOrder, (i) => to[i]!),
        byStart,
        byEnd: cells.map((cell) => running(cell, byEndOrder)),
      }
    : { ends: to, byStart, byEnd: byStart };
  return { lane, count, from, to, columns: c, longest, shortest, overlapping, peakSent, peakReceived, sums };
}

/** Bytes an hour of the highest interval behind entry `i`. */
export function peakAt(peaks: readonly number[] | undefined, bytes: readonly number[], i: number, us: Micros): number {
  return Math.max(peaks?.[i] ?? 0, rateOf(bytes[i]!, us));
}

function running(cell: readonly number[], order: readonly number[]): Float64Array {
  const sums = new Float64Array(order.length + 1);
  for (let i = 0; i < order.length; i += 1) sums[i + 1] = sums[i]! + cell[order[i]!]!;
  return sums;
}

/** Indexes of entries that may touch the stretch: all of those that do, and few others. End is exclusive. */
export function rangeOf(series: LaneSeries, fromUs: Micros, toUs: Micros): [number, number] {
  return [countBelow(series.from, fromUs - series.longest), countBelow(series.from, toUs)];
}

/** Sums over every interval that touches the stretch, each one whole. */
export function totalsIn(series: LaneSeries, fromUs: Micros, toUs: Micros): Totals {
  const begun = countBelow(series.from, toUs);
  const over = countBelow(series.sums.ends, fromUs, true);
  const sum = (i: number) => series.sums.byStart[i]![begun]! - series.sums.byEnd[i]![over]!;
  return { sent: sum(0), received: sum(1), sentBackground: sum(2), receivedBackground: sum(3), events: sum(4) };
}

/** Entries that hold the instant, or touch the stretch. */
export function entriesIn(series: LaneSeries, fromUs: Micros, toUs: Micros): number[] {
  const [low, high] = rangeOf(series, fromUs, Math.max(toUs, fromUs + 1));
  const found: number[] = [];
  for (let i = low; i < high; i += 1) if (series.to[i]! > fromUs) found.push(i);
  return found;
}

/**
 * Whether a sum over the stretch may differ from the case's own: an entry that was merged from several lies across
 * an edge, so that some of what it holds may lie outside.
 */
export function edgeIsMerged(series: LaneSeries, edgeUs: Micros, resolutionUs: Micros): boolean {
  const [low, high] = rangeOf(series, edgeUs, edgeUs);
  for (let i = low; i < high; i += 1) {
    const from = series.from[i]!;
    const to = series.to[i]!;
    if (from < edgeUs && to > edgeUs && to - from <= 2 * resolutionUs && series.columns.events[i]! > 1) return true;
  }
  return false;
}
