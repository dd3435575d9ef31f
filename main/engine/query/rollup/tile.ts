import { countBelow } from '../../../../shared/timeline/sorted-column.ts';
import { unitOf } from '../../../../shared/timeline/time-unit.ts';
import { BAR_COLUMNS, type Bars, bar, type LaneBars } from './bars.ts';
import type { Stretch } from './chunk-list.ts';
import { joinedBlocks, NarrowColumns, packNarrow } from './narrow-columns.ts';

/** A tile holds the bars that start within so many steps. */
export const TILE_STEPS = 512;

/** Columns of what stands first, a lane each: its number, how many bars it has, how many of them are merged, its first start, its last end, and the unit of all times. */
const LANES = { lane: 0, bars: 1, merged: 2, first: 3, last: 4, unit: 5 } as const;
const LANE_COLUMNS = Object.keys(LANES).length;
/** A bar's highest interval, told only where the bar is made of several: else it follows from the bar. */
const peaks = [bar.sentPeak, bar.sentPeakUs, bar.receivedPeak, bar.receivedPeakUs] as const;
/** All others, in the order of their columns. */
const told = Array.from({ length: BAR_COLUMNS }, (_, at) => at).filter((at) => !peaks.some((peak) => peak === at));

/** What a tile says of a lane without its bars being read. */
export interface TileLane {
  readonly lane: number;
  readonly count: number;
  readonly firstUs: number;
  readonly lastUs: number;
  /** Where its bars begin, where those that are merged do, and how many of these there are. */
  readonly start: number;
  readonly mergedStart: number;
  readonly merged: number;
}

export interface PackedTile {
  readonly bytes: Uint8Array;
  readonly bars: number;
}

/** Packs tiles, one after another in the same memory. */
export class TilePacker {
  #room = 0;
  #columns: Float64Array[] = [];

  /**
   * Bars as bytes, in three blocks of columns (`narrow-columns.ts`): the lanes; behind them, lane by lane, the bars; behind these the peaks
   * of merged ones. Starts and lengths are told in the longest unit of time that they are whole numbers of, which stands with the lanes.
   */
  tile(bars: Bars, lanes: readonly LaneBars[]): PackedTile {
    const count = lanes.reduce((sum, { order }) => sum + order.length, 0);
    const columns = this.#gathered(bars, lanes, count);
    const head = Array.from({ length: LANE_COLUMNS }, () => new Float64Array(lanes.length));
    const [from, to, merged] = [columns[bar.from]!, columns[bar.to]!, columns[bar.merged]!];
    let at = 0;
    let ofMerged = 0;
    for (const [n, { lane, order }] of lanes.entries()) {
      const end = at + order.length;
      const before = ofMerged;
      head[LANES.lane]![n] = lane;
      head[LANES.bars]![n] = order.length;
      head[LANES.first]![n] = from[at]!;
      let last = 0;
      for (; at < end; at += 1) {
        if (to[at]! > last) last = to[at]!;
        if (merged[at] !== 1) continue;
        for (const peak of peaks) columns[peak]![ofMerged] = columns[peak]![at]!;
        ofMerged += 1;
      }
      head[LANES.merged]![n] = ofMerged - before;
      head[LANES.last]![n] = last;
    }
    const unit = unitOf([from, to], count);
    for (let i = 0; i < count; i += 1) {
      to[i] = (to[i]! - from[i]!) / unit;
      from[i]! /= unit;
    }
    head[LANES.unit]!.fill(unit);
    const blocks = [
      packNarrow(head, lanes.length),
      packNarrow(
        told.map((column) => columns[column]!),
        count,
      ),
      packNarrow(
        peaks.map((column) => columns[column]!),
        ofMerged,
      ),
    ];
    return { bytes: joinedBlocks(blocks), bars: count };
  }

  /** The columns of all bars, in the order in which they are told. */
  #gathered(bars: Bars, lanes: readonly LaneBars[], count: number): readonly Float64Array[] {
    if (count > this.#room) {
      this.#room = Math.max(count, 2 * this.#room);
      this.#columns = Array.from({ length: BAR_COLUMNS }, () => new Float64Array(this.#room));
    }
    for (const [n, column] of this.#columns.entries()) {
      const all = bars.columns[n]!;
      let at = 0;
      for (const { order } of lanes) for (let i = 0; i < order.length; i += 1, at += 1) column[at] = all[order[i]!]!;
    }
    return this.#columns;
  }
}

