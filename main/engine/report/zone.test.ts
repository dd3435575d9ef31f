import { describe, expect, it } from 'vitest';
import { DAY, microsOf } from '../../../shared/base/time.ts';
import { zoneClock } from './zone.ts';

const at = (text: string) => microsOf(text)!;

describe('zone', () => {
  it('writes local times, with the offset only where it changes', () => {
    const kolkata = zoneClock('Asia/Kolkata', at('2026-01-01'), at('2026-12-01'));
    expect(kolkata.label).toBe('Asia/Kolkata (UTC+05:30)');
    expect(kolkata.time(at('2026-03-01T20:00:07Z'))).toBe('2026-03-02 01:30');
    expect(kolkata.time(at('2026-03-01T20:00:07Z'), true)).toBe('2026-03-02 01:30:07');
    const paris = zoneClock('Europe/Paris', at('2026-03-01'), at('2026-04-15'));
    expect(paris.label).toBe('Europe/Paris (offset from UTC written with each time)');
    expect(paris.time(at('2026-03-29T00:30:00Z'))).toBe('2026-03-29 01:30 +01:00');
    expect(paris.time(at('2026-03-29T01:30:00Z'))).toBe('2026-03-29 03:30 +02:00');
    expect(zoneClock('UTC', 0, DAY).label).toBe('UTC');
  });

  it('finds the midnight that begins a local day, also on the day of a change', () => {
    const paris = zoneClock('Europe/Paris', at('2026-03-01'), at('2026-11-15'));
    expect(paris.time(paris.midnight(at('2026-03-29T12:00:00Z')))).toBe('2026-03-29 00:00 +01:00');
    expect(paris.time(paris.midnight(at('2026-10-25T12:00:00Z')))).toBe('2026-10-25 00:00 +02:00');
  });
});
