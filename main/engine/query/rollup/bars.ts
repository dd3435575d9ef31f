import { HOUR } from '../../../../shared/base/time.ts';
import type { EventChunk } from './event-chunk.ts';

/** Above this, events rank alike: the same bound as in the SQL over bare rows. */
export const MOST = 2 ** 31 - 1;

/**
 * Columns of a bar. `rank` is the bytes (up to MOST) of its largest event, whose id is `top`. The peaks are the bytes and the length of its
 * highest interval each way. `merged` is 1 where it was made of several intervals.
 */
export const bar = {
  from: 0,
  to: 1,
  sent: 2,
  received: 3,
  sentBackground: 4,
  receivedBackground: 5,
  events: 6,
  top: 7,
  rank: 8,
  sentPeak: 9,
  sentPeakUs: 10,
  receivedPeak: 11,
  receivedPeakUs: 12,
  error: 13,
  merged: 14,
} as const;
/** So many columns a bar has. */
export const BAR_COLUMNS = 15;
const FIRST_ROOM = 1024;
/** Of an interval whose rows are still coming: the columns before the peaks, and the error. */
const OPEN = 10;

/** Which events of a chunk are taken, and on which lane they stand. */
export interface EventChoice {
  /** By series: the number of its lane, or -1 where none of its events is taken. */
  readonly laneOf: Int32Array;
  /** By series: 1 where its bytes were sent or received in the background. */
  readonly background: Uint8Array;
  /** Taken: what ends after this, and starts before that. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly direction: 'sent' | 'received' | null;
  readonly minBytes: number | null;
}

/** Bars of one lane, in order of start: indexes into the columns of the whole. */
export interface LaneBars {
  readonly lane: number;
  readonly order: Int32Array;
}

/**
 * Intervals as they are drawn, lane by lane: rows of one lane, start and end are added up first, then intervals shorter than a step are
 * merged with those that start in the same step, with the highest of them kept. Lanes are numbers below `lanes`. Takes events in streams,
 * each in order of start, end and id, and bars of a finer step; the order of streams is of no account.
 */
export class Bars {
  readonly stepUs: number;
  columns: Float64Array[];
  lane: Int32Array;
  count = 0;
  #room: number;
  /** By lane: its latest bar of merged intervals, and the step of it. */
  readonly #last: Int32Array;
  readonly #lastStep: Float64Array;
  /** By lane: the interval whose rows are still coming. */
  readonly #open: Float64Array;
  readonly #isOpen: Uint8Array;
  readonly #opened: number[] = [];

  /** `room`: for so many bars memory is taken at once. */
  constructor(stepUs: number, lanes: number, room = FIRST_ROOM) {
    this.stepUs = stepUs;
    this.#room = room;
    this.columns = Array.from({ length: BAR_COLUMNS }, () => new Float64Array(room));
    this.lane = new Int32Array(room);
    this.#last = new Int32Array(lanes).fill(-1);
    this.#lastStep = new Float64Array(lanes);
    this.#open = new Float64Array(lanes * OPEN);
    this.#isOpen = new Uint8Array(lanes);
  }

  /** The events `start` to `end` of a chunk, the next in a stream. */
  events(chunk: EventChunk, start: number, end: number, choice: EventChoice): void {
    const { from, length, series, sent, received, id, error } = chunk;
    const { laneOf, background, fromUs, toUs, direction, minBytes } = choice;
    const open = this.#open;
    const isOpen = this.#isOpen;
    const all = direction === null && minBytes === null && fromUs === Number.NEGATIVE_INFINITY;
    const least = minBytes ?? Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i += 1) {
      const one = series[i]!;
      const lane = laneOf[one]!;
      if (!(lane >= 0)) continue;
      const f = from[i]!;
      const t = f + length[i]!;
      let s = sent[i]!;
      let r = received[i]!;
      if (!all) {
        if (t <= fromUs || f >= toUs || s + r < least) continue;
        if (direction !== null) {
          if (direction === 'sent') r = 0;
          else s = 0;
          if (s + r === 0) continue;
        }
      }
      const at = lane * OPEN;
      if (isOpen[lane] === 0) {
        isOpen[lane] = 1;
        this.#opened.push(lane);
        this.#begin(at, f, t);
      } else if (open[at] !== f || open[at + 1] !== t) {
        this.#close(lane);
        this.#begin(at, f, t);
      }
      open[at + 2]! += s;
      open[at + 3]! += r;
      if (background[one] === 1) {
        open[at + 4]! += s;
        open[at + 5]! += r;
      }
      open[at + 6]! += 1;
      // Events of one interval come in order of their ids: of two that rank alike the later one stays.
      const ranked = Math.min(s + r, MOST);
      if (ranked >= open[at + 8]!) {
        open[at + 8] = ranked;
        open[at + 7] = id[i]!;
      }
      if (error[i]! > open[at + 9]!) open[at + 9] = error[i]!;
    }
  }

