import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockAnchor, clockCourse } from './clock-course.ts';

const second = 1_000_000;
const start = 1_763_800_000 * second;

const at = (hostS: number, phoneS: number, uptimeS: number | null): ClockAnchor => ({
  hostUs: start + hostS * second,
  phoneUs: start + phoneS * second,
  uptimeUs: uptimeS === null ? null : uptimeS * second,
  errorUs: 3000,
});

describe('what the clocks did', () => {
  it('ran, with a little drift', () => {
    const course = clockCourse(at(0, 5, 100), at(300, 305.02, 400.01));
    expect(course).toMatchObject({ verdict: 'steady', changeErrorUs: 6000 });
    expect(course.changeUs).toBeCloseTo(20_000, 0);
  });

  it.each([
    ['the phone was set forward', at(300, 3900, 400), 'phone set', 3_600, 0],
    ['the phone was set back', at(300, -3300, 400), 'phone set', -3_600, 0],
    ['the computer was set forward', at(3900, 300, 400), 'host set', 0, 3_600],
    ['both were set', at(60, 3900, 400), 'both set', 3_600, -240],
  ] as const)('%s', (_, later, verdict, phoneS, hostS) => {
    const course = clockCourse(at(0, 0, 100), later);
    expect(course.verdict).toBe(verdict);
    expect(Math.round(course.phoneUs! / second)).toBe(phoneS);
    expect(Math.round(course.hostUs! / second)).toBe(hostS);
  });

  it('the phone was started anew, also when it had just been started before', () => {
    expect(clockCourse(at(0, 0, 90_000), at(300, 300, 40)).verdict).toBe('restarted');
    expect(clockCourse(at(0, 0, 10), at(300, 300, 60)).verdict).toBe('restarted');
  });

  it('says when it cannot tell which clock moved', () => {
    expect(clockCourse(at(0, 0, null), at(300, 3900, 400)).verdict).toBe('unknown');
    expect(clockCourse(at(0, 0, null), at(300, 300.1, null))).toMatchObject({ verdict: 'steady', phoneUs: null });
  });

  it('finds any jump above a second in a visit of an hour, and none in mere drift', () => {
    const minutes = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        minutes,
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: -90_000, max: 90_000 }),
        (m, ppm, jump) => {
          const run = m * 60;
          const drift = (run * ppm) / 1e6;
          expect(clockCourse(at(0, 0, 50), at(run, run + drift, 50 + run)).verdict).toBe('steady');
          if (Math.abs(jump) < 2) return;
          expect(clockCourse(at(0, 0, 50), at(run, run + drift + jump, 50 + run)).verdict).toBe('phone set');
        },
      ),
    );
  });
});
