import type { Micros } from '../base/time.ts';
import { type LaneSeries, rangeOf, rateOf } from './lane-data.ts';
import type { TimeScale } from './time-scale.ts';

/**
 * What one lane shows: blocks side by side. An interval of a device pixel or more is a block as wide as its truth; narrower
 * ones share a column of one device pixel, which keeps their sum and their highest. Entries are columns, reused
 * from frame to frame; `x0` and `x1` are device pixels.
 */
export interface Bars {
  count: number;
  x0: Int32Array;
  x1: Int32Array;
  /** Bytes behind the block. */
  sent: Float64Array;
  received: Float64Array;
  sentBackground: Float64Array;
  receivedBackground: Float64Array;
  /** Length of time that the block stands for: bytes over it are the height. */
  us: Float64Array;
  /** Bytes an hour of the highest interval inside. */
  peakSent: Float64Array;
  peakReceived: Float64Array;
  /** 1: the block is a column that intervals share. */
  merged: Uint8Array;
}

/** Columns for blocks, to be filled and reused; they grow by themselves. */
export function emptyBars(capacity = 4096): Bars {
  return {
    count: 0,
    x0: new Int32Array(capacity),
    x1: new Int32Array(capacity),
    sent: new Float64Array(capacity),
    received: new Float64Array(capacity),
    sentBackground: new Float64Array(capacity),
    receivedBackground: new Float64Array(capacity),
    us: new Float64Array(capacity),
    peakSent: new Float64Array(capacity),
    peakReceived: new Float64Array(capacity),
    merged: new Uint8Array(capacity),
  };
}

function grow(bars: Bars): void {
  const twice = emptyBars(bars.x0.length * 2);
  for (const key of Object.keys(twice) as (keyof Bars)[]) {
    const fresh = twice[key];
    if (typeof fresh === 'number') continue;
    (fresh as Float64Array).set(bars[key] as Float64Array);
    Object.assign(bars, { [key]: fresh });
  }
}

/**
 * Fills `bars` with the lane's blocks between two instants (blocks across an edge are cut there on the screen, never
 * in their sums). Where intervals overlap, their rates are added, as the phone counted both.
 */
export function fillBars(
  bars: Bars,
  series: LaneSeries,
  scale: TimeScale,
  dpr: number,
  fromUs: Micros,
  toUs: Micros,
): void {
  bars.count = 0;
  if (series.overlapping) {
    fillOverlapping(bars, series, scale, dpr, fromUs, toUs);
    return;
  }
  const [low, high] = rangeOf(series, fromUs, toUs);
  const devicePxPerUs = scale.pxPerUs * dpr;
  // Columns lie on a grid of absolute time, so that a pan moves them and never regroups what they hold.
  const origin = scale.view.fromUs * devicePxPerUs - scale.left * dpr;
  const cutLeft = Math.round(scale.x(fromUs) * dpr);
  const cutRight = Math.round(scale.x(toUs) * dpr);
  const { from: starts, to: ends, columns: c, peaks } = series;
  const { sent, received, sentBackground, receivedBackground } = c;
  const columnUs = 1 / devicePxPerUs;
  let column = Number.NaN;
  let at = -1;
  for (let i = low; i < high; i += 1) {
    const from = starts[i]!;
    const to = ends[i]!;
    if (to <= fromUs) continue;
    const us = to - from;
    const wide = us * devicePxPerUs >= 1;
    const cell = wide ? Number.NaN : Math.floor(((from + to) / 2) * devicePxPerUs);
    // Not a number is no other number either: a wide one never shares.
    if (cell !== column) {
      column = cell;
      const x0 = Math.round(wide ? scale.x(from) * dpr : cell - origin);
      const x1 = wide ? Math.max(x0 + 1, Math.round(scale.x(to) * dpr)) : x0 + 1;
      at = begin(bars, Math.max(x0, cutLeft), Math.min(x1, cutRight));
      bars.merged[at] = wide ? 0 : 1;
      bars.us[at] = wide ? us : columnUs;
      bars.sent[at] = sent[i]!;
      bars.received[at] = received[i]!;
      bars.sentBackground[at] = sentBackground[i]!;
      bars.receivedBackground[at] = receivedBackground[i]!;
      bars.peakSent[at] = peaks.sent[i]!;
      bars.peakReceived[at] = peaks.received[i]!;
      continue;
    }
    bars.sent[at]! += sent[i]!;
    bars.received[at]! += received[i]!;
    bars.sentBackground[at]! += sentBackground[i]!;
    bars.receivedBackground[at]! += receivedBackground[i]!;
    if (peaks.sent[i]! > bars.peakSent[at]!) bars.peakSent[at] = peaks.sent[i]!;
    if (peaks.received[i]! > bars.peakReceived[at]!) bars.peakReceived[at] = peaks.received[i]!;
  }
}

