import { type ClockAnchor, type ClockCourse, clockCourse } from '../../../../shared/base/clock-course.ts';
import type { ClockOffset } from '../../model/acquisition.ts';

/** What the clocks did while a phone was acquired, with the sentences that the examiner must read. */
export interface CourseOfClocks extends ClockCourse {
  readonly notes: readonly string[];
}

/** A comparison of the clocks as an anchor. */
export function anchorOf(offset: ClockOffset): ClockAnchor {
  return {
    hostUs: offset.measuredAtUs,
    phoneUs: offset.measuredAtUs + Math.round(offset.offsetMs * 1000),
    uptimeUs: offset.uptimeS === null ? null : Math.round(offset.uptimeS * 1_000_000),
    errorUs: Math.round(offset.errorMs * 1000),
  };
}

const seconds = (us: number | null): string => `${(Math.abs(us ?? 0) / 1_000_000).toFixed(1)} s`;
const way = (us: number | null): string => ((us ?? 0) < 0 ? 'back' : 'forward');

function sentenceOf(course: ClockCourse): string | null {
  switch (course.verdict) {
    case 'steady':
      return null;
    case 'phone set':
      return `The phone’s clock was set ${way(course.phoneUs)} by ${seconds(course.phoneUs)} while it was acquired.`;
    case 'host set':
      return `This computer’s clock was set ${way(course.hostUs)} by ${seconds(course.hostUs)} while the phone was acquired.`;
    case 'both set':
      return `While the phone was acquired, its clock was set ${way(course.phoneUs)} by ${seconds(course.phoneUs)} and this computer’s ${way(course.hostUs)} by ${seconds(course.hostUs)}.`;
    case 'restarted':
      return 'The phone was started anew while it was acquired.';
    case 'unknown':
      return `One of the two clocks was set by ${seconds(course.changeUs)} while the phone was acquired; which one cannot be told.`;
  }
}

/** Compares the clocks of before and after; null where one of the comparisons is not there. */
export function courseOf(before: ClockOffset | null, after: ClockOffset | null): CourseOfClocks | null {
  const unsteady = [before, after].some((offset) => offset?.steady === false)
    ? [
        'A clock was set while the two were being compared; the offset that is given holds for the fastest comparison only.',
      ]
    : [];
  if (!before || !after) return null;
  const course = clockCourse(anchorOf(before), anchorOf(after));
  const sentence = sentenceOf(course);
  return { ...course, notes: [...(sentence === null ? [] : [sentence]), ...unsteady] };
}
