import type { Micros } from '../base/time.ts';
import { type LaneSeries, rateOf } from './lane-data.ts';

/**
 * A stretch in which traffic ran high: touching steps whose bytes lie in the top tenth of all steps with any. `topUs` is the
 * middle of the highest step.
 */
export interface Burst {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly topUs: Micros;
  readonly bytes: number;
}

const STEPS = 2000;
const TOP_PART = 0.1;

/** Bursts over all of the lanes given, in order of time. */
export function burstsOf(
  series: Iterable<LaneSeries>,
  fromUs: Micros,
  toUs: Micros,
  direction: 'sent' | 'received',
): Burst[] {
  const step = Math.max((toUs - fromUs) / STEPS, 1);
  const bytes = new Float64Array(STEPS + 1);
  for (const s of series) {
    const cell = s.columns[direction];
    for (let i = 0; i < s.count; i += 1)
      spread(bytes, (s.from[i]! - fromUs) / step, (s.to[i]! - fromUs) / step, cell[i]!);
  }
  const busy = bytes.filter((b) => b > 0).sort();
  if (busy.length === 0) return [];
  const limit = busy[Math.min(busy.length - 1, Math.floor(busy.length * (1 - TOP_PART)))]!;
  const bursts: Burst[] = [];
  for (let i = 0; i < STEPS; i += 1) {
    if (bytes[i]! < limit) continue;
    const first = i;
    let top = i;
    let topEnd = i;
    let sum = 0;
    for (; i < STEPS && bytes[i]! >= limit; i += 1) {
      sum += bytes[i]!;
      if (bytes[i]! > bytes[top]! * (1 + 1e-9)) top = topEnd = i;
      else if (topEnd === i - 1 && bytes[i]! >= bytes[top]! * (1 - 1e-9)) topEnd = i;
    }
    const topUs = fromUs + ((top + topEnd + 1) / 2) * step;
    bursts.push({ fromUs: fromUs + first * step, toUs: fromUs + i * step, topUs, bytes: sum });
  }
  return bursts;
}

/** Puts bytes evenly on the steps that they lie over. `a` and `b` count steps. */
function spread(bytes: Float64Array, a: number, b: number, value: number): void {
  if (value === 0 || b < 0 || a > STEPS) return;
  if (b - a < 1e-9) {
    bytes[Math.min(STEPS, Math.max(0, Math.floor(a)))]! += value;
    return;
  }
  const perStep = value / (b - a);
  for (let i = Math.max(0, Math.floor(a)); i < Math.min(STEPS, b); i += 1) {
    bytes[i]! += perStep * (Math.min(b, i + 1) - Math.max(a, i));
  }
}

/** The nearest burst before or after an instant; its own middle does not count as before or after itself. */
export function nextBurst(bursts: readonly Burst[], us: Micros, way: 1 | -1): Burst | null {
  const near = (burst: Burst) => (burst.topUs - us) * way > (burst.toUs - burst.fromUs) * 1e-6 + 1;
  return (way > 0 ? bursts.find(near) : bursts.findLast(near)) ?? null;
}

/** The highest interval that a lane has in a stretch, as its place in the columns; −1 where it has none. */
export function highestIn(series: LaneSeries, fromUs: Micros, toUs: Micros, direction: 'sent' | 'received'): number {
  let best = -1;
  let bestRate = -1;
  for (let i = 0; i < series.count; i += 1) {
    if (series.to[i]! <= fromUs || series.from[i]! >= toUs) continue;
    const rate = rateOf(series.columns[direction][i]!, series.to[i]! - series.from[i]!);
    if (rate > bestRate) [best, bestRate] = [i, rate];
  }
  return best;
}
