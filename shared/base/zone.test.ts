import fc from 'fast-check';
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

  it('have at every instant the offset that the tables of this machine tell for it, in whichever order they are asked', () => {
    const years = { min: at('1990-01-01') / SECOND, max: at('2037-01-01') / SECOND };
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(zone, fc.array(fc.integer(years), { minLength: 1, maxLength: 20 }), (name, seconds) => {
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
        for (const second of seconds) {
          const wall = microsOf(format.format(second * 1000).replace(' ', 'T'))!;
          expect(offsetsOf(name)!(second * SECOND)).toBe(wall - second * SECOND);
        }
      }),
    );
    // Around the hours in which clocks change, minute by minute.
    for (const name of ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Gaza']) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
      for (let day = at('2026-02-01'); day < at('2026-12-01'); day += 24 * HOUR) {
        if (offsetsOf(name)!(day) === offsetsOf(name)!(day + 24 * HOUR)) continue;
        for (let us = day; us < day + 24 * HOUR; us += 7 * MINUTE) {
          expect(offsetsOf(name)!(us)).toBe(microsOf(format.format(us / 1000).replace(' ', 'T'))! - us);
        }
      }
    }
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