/** A packed tile. Bytes of another form give wrong bars, or none; their check is the case's `verify`. */
export class Tile {
  readonly lanes: readonly TileLane[];
  readonly #unit: number;
  readonly #bars: NarrowColumns;
  readonly #peaks: NarrowColumns;

  constructor(bytes: Uint8Array) {
    const head = new NarrowColumns(bytes);
    const many = Math.min(head.count, bytes.length);
    this.#bars = new NarrowColumns(bytes, head.end);
    this.#peaks = new NarrowColumns(bytes, this.#bars.end);
    const columns = Array.from({ length: LANE_COLUMNS }, (_, n) => {
      const column = new Float64Array(many);
      head.read(n, column, 0, many);
      return column;
    });
    this.#unit = columns[LANES.unit]![0] ?? 1;
    const lanes: TileLane[] = [];
    let [start, mergedStart] = [0, 0];
    for (let n = 0; n < many; n += 1) {
      const of = (column: number) => columns[column]![n]!;
      const [lane, count, merged] = [of(LANES.lane), of(LANES.bars), of(LANES.merged)];
      if (start + count > this.#bars.count || mergedStart + merged > this.#peaks.count) break;
      lanes.push({ lane, count, firstUs: of(LANES.first), lastUs: of(LANES.last), start, mergedStart, merged });
      start += count;
      mergedStart += merged;
    }
    this.lanes = lanes;
  }

  /** Reads the bars of a lane that start in a stretch into the columns of `Bars`, from `at` on, where there must be room for all of the lane. Answers how many. */
  read({ start, count, mergedStart, merged }: TileLane, part: Stretch, c: readonly Float64Array[], at: number): number {
    const unit = this.#unit;
    const from = c[bar.from]!.subarray(at, at + count);
    this.#bars.read(0, from, start, start + count);
    if (unit !== 1) for (let i = 0; i < count; i += 1) from[i]! *= unit;
    const low = countBelow(from, part.fromUs);
    const high = countBelow(from, part.toUs);
    const many = high - low;
    if (low > 0) from.copyWithin(0, low, high);
    for (let n = 1; n < told.length; n += 1) {
      const into = c[told[n]!]!;
      this.#bars.read(n, at === 0 ? into : into.subarray(at), start + low, start + high);
    }
    const to = c[bar.to]!;
    for (let i = 0; i < many; i += 1) to[at + i] = from[i]! + to[at + i]! * unit;
    const all = merged === count;
    const skipped = all ? low : merged === 0 ? 0 : this.#mergedBelow(start, low);
    const ofMerged = all ? many : merged === 0 ? 0 : sumOf(c[bar.merged]!, at, at + many);
    for (const [n, peak] of peaks.entries()) {
      const first = mergedStart + skipped;
      this.#peaks.read(n, c[peak]!.subarray(at), first, first + ofMerged);
    }
    if (ofMerged < many) spreadPeaks(c, at, many, ofMerged);
    return many;
  }

  /** How many of the first bars of a lane are merged. */
  #mergedBelow(start: number, low: number): number {
    const column = new Float64Array(low);
    this.#bars.read(told.indexOf(bar.merged), column, start, start + low);
    return sumOf(column, 0, low);
  }
}

function sumOf(column: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += column[i]!;
  return sum;
}

/** Gives each bar its peaks: those of merged ones stand side by side, those of the others follow from them. */
function spreadPeaks(c: readonly Float64Array[], at: number, count: number, ofMerged: number): void {
  const [from, to, sent, received, merged] = [c[bar.from]!, c[bar.to]!, c[bar.sent]!, c[bar.received]!, c[bar.merged]!];
  const [sentPeak, sentUs] = [c[bar.sentPeak]!, c[bar.sentPeakUs]!];
  const [receivedPeak, receivedUs] = [c[bar.receivedPeak]!, c[bar.receivedPeakUs]!];
  // From the last on, each goes to its bar: never before where it stands.
  let next = at + ofMerged - 1;
  for (let i = at + count - 1; i >= at; i -= 1) {
    if (merged[i] === 1) {
      sentPeak[i] = sentPeak[next]!;
      sentUs[i] = sentUs[next]!;
      receivedPeak[i] = receivedPeak[next]!;
      receivedUs[i] = receivedUs[next]!;
      next -= 1;
    } else {
      sentPeak[i] = sent[i]!;
      sentUs[i] = to[i]! - from[i]!;
      receivedPeak[i] = received[i]!;
      receivedUs[i] = sentUs[i]!;
    }
  }
}
