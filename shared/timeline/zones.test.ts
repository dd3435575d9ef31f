import { describe, expect, it } from 'vitest';
import { HOUR, isoOf, MINUTE, microsOf } from '../base/time.ts';
import { offsetText, utc, zoneNamed, zoneText } from './zones.ts';

const at = (iso: string) => microsOf(iso)!;
const local = (text: string) => at(`${text}Z`);

describe('zones', () => {
  it('know their offset at an instant', () => {
    expect(zoneNamed('Asia/Kolkata')!.offsetAt(at('2026-03-01T00:00Z'))).toBe(330 * MINUTE);
    expect(zoneNamed('America/St_Johns')!.offsetAt(at('2026-01-01T00:00Z'))).toBe(-210 * MINUTE);
    expect(zoneNamed('Europe/Berlin')!.offsetAt(at('2026-07-01T00:00Z'))).toBe(2 * HOUR);
    expect(zoneNamed('Nowhere/Atall')).toBeNull();
  });

  it('lead from the wall clock to the instant and back', () => {
    for (const name of ['Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']) {
      const zone = zoneNamed(name)!;
      for (const text of ['2026-01-15T12:34', '2026-07-15T00:00', '2024-02-29T23:59']) {
        expect(zone.localOf(zone.instantOf(local(text)))).toBe(local(text));
      }
    }
  });

  it('take the first of two, and go past a gap', () => {
    const berlin = zoneNamed('Europe/Berlin')!;
    expect(isoOf(berlin.instantOf(local('2026-10-25T02:30')))).toBe('2026-10-25T00:30:00.000000Z');
    expect(isoOf(berlin.instantOf(local('2026-03-29T02:30')))).toBe('2026-03-29T01:30:00.000000Z');
  });

  it('are written out, with both offsets where the clock changes', () => {
    expect(offsetText(-210 * MINUTE)).toBe('UTC−03:30');
    expect(zoneText(utc, 0, 1)).toBe('UTC');
    const berlin = zoneNamed('Europe/Berlin')!;
    expect(zoneText(berlin, at('2026-01-01'), at('2026-02-01'))).toBe('Europe/Berlin (UTC+01:00)');
    expect(zoneText(berlin, at('2026-01-01'), at('2026-07-01'))).toBe('Europe/Berlin (UTC+01:00, later UTC+02:00)');
  });
});
