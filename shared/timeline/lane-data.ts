import { HOUR, type Micros } from '../base/time.ts';
import type { LaneView, WindowView } from '../types/timeline.ts';
import { type ContactSeries, contactsOf } from './contact-data.ts';
import { packedCount, packedMerged, type ReadColumns, unpackIntervals } from './packed.ts';
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
  readonly columns: ReadColumns;
  /** The longest interval: how far back a search must look. */
  readonly longest: Micros;
  readonly shortest: Micros;
  /** Two intervals share a moment (buckets of different lengths). */
  readonly overlapping: boolean;
  /** Highest bytes an hour of any interval. */
  readonly peakSent: number;
  readonly peakReceived: number;
  /** The same of each entry. */
  readonly peaks: { readonly sent: Float64Array; readonly received: Float64Array };
  /** How far an edge may lie off at most, microseconds; 0 where nothing is told of it. */
  readonly largestError: Micros;
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
  /** The lanes whose intervals were asked for; null: all of them. Of others an answer may know the sums over all of its window. */
  readonly only: ReadonlySet<string> | null;
  /** The answer that tells of lanes which were not asked for here. */
  rest: DataSet | null = null;
  readonly lanes: ReadonlyMap<string, LaneView>;
  /** Whether any lane has contacts, and whether any has bytes. */
  readonly hasContacts: boolean;
  readonly hasBytes: boolean;
  /** Whether entries may stand for several intervals. Where none does, no finer answer can be had. */
  readonly merged: boolean;
  #series = new Map<string, LaneSeries>();
  #contacts = new Map<string, ContactSeries | null>();

  constructor(window: WindowView, only: ReadonlySet<string> | null = null) {
    this.window = window;
    this.only = only;
    this.lanes = new Map(window.lanes.map((lane) => [lane.key, lane]));
    this.hasContacts = window.lanes.some(
      (lane) => (lane.contacts?.from.length ?? 0) + (lane.lookUps?.at.length ?? 0) > 0,
    );
    this.merged = window.lanes.some((lane) =>
      lane.packed === undefined ? lane.intervals.peakSent !== undefined : packedMerged(lane.packed),
    );
    this.hasBytes = window.lanes.some(
      (lane) => lane.intervals.from.length > 0 || (lane.packed !== undefined && packedCount(lane.packed) > 0),
    );
  }

  /** Whether the lane was asked for. */
  holds(key: string): boolean {
    return this.only === null || this.only.has(key);
  }

  /** Whether it is told where the bytes of the lane lie, here or in the rest. */
  drawable(key: string): boolean {
    return this.holds(key) || (this.rest?.drawable(key) ?? false);
  }

  /** The answer that tells of a lane. */
  #of(key: string): DataSet {
    return this.holds(key) || !this.rest ? this : this.rest.#of(key);
  }

  /** Prepares some lanes that nobody has looked at yet, at most so many of those named; false once there are none. */
  prepare(most: number, keys: Iterable<string> = this.lanes.keys()): boolean {
    let made = 0;
    for (const key of keys) {
      if (this.#series.has(key) || !this.lanes.has(key)) continue;
      if (made === most) return true;
      this.series(key);
      made += 1;
    }
    return false;
  }

  /** Intervals of a lane shorter than this were merged with their neighbours. */
  resolutionOf(key: string): Micros {
    const of = this.#of(key);
    return of.holds(key) ? of.window.resolutionUs : Number.POSITIVE_INFINITY;
  }

  series(key: string): LaneSeries | null {
    const of = this.#of(key);
    if (of !== this) return of.series(key);
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
    const of = this.#of(key);
    if (of !== this) return of.contacts(key);
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

/** Prepares a lane. Costs some passes over its intervals (and a sort where they overlap). */
export function seriesOf(lane: LaneView): LaneSeries {
  const c: ReadColumns = lane.packed === undefined ? lane.intervals : unpackIntervals(lane.packed);
  const count = c.from.length;
  const from = floats(c.from);
  const to = floats(c.to);
  let longest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let overlapping = false;
  let peakSent = 0;
  let peakReceived = 0;
  const peaks = { sent: new Float64Array(count), received: new Float64Array(count) };
  for (let i = 0; i < count; i += 1) {
    const length = to[i]! - from[i]!;
    if (length > longest) longest = length;
    if (length < shortest) shortest = length;
    if (i > 0 && from[i]! < to[i - 1]!) overlapping = true;
    peaks.sent[i] = peakAt(c.peakSent, c.sent, i, length);
    peaks.received[i] = peakAt(c.peakReceived, c.received, i, length);
    peakSent = Math.max(peakSent, peaks.sent[i]!);
    peakReceived = Math.max(peakReceived, peaks.received[i]!);
  }
  const byEndOrder = overlapping ? Uint32Array.from(to.keys()).sort((a, b) => to[a]! - to[b]!) : null;
  const cells = [c.sent, c.received, c.sentBackground, c.receivedBackground, c.events];
  const byStart = cells.map((cell) => running(cell, null));
  const sums: Sums = byEndOrder
    ? {
        ends: Float64Array.from(byEndOrder, (i) => to[i]!),
        byStart,
        byEnd: cells.map((cell) => running(cell, byEndOrder)),
      }
    : { ends: to, byStart, byEnd: byStart };
  const largestError = largestOf(c.error);
  return {
    lane,
    count,
    from,
    to,
    columns: c,
    longest,
    shortest,
    overlapping,
    peakSent,
    peakReceived,
    peaks,
    largestError,
    sums,
  };
}

function floats(column: ArrayLike<number>): Float64Array {
  return column instanceof Float64Array ? column : Float64Array.from(column);
}

function largestOf(error: ReadColumns['error']): Micros {
  if (typeof error !== 'object') return error ?? 0;
  let largest = 0;
  for (let i = 0; i < error.length; i += 1) largest = Math.max(largest, error[i]!);
  return largest;
}

/** How far the edges of entry `i` may lie from where they stand, microseconds; null where it is not told. */
export function errorAt({ error }: ReadColumns, i: number): Micros | null {
  return typeof error === 'number' ? error : (error?.[i] ?? null);
}

/** Bytes an hour of the highest interval behind entry `i`. */
function peakAt(peaks: ArrayLike<number> | undefined, bytes: ArrayLike<number>, i: number, us: Micros): number {
  return Math.max(peaks?.[i] ?? 0, rateOf(bytes[i]!, us));
}

/** Sums up to each entry, in an order of entries or as they stand. */
function running(cell: ArrayLike<number>, order: Uint32Array | null): Float64Array {
  const sums = new Float64Array(cell.length + 1);
  let sum = 0;
  for (let i = 0; i < cell.length; i += 1) {
    sum += cell[order ? order[i]! : i]!;
    sums[i + 1] = sum;
  }
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
