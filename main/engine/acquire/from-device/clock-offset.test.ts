import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockReading, offsetOf, readClockAnswer } from './clock-offset.ts';

const second = 1_000_000;

describe('the answer to date and uptime', () => {
  it('reads nanoseconds where the phone knows them', () => {
    expect(readClockAnswer('1763800000.123456789\n86400.55 170000.10\n')).toEqual({
      phoneUs: 1_763_800_000_123_456,
      resolutionUs: 1,
      uptimeS: 86_400.55,
    });
  });

  it.each(['1763800000.N\r\n5.01 4.00\r\n', '1763800000.%N\n5.01 4.00\n', '1763800000\n5.01 4.00\n'])(
    'knows that an old phone tells whole seconds: %j',
    (text) => {
      expect(readClockAnswer(text)).toEqual({ phoneUs: 1_763_800_000 * second, resolutionUs: second, uptimeS: 5.01 });
    },
  );

  it('does without uptime, and gives up on what is no time', () => {
    expect(readClockAnswer('1763800000.5\ncat: /proc/uptime: Permission denied\n')).toEqual({
      phoneUs: 1_763_800_000_500_000,
      resolutionUs: 100_000,
      uptimeS: null,
    });
    expect(readClockAnswer('date: not found\n')).toBeNull();
    expect(readClockAnswer('')).toBeNull();
  });
});

/** A phone that is `offsetUs` ahead and reads its clock somewhere inside the round trip. */
function reading(
  startUs: number,
  roundTripUs: number,
  at: number,
  offsetUs: number,
  resolutionUs: number,
): ClockReading {
  const exact = startUs + Math.floor(roundTripUs * at) + offsetUs;
  return {
    hostBeforeUs: startUs,
    hostAfterUs: startUs + roundTripUs,
    phoneUs: Math.floor(exact / resolutionUs) * resolutionUs,
    resolutionUs,
    uptimeS: 1,
  };
}

describe('the offset of two clocks', () => {
  it('is the fastest reading’s, with half its round trip as error', () => {
    const start = 1_763_800_000 * second;
    const readings = [
      reading(start, 40_000, 0.9, 5_000_000, 1),
      reading(start + second, 6_000, 0.5, 5_000_000, 1),
      reading(start + 2 * second, 90_000, 0.1, 5_000_000, 1),
    ];
    const offset = offsetOf(readings);
    expect(offset?.offsetMs).toBeCloseTo(5000, 2);
    expect(offset?.errorMs).toBe(3.001);
    expect(offset?.samples).toBe(3);
    expect(offset?.measuredAtUs).toBe(start + second + 3000);
  });

  it('is null without a reading', () => {
    expect(offsetOf([])).toBeNull();
  });

  it('always holds the true offset within its error, for fine and for coarse phones', () => {
    const sample = fc.record({
      gap: fc.integer({ min: 20_000, max: 200_000 }),
      trip: fc.integer({ min: 500, max: 120_000 }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -90_000_000_000, max: 90_000_000_000 }),
        fc.constantFrom(1, 1000, second),
        (samples, offsetUs, resolutionUs) => {
          let at = 1_763_800_000 * second;
          const readings = samples.map(({ gap, trip, at: when }) => {
            at += gap + trip;
            return reading(at, trip, when, offsetUs, resolutionUs);
          });
          const offset = offsetOf(readings)!;
          expect(Math.abs(offset.offsetMs - offsetUs / 1000)).toBeLessThanOrEqual(offset.errorMs + 0.001);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is far better than a second for phones that tell whole seconds, when asked over more than one', () => {
    const readings = Array.from({ length: 16 }, (_, at) =>
      reading(1_763_800_000 * second + at * 80_000, 5000, 0.5, -321_000, second),
    );
    const offset = offsetOf(readings)!;
    expect(offset.errorMs).toBeLessThan(50);
    expect(Math.abs(offset.offsetMs + 321)).toBeLessThanOrEqual(offset.errorMs);
  });

  it('falls back to one reading where a clock was set in between', () => {
    const before = reading(1_763_800_000 * second, 5000, 0.5, 0, second);
    const after = reading(1_763_800_001 * second, 4000, 0.5, 3600 * second, second);
    const offset = offsetOf([before, after])!;
    expect(Math.abs(offset.offsetMs - 3_600_000)).toBeLessThanOrEqual(offset.errorMs);
    expect(offset.steady).toBe(false);
    const fine = [0, 1, 2].map((n) => reading((1_763_800_000 + n) * second, 4000, 0.5, n < 2 ? 0 : 90 * second, 1));
    expect(offsetOf(fine)!.steady).toBe(false);
    expect(offsetOf(fine.slice(0, 2))!.steady).toBe(true);
  });
});
