import type { Bars } from './bars.ts';
import type { BlockColumns, Heights } from './block-columns.ts';
import { rateOf } from './lane-data.ts';
import { type Curve, LEAST_PX, shareOf } from './value-scale.ts';

/** How bytes an hour of one way of a lane become device pixels. */
export interface Levels {
  /** Bytes an hour at full height. */
  readonly top: number;
  /** Device pixels of full height, and of the least that anything above nothing has. */
  readonly full: number;
  readonly least: number;
  readonly curve: Curve;
}

/** `top`: bytes an hour at full height; `px`: CSS pixels of full height. */
export function levelsOf(top: number, px: number, curve: Curve, dpr: number): Levels {
  return { top, full: px * dpr, least: LEAST_PX * dpr, curve };
}

/** Adds the bars of a lane as blocks; a way that is not shown is null. */
export function addBlocks(blocks: BlockColumns, bars: Bars, sent: Levels | null, received: Levels | null): void {
  blocks.reserve(bars.count);
  const first = blocks.count;
  const { x0, x1 } = blocks;
  let at = first;
  let { widest } = blocks;
  for (let i = 0; i < bars.count; i += 1) {
    const width = bars.x1[i]! - bars.x0[i]!;
    if (width <= 0) continue;
    if (width > widest) widest = width;
    x0[at] = bars.x0[i]!;
    x1[at] = bars.x1[i]!;
    at += 1;
  }
  blocks.count = at;
  blocks.widest = widest;
  addHeights(blocks.up, first, bars, bars.sent, bars.sentBackground, bars.peakSent, sent);
  addHeights(blocks.down, first, bars, bars.received, bars.receivedBackground, bars.peakReceived, received);
}

function addHeights(
  into: Heights,
  first: number,
  bars: Bars,
  bytes: Float64Array,
  background: Float64Array,
  peaks: Float64Array,
  levels: Levels | null,
): void {
  const { dark, full, peak } = into;
  const { count, x0, x1, us } = bars;
  const { top, curve, full: px, least } = levels ?? nothing;
  let at = first;
  let lastUs = 0;
  const anHourly = 1 / top;
  // Parts of full height for a byte, in intervals of one length, which most are.
  let aByte = 0;
  for (let i = 0; i < count; i += 1) {
    if (x1[i]! <= x0[i]!) continue;
    let low = 0;
    let mean = 0;
    let high = 0;
    if (top > 0) {
      const length = us[i]!;
      if (length !== lastUs) {
        lastUs = length;
        aByte = rateOf(1, length) * anHourly;
      }
      const part = bytes[i]! * aByte;
      const above = peaks[i]! * anHourly;
      mean = level(part, curve, px, least);
      low = background[i]! > 0 ? Math.min(mean, level(background[i]! * aByte, curve, px, least)) : 0;
      high = above <= part * SAME ? mean : Math.max(mean, level(above, curve, px, least));
    }
    dark[at] = low;
    full[at] = mean;
    peak[at] = high;
    at += 1;
  }
}

/** A way that is not shown. */
const nothing: Levels = { top: 0, full: 0, least: 0, curve: 'root' };

/** The highest of one interval is its mean, but for the last digit of a division. */
const SAME = 1 + 1e-9;

/** `heightOf` in device pixels, of a part of full height. Plain numbers: it is asked some ten thousand times a frame. */
function level(part: number, curve: Curve, full: number, least: number): number {
  if (part <= 0) return 0;
  return (Math.max(shareOf(Math.min(part, 1), curve) * full, least) + 0.5) | 0;
}