/** A block between two device pixels; what it holds is still to be written. */
function begin(bars: Bars, x0: number, x1: number): number {
  if (bars.count === bars.x0.length) grow(bars);
  const at = bars.count;
  bars.count += 1;
  bars.x0[at] = x0;
  bars.x1[at] = x1;
  return at;
}

/** Stretches between neighbouring edges, each with the sum of the rates of the intervals over it. */
function fillOverlapping(
  bars: Bars,
  series: LaneSeries,
  scale: TimeScale,
  dpr: number,
  fromUs: Micros,
  toUs: Micros,
): void {
  const [low, high] = rangeOf(series, fromUs, toUs);
  const edges = new Set<number>([fromUs, toUs]);
  for (let i = low; i < high; i += 1) {
    if (series.to[i]! <= fromUs) continue;
    edges.add(series.from[i]!).add(series.to[i]!);
  }
  const sorted = [...edges].filter((us) => us >= fromUs && us <= toUs).sort((a, b) => a - b);
  const c = series.columns;
  const cutLeft = Math.round(scale.x(fromUs) * dpr);
  const cutRight = Math.round(scale.x(toUs) * dpr);
  let first = low;
  for (let s = 0; s + 1 < sorted.length; s += 1) {
    const a = sorted[s]!;
    const b = sorted[s + 1]!;
    while (first < high && series.from[first]! + series.longest <= a) first += 1;
    let at = -1;
    for (let i = first; i < high && series.from[i]! < b; i += 1) {
      const us = series.to[i]! - series.from[i]!;
      if (series.to[i]! <= a || us <= 0) continue;
      if (at < 0) {
        const x0 = Math.max(Math.round(scale.x(a) * dpr), cutLeft);
        const sharesColumn = bars.count > 0 && (b - a) * scale.pxPerUs * dpr < 1 && bars.x0[bars.count - 1]! >= x0;
        if (sharesColumn) {
          at = bars.count - 1;
          bars.us[at]! += b - a;
          bars.merged[at] = 1;
        } else {
          at = begin(bars, x0, Math.min(Math.max(x0 + 1, Math.round(scale.x(b) * dpr)), cutRight));
          bars.us[at] = b - a;
          bars.merged[at] = 0;
          for (const cell of [bars.sent, bars.received, bars.sentBackground, bars.receivedBackground]) cell[at] = 0;
          bars.peakSent[at] = 0;
          bars.peakReceived[at] = 0;
        }
      }
      const share = (b - a) / us;
      bars.sent[at]! += c.sent[i]! * share;
      bars.received[at]! += c.received[i]! * share;
      bars.sentBackground[at]! += c.sentBackground[i]! * share;
      bars.receivedBackground[at]! += c.receivedBackground[i]! * share;
    }
    if (at >= 0) {
      bars.peakSent[at] = Math.max(bars.peakSent[at]!, rateOf(bars.sent[at]!, bars.us[at]!));
      bars.peakReceived[at] = Math.max(bars.peakReceived[at]!, rateOf(bars.received[at]!, bars.us[at]!));
    }
  }
}
