/** How windows are asked for and measured in the benches of the timeline. */
import { loadavg } from 'node:os';
import { laneKeys, type OverviewView } from '../../shared/types/timeline.ts';
import { shiftedChance } from '../support/chance.ts';

const PIXELS = 1500;
/** Lanes that fit a screen. */
export const IN_VIEW = 30;
/** Zooms: from the whole span down to this part of it, each half as wide as the one before. */
const HALVINGS = 16;

/** The first line of a table. */
export function heading(of: string): void {
  const head = ['median', '95th', 'most', '   cpu', '95th', 'most'].map((name) => name.padStart(8)).join('');
  console.log(`${`${of}; load ${loadavg()[0]!.toFixed(1)}`.padEnd(66)}${head}`);
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

export async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const from = performance.now();
  const answer = await work();
  return [answer, performance.now() - from];
}

export interface Measured {
  readonly clock: number;
  readonly processor: number;
}

/** Milliseconds of the clock and of the processor: on a busy machine only the second tells of the program. */
export async function measured<T>(work: () => Promise<T>): Promise<[T, Measured]> {
  const before = process.cpuUsage();
  const [answer, clock] = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return [answer, { clock, processor: (user + system) / 1000 }];
}

const threeOf = (times: readonly number[]) =>
  [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1).padStart(8)).join('');

export function told(name: string, times: readonly (Measured | number)[], more = ''): void {
  const clock = times.map((one) => (typeof one === 'number' ? one : one.clock));
  const processor = times.flatMap((one) => (typeof one === 'number' ? [] : [one.processor]));
  const used = processor.length > 0 ? threeOf(processor) : ''.padEnd(24);
  console.log(`  ${name.padEnd(64)}${threeOf(clock)}   ${used}${more}`);
}

export interface Question {
  readonly by: (typeof laneKeys)[number];
  readonly fromUs: number;
  readonly toUs: number;
  readonly buckets: number;
  readonly filter: Record<string, never>;
}

/** Windows on the window's own grid (`shared/timeline/questions.ts`): steps are powers of two. */
export function questions({ fromUs, toUs }: OverviewView, many: number): Question[] {
  const random = shiftedChance(2_463_534_242);
  return Array.from({ length: many }, (_, n) => {
    const span = (toUs - fromUs) * 2 ** (-random() * HALVINGS);
    const step = 2 ** Math.floor(Math.log2(Math.max(1, span / PIXELS)));
    const from = Math.floor((fromUs + random() * (toUs - fromUs - span)) / step) * step;
    const buckets = Math.ceil(span / step);
    return { by: laneKeys[n % laneKeys.length]!, fromUs: from, toUs: from + buckets * step, buckets, filter: {} };
  });
}
