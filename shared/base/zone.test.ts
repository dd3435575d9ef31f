import { describe, expect, it } from 'vitest';
import { HOUR, isoOf, MINUTE, microsOf, SECOND } from './time.ts';
import { instantOf, knownZone, offsetDigits, offsetsOf, sinceMidnight } from './zone.ts';

const at = (iso: string) => microsOf(iso)!;

describe('zones', () => {
  it('know their offset at an instant', () => {
    expect(offsetsOf('Asia/Kolkata')!(at('2026-03-01T00:00Z'))).toBe(330 * MINUTE);
    expect(offsetsOf('America/St_Johns')!(at('2026-01-01T00:00Z'))).toBe(-210 * MINUTE);
    const berlin = offsetsOf('Europe/Berlin')!;
    expect(berlin(at('2026-03-29T00:59:59Z'))).toBe(HOUR);
    expect(berlin(at('2026-03-29T01:00:00Z'))).toBe(2 * HOUR);
    expect(offsetsOf('UTC')!(at('2026-07-01T00:00Z'))).toBe(0);
    // An instant between two milliseconds, and one before 1970.
    expect(offsetsOf('Asia/Kolkata')!(at('1969-12-31T23:59:59.999999Z'))).toBe(330 * MINUTE);
  });

  it('are known by their names, or not', () => {
    expect([knownZone('Asia/Kolkata'), knownZone('Nowhere/Atall'), knownZone(null), knownZone('')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(offsetsOf('Nowhere/Atall')).toBeNull();
  });

  it('lead from the wall clock to the instant: the first of two, and past a gap', () => {
    const berlin = offsetsOf('Europe/Berlin')!;
    expect(isoOf(instantOf(at('2026-07-01T12:00'), berlin))).toBe('2026-07-01T10:00:00.000000Z');
    expect(isoOf(instantOf(at('2026-10-25T02:30'), berlin))).toBe('2026-10-25T00:30:00.000000Z');
    expect(isoOf(instantOf(at('2026-03-29T02:30'), berlin))).toBe('2026-03-29T01:30:00.000000Z');
  });

  it('say the time of day, before 1970 too', () => {
    expect(sinceMidnight(at('2026-03-01T03:00:01'))).toBe(3 * HOUR + SECOND);
    expect(sinceMidnight(-SECOND)).toBe(24 * HOUR - SECOND);
  });

  it('are written as hours and minutes', () => {
    expect([offsetDigits(330 * MINUTE), offsetDigits(-210 * MINUTE), offsetDigits(0)]).toEqual([
      '+05:30',
      '−03:30',
      '+00:00',
    ]);
  });
});
