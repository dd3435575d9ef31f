import type { Look } from './look.ts';
import type { HeightRule } from './scene-lanes.ts';

/** Bytes an hour of the highest interval, each way. */
export interface Peaks {
  readonly sent: number;
  readonly received: number;
}

/** What full height stands for, as a person chose it; `peaksOf` knows the highest interval of a lane in the whole span. */
export function heightRule(
  look: Pick<Look, 'full' | 'curve' | 'direction'>,
  keys: readonly string[],
  peaksOf: (key: string) => Peaks,
): HeightRule {
  const { full, curve, direction } = look;
  const higher = ({ sent, received }: Peaks) =>
    direction === 'sent' ? sent : direction === 'received' ? received : Math.max(sent, received);
  if (full === 'all') {
    const top = Math.max(0, ...keys.map((key) => higher(peaksOf(key))));
    return { full, curve, direction, topOf: () => ({ sent: top, received: top }) };
  }
  const topOf = (key: string) => {
    const peaks = peaksOf(key);
    if (full === 'way') return peaks;
    const top = higher(peaks);
    return { sent: top, received: top };
  };
  return { full, curve, direction, topOf };
}
