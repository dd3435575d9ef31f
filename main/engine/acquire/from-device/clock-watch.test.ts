import { describe, expect, it } from 'vitest';
import type { ClockOffset } from '../../model/acquisition.ts';
import { courseOf } from './clock-watch.ts';

const offset = (hostS: number, offsetMs: number, uptimeS: number | null, steady = true): ClockOffset => ({
  offsetMs,
  errorMs: 3,
  samples: 9,
  uptimeS,
  measuredAtUs: (1_763_800_000 + hostS) * 1_000_000,
  steady,
});

describe('the clocks while a phone is acquired', () => {
  it('have a course only where both comparisons are there', () => {
    expect(courseOf(null, offset(0, 0, 1))).toBeNull();
    expect(courseOf(offset(0, 0, 1), null)).toBeNull();
  });

  it('say nothing where they only drift, and give the drift', () => {
    expect(courseOf(offset(0, 500, 100), offset(60, 500.8, 160.01))).toMatchObject({
      verdict: 'steady',
      changeUs: 800,
      changeErrorUs: 6000,
      notes: [],
    });
  });

  it.each([
    [offset(60, 3_600_500, 160), 'The phone’s clock was set forward by 3600.0 s while it was acquired.'],
    [offset(60, -3_599_500, 160), 'The phone’s clock was set back by 3600.0 s while it was acquired.'],
    [offset(660, -599_500, 160), 'This computer’s clock was set forward by 600.0 s while the phone was acquired.'],
    [offset(90, 500, 20), 'The phone was started anew while it was acquired.'],
    [
      offset(60, 60_500, null),
      'One of the two clocks was set by 60.0 s while the phone was acquired; which one cannot be told.',
    ],
  ])('say who moved', (after, sentence) => {
    expect(courseOf(offset(0, 500, 100), after)!.notes).toEqual([sentence]);
  });

  it('say that a clock was set in the middle of a comparison', () => {
    expect(courseOf(offset(0, 500, 100, false), offset(60, 500, 160))!.notes).toHaveLength(1);
  });
});
