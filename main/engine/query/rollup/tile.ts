import { BAR_COLUMNS, type Bars, bar, type LaneBars } from './bars.ts';
import { NumberReader, NumberWriter } from './number-bytes.ts';

/** A tile holds the bars that start within so many steps. */
export const TILE_STEPS = 512;
/** So many numbers a lane has at a tile's beginning. */
const HEAD = 10;

/** What a tile says of a lane without its bars being read. */
export interface TileLane {
  readonly lane: number;
  readonly count: number;
  readonly at: number;
  readonly end: number;
  readonly firstUs: number;
  readonly lastUs: number;
}

export interface PackedTile {
  readonly bytes: Uint8Array;
  readonly bars: number;
}

/**
 * Bars as bytes: how many lanes; of each lane its number, how many bars, how many bytes they take, its sums, its first start and its last
 * end; then the bars lane by lane, column by column. Peaks of bars that are one interval follow from it and are left out.
 */
export function packTile(bars: Bars, lanes: readonly LaneBars[], head: NumberWriter): PackedTile {
  const body = new NumberWriter(1 << 16);
  const most = lanes.reduce((all, { order }) => Math.max(all, order.length), 0);
  const c = Array.from({ length: BAR_COLUMNS }, () => new Float64Array(most));
  const [from, to, merged] = [c[bar.from]!, c[bar.to]!, c[bar.merged]!];
  let written = 0;
  head.number(lanes.length);
  for (const { lane, order } of lanes) {
    const count = order.length;
    for (let n = 0; n < BAR_COLUMNS; n += 1) {
      const [into, all] = [c[n]!, bars.columns[n]!];
      for (let i = 0; i < count; i += 1) into[i] = all[order[i]!]!;
    }
    const before = body.length;
    const first = from[0]!;
    const sums = [bar.sent, bar.received, bar.sentBackground, bar.receivedBackground, bar.events].map((at) =>
      sumOf(c[at]!, count),
    );
    let last = 0;
    let ofMerged = 0;
    for (let i = 0; i < count; i += 1) {
      if (to[i]! > last) last = to[i]!;
      to[i]! -= from[i]!;
      if (merged[i] === 1) {
        // Peaks of bars that are one interval follow from it: those of the others are moved together.
        for (let n = bar.sentPeak; n <= bar.receivedPeakUs; n += 1) c[n]![ofMerged] = c[n]![i]!;
        ofMerged += 1;
      }
    }
    body.differences(from, count, first);
    body.differences(to, count, 0);
    for (let at = bar.sent; at <= bar.events; at += 1) body.column(c[at]!, count);
    body.differences(c[bar.top]!, count, 0);
    body.column(c[bar.rank]!, count);
    body.differences(c[bar.error]!, count, 0);
    body.column(merged, count);
    body.column(c[bar.sentPeak]!, ofMerged);
    body.differences(c[bar.sentPeakUs]!, ofMerged, 0);
    body.column(c[bar.receivedPeak]!, ofMerged);
    body.differences(c[bar.receivedPeakUs]!, ofMerged, 0);
    written += count;
    for (const value of [lane, count, body.length - before, ...sums, first, last - first]) head.number(value);
  }
  head.bytes(body);
  return { bytes: head.take(), bars: written };
}

function sumOf(column: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += column[i]!;
  return sum;
}

/** The lanes of a tile. Bytes of another form give wrong numbers; their check is the case's `verify`. */
export function readTile(bytes: Uint8Array): TileLane[] {
  const reader = new NumberReader(bytes);
  const many = Math.min(reader.number(), bytes.length);
  const head = new Float64Array(many * HEAD);
  reader.column(head, many * HEAD);
  const lanes: TileLane[] = [];
  let { at } = reader;
  for (let n = 0; n < many; n += 1) {
    const value = (index: number) => head[n * HEAD + index]!;
    const end = at + value(2);
    const count = Math.min(value(1), bytes.length);
    lanes.push({ lane: value(0), count, at, end, firstUs: value(8), lastUs: value(8) + value(9) });
    at = end;
  }
  return lanes;
}

/** Reads the bars of one lane of a tile into the columns of `Bars`, from `start` on. */
export function readLane(bytes: Uint8Array, lane: TileLane, c: readonly Float64Array[], start: number): void {
  const { count, firstUs } = lane;
  const reader = new NumberReader(bytes, lane.at);
  reader.differences(c[bar.from]!, count, firstUs, start);
  reader.differences(c[bar.to]!, count, 0, start);
  for (let at = bar.sent; at <= bar.events; at += 1) reader.column(c[at]!, count, start);
  reader.differences(c[bar.top]!, count, 0, start);
  reader.column(c[bar.rank]!, count, start);
  reader.differences(c[bar.error]!, count, 0, start);
  reader.column(c[bar.merged]!, count, start);
  const [from, to, sent, received, merged] = [c[bar.from]!, c[bar.to]!, c[bar.sent]!, c[bar.received]!, c[bar.merged]!];
  const [sentPeak, sentUs] = [c[bar.sentPeak]!, c[bar.sentPeakUs]!];
  const [receivedPeak, receivedUs] = [c[bar.receivedPeak]!, c[bar.receivedPeakUs]!];
  let ofMerged = 0;
  for (let i = start; i < start + count; i += 1) ofMerged += merged[i]!;
  reader.column(sentPeak, ofMerged, start);
  reader.differences(sentUs, ofMerged, 0, start);
  reader.column(receivedPeak, ofMerged, start);
  reader.differences(receivedUs, ofMerged, 0, start);
  // From the last on, each goes to its bar: never before where it stands.
  let next = start + ofMerged - 1;
  for (let i = start + count - 1; i >= start; i -= 1) {
    const us = to[i]!;
    to[i] = from[i]! + us;
    if (merged[i] === 1) {
      sentPeak[i] = sentPeak[next]!;
      sentUs[i] = sentUs[next]!;
      receivedPeak[i] = receivedPeak[next]!;
      receivedUs[i] = receivedUs[next]!;
      next -= 1;
    } else {
      sentPeak[i] = sent[i]!;
      sentUs[i] = us;
      receivedPeak[i] = received[i]!;
      receivedUs[i] = us;
    }
  }
}
