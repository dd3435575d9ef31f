import { HOUR, MINUTE, type Micros } from '../../../shared/base/time.ts';

/** What one flow says of the distance of two clocks: it lies in [fromUs, toUs]; null: no bound on that side. Microseconds. */
export interface ClockBound {
  readonly flow: number;
  readonly fromUs: number | null;
  readonly toUs: number | null;
}

/** The distance of two clocks, how far it may be off, and how many of the flows that were compared fit it. */
export interface ClockVote {
  readonly offsetUs: number;
  readonly errorUs: number;
  readonly compared: number;
  readonly agreeing: number;
}

/** What is further off tells nothing that is of use. */
const MOST_ERROR_US = HOUR;
/** Beyond this, a few flows that agree may be chance: ports are used again. */
const PLAUSIBLE_US = 10 * MINUTE;
const MANY = 5;
const FAR = Number.MAX_SAFE_INTEGER;

/** Whether the bound leaves room for some value of the span. */
const allows = (bound: ClockBound, fromUs: number, toUs: number): boolean =>
  (bound.fromUs ?? -FAR) <= toUs && (bound.toUs ?? FAR) >= fromUs;

/** How many of the flows have a bound that leaves room for some value of the span, and how many flows there are. */
export function agreement(bounds: readonly ClockBound[], fromUs: number, toUs: number) {
  const flows = new Set(bounds.map(({ flow }) => flow));
  const fit = new Set(bounds.filter((bound) => allows(bound, fromUs, toUs)).map(({ flow }) => flow));
  return { compared: flows.size, agreeing: fit.size };
}

/**
 * The distance on which most bounds agree, after Marzullo's way of finding the right time among clocks of which some are wrong: the
 * stretch that most intervals share; of equal ones that next to zero. Null where too few agree, less than half do, or
 * they leave more than an hour.
 */
export function clockVote(bounds: readonly ClockBound[]): ClockVote | null {
  const sound = bounds.filter(({ fromUs, toUs }) => fromUs === null || toUs === null || fromUs <= toUs);
  const edges = sound.flatMap(({ fromUs, toUs }): [Micros, 1 | -1][] => [
    [fromUs ?? -FAR, 1],
    [toUs ?? FAR, -1],
  ]);
  // Where one ends as another begins, they share the moment.
  edges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let depth = 0;
  let best: { depth: number; from: number; to: number } | null = null;
  const distance = (from: number, to: number) => (from <= 0 && to >= 0 ? 0 : Math.min(Math.abs(from), Math.abs(to)));
  for (const [at, [us, step]] of edges.entries()) {
    depth += step;
    const next = edges[at + 1];
    if (step < 0 || !next) continue;
    const [from, to] = [us, next[0]];
    if (!best || depth > best.depth || (depth === best.depth && distance(from, to) < distance(best.from, best.to)))
      best = { depth, from, to };
  }
  if (!best) return null;
  const offsetUs = Math.round(best.from / 2 + best.to / 2);
  const errorUs = Math.ceil(best.to / 2 - best.from / 2);
  const { compared, agreeing } = agreement(bounds, best.from, best.to);
  if (errorUs > MOST_ERROR_US || agreeing * 2 <= compared) return null;
  if (Math.abs(offsetUs) > PLAUSIBLE_US && agreeing < MANY) return null;
  return { offsetUs, errorUs, compared, agreeing };
}