  /** The stream is over: another one may follow. */
  endStream(): void {
    for (const lane of this.#opened) {
      this.#close(lane);
      this.#isOpen[lane] = 0;
    }
    this.#opened.length = 0;
  }

  #begin(at: number, f: number, t: number): void {
    const open = this.#open;
    open[at] = f;
    open[at + 1] = t;
    for (let n = 2; n < OPEN; n += 1) open[at + n] = 0;
  }

  #close(lane: number): void {
    const open = this.#open;
    const at = lane * OPEN;
    const f = open[at]!;
    const t = open[at + 1]!;
    const us = t - f;
    const index = this.#place(lane, f, us < this.stepUs);
    const [s, r] = [open[at + 2]!, open[at + 3]!];
    const made = index < 0 ? this.#push(lane) : -1;
    const c = this.columns;
    if (made >= 0) {
      c[0]![made] = f;
      c[1]![made] = t;
      c[2]![made] = s;
      c[3]![made] = r;
      c[4]![made] = open[at + 4]!;
      c[5]![made] = open[at + 5]!;
      c[6]![made] = open[at + 6]!;
      c[7]![made] = open[at + 7]!;
      c[8]![made] = open[at + 8]!;
      c[9]![made] = s;
      c[10]![made] = us;
      c[11]![made] = r;
      c[12]![made] = us;
      c[13]![made] = open[at + 9]!;
      c[14]![made] = 0;
      return;
    }
    if (f < c[0]![index]!) c[0]![index] = f;
    if (t > c[1]![index]!) c[1]![index] = t;
    c[2]![index]! += s;
    c[3]![index]! += r;
    c[4]![index]! += open[at + 4]!;
    c[5]![index]! += open[at + 5]!;
    c[6]![index]! += open[at + 6]!;
    rank(c, index, open[at + 8]!, open[at + 7]!);
    peaks(c, index, s, us, r, us);
    if (open[at + 9]! > c[13]![index]!) c[13]![index] = open[at + 9]!;
    c[14]![index] = 1;
  }

  /** A bar of a finer step, or of the same: the one at `index` of `from`. */
  bar(lane: number, from: readonly Float64Array[], index: number): void {
    const f = from[0]![index]!;
    const t = from[1]![index]!;
    const at = this.#place(lane, f, from[14]![index] === 1 || t - f < this.stepUs);
    if (at >= 0) mergeBar(this.columns, at, from, index);
    else {
      const made = this.#push(lane);
      for (let n = 0; n < BAR_COLUMNS; n += 1) this.columns[n]![made] = from[n]![index]!;
    }
  }

  /** The bar that an interval joins, or -1 where it is one of its own, which is then the lane's latest where it is a short one. */
  #place(lane: number, f: number, short: boolean): number {
    if (!short) return -1;
    const step = Math.floor(f / this.stepUs);
    const last = this.#last[lane]!;
    if (last >= 0 && this.#lastStep[lane] === step) return last;
    this.#last[lane] = this.count;
    this.#lastStep[lane] = step;
    return -1;
  }

  #push(lane: number): number {
    const at = this.count;
    if (at === this.#room) {
      this.#room *= 2;
      this.columns = this.columns.map((column) => filled(new Float64Array(this.#room), column));
      this.lane = filled(new Int32Array(this.#room), this.lane);
    }
    this.lane[at] = lane;
    this.count = at + 1;
    return at;
  }

  /** All bars lane by lane. Nothing may be added afterwards. */
  lanes(): LaneBars[] {
    return byLane(this.lane, this.count, this.#last.length).map((own) => ({ ...own, order: this.#settled(own.order) }));
  }

  /** In order of start; what several streams told of one step becomes one bar. */
  #settled(order: Int32Array): Int32Array {
    const [from, to, , , , , , , , , , , , , merged] = this.columns as [Float64Array, Float64Array, ...Float64Array[]];
    let ordered = true;
    for (let n = 1; n < order.length && ordered; n += 1) ordered = from[order[n - 1]!]! <= from[order[n]!]!;
    const sorted = ordered ? order : order.sort((a, b) => from[a]! - from[b]! || to[a]! - to[b]!);
    let kept = 0;
    let last = -1;
    let lastStep = Number.NaN;
    for (const one of sorted) {
      if (merged![one] === 1 || to[one]! - from[one]! < this.stepUs) {
        const step = Math.floor(from[one]! / this.stepUs);
        if (step === lastStep) {
          mergeBar(this.columns, last, this.columns, one);
          continue;
        }
        last = one;
        lastStep = step;
      }
      sorted[kept] = one;
      kept += 1;
    }
    return sorted.subarray(0, kept);
  }
}

/** A wider column with what a narrower one holds. */
export function filled<A extends Float64Array | Int32Array>(wider: A, column: A): A {
  wider.set(column);
  return wider;
}

/** Indexes of columns lane by lane, those of a lane in the order in which they came. Lanes are numbers below `lanes`. */
export function byLane(lane: Int32Array, count: number, lanes: number): LaneBars[] {
  const places = new Int32Array(lanes + 1);
  for (let i = 0; i < count; i += 1) places[lane[i]! + 1]! += 1;
  for (let n = 1; n < places.length; n += 1) places[n]! += places[n - 1]!;
  const order = new Int32Array(count);
  const next = places.slice();
  for (let i = 0; i < count; i += 1) {
    order[next[lane[i]!]!] = i;
    next[lane[i]!]! += 1;
  }
  const made: LaneBars[] = [];
  for (let one = 0; one < lanes; one += 1) {
    const own = order.subarray(places[one], places[one + 1]);
    if (own.length > 0) made.push({ lane: one, order: own });
  }
  return made;
}

/** Bytes an hour, as the SQL over bare rows has it; an instant has none. */
export function rate(bytes: number, us: number): number {
  return us > 0 ? (bytes * HOUR) / us : 0;
}

/** Adds the bar at `index` of `from` to the one at `at` of `c`. */
export function mergeBar(c: readonly Float64Array[], at: number, from: readonly Float64Array[], index: number): void {
  if (from[0]![index]! < c[0]![at]!) c[0]![at] = from[0]![index]!;
  if (from[1]![index]! > c[1]![at]!) c[1]![at] = from[1]![index]!;
  for (let n = 2; n <= 6; n += 1) c[n]![at]! += from[n]![index]!;
  rank(c, at, from[8]![index]!, from[7]![index]!);
  peaks(c, at, from[9]![index]!, from[10]![index]!, from[11]![index]!, from[12]![index]!);
  if (from[13]![index]! > c[13]![at]!) c[13]![at] = from[13]![index]!;
  c[14]![at] = 1;
}

function rank(c: readonly Float64Array[], at: number, bytes: number, id: number): void {
  const [top, ranks] = [c[7]!, c[8]!];
  if (bytes > ranks[at]! || (bytes === ranks[at] && id > top[at]!)) {
    ranks[at] = bytes;
    top[at] = id;
  }
}

function peaks(
  c: readonly Float64Array[],
  at: number,
  sent: number,
  sentUs: number,
  received: number,
  receivedUs: number,
): void {
  if (rate(sent, sentUs) > rate(c[9]![at]!, c[10]![at]!)) {
    c[9]![at] = sent;
    c[10]![at] = sentUs;
  }
  if (rate(received, receivedUs) > rate(c[11]![at]!, c[12]![at]!)) {
    c[11]![at] = received;
    c[12]![at] = receivedUs;
  }
}
