import { DAY, HOUR, type Micros } from '../../../shared/base/time.ts';
import { coveredSpans } from '../../../shared/timeline/coverage.ts';
import { durationText } from '../../../shared/timeline/formats.ts';
import type { CoverageSpan, IntervalColumns } from '../../../shared/types/timeline.ts';

export interface Steps {
  readonly fromUs: Micros;
  readonly stepUs: Micros;
  readonly count: number;
  /** Per step: whether some source that tells apps apart covers any of it. */
  readonly covered: readonly boolean[];
  readonly text: string;
}

const mostSteps = 120;
const sizes: readonly Micros[] = [2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY];

/** Cuts a span into at most 120 equal steps of a size that people know. */
export function stepsOf(fromUs: Micros, toUs: Micros, coverage: readonly CoverageSpan[]): Steps {
  const span = Math.max(toUs - fromUs, 1);
  const stepUs = sizes.find((size) => span / size <= mostSteps) ?? Math.ceil(span / mostSteps / DAY) * DAY;
  const count = Math.max(1, Math.ceil(span / stepUs));
  const spans = coveredSpans(coverage);
  const covered = Array.from({ length: count }, (_, step) => {
    const begin = fromUs + step * stepUs;
    return spans.some((one) => one.fromUs < begin + stepUs && one.toUs > begin);
  });
  return { fromUs, stepUs, count, covered, text: durationText(stepUs) };
}

/** Spreads the bytes of intervals over the steps by overlap, for drawing only. */
export function spread(intervals: IntervalColumns | null, steps: Steps): { sent: number[]; received: number[] } {
  const sent = new Array<number>(steps.count).fill(0);
  const received = new Array<number>(steps.count).fill(0);
  for (const [index, from] of (intervals?.from ?? []).entries()) {
    const to = Math.max(intervals?.to[index] ?? from, from + 1);
    const first = Math.max(0, Math.floor((from - steps.fromUs) / steps.stepUs));
    const last = Math.min(steps.count - 1, Math.floor((to - 1 - steps.fromUs) / steps.stepUs));
    for (let step = first; step <= last; step += 1) {
      const begin = steps.fromUs + step * steps.stepUs;
      const share = (Math.min(to, begin + steps.stepUs) - Math.max(from, begin)) / (to - from);
      sent[step] = (sent[step] ?? 0) + (intervals?.sent[index] ?? 0) * share;
      received[step] = (received[step] ?? 0) + (intervals?.received[index] ?? 0) * share;
    }
  }
  return { sent, received };
}
