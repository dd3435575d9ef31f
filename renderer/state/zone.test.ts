import { describe, expect, it } from 'vitest';
import { microsOf } from '../../shared/base/time.ts';
import { utc, zoneNamed } from '../../shared/timeline/zones.ts';
import { dateTimeText, minuteText, zoneLabel } from './zone.ts';

const kolkata = zoneNamed('Asia/Kolkata')!;

describe('times in the window', () => {
  it('are written in the zone', () => {
    expect(dateTimeText('2026-11-08T20:00:01.500000Z', kolkata)).toBe('2026-11-09 01:30:01');
    expect(minuteText('2026-11-08T20:00:01.500000Z', utc)).toBe('2026-11-08 20:00');
  });

  it('stand as the data said them where they are no time', () => {
    expect(dateTimeText('in the morning', utc)).toBe('in the morning');
  });

  it('name the zone with its offset at that time', () => {
    const berlin = zoneNamed('Europe/Berlin')!;
    expect(zoneLabel(berlin, microsOf('2026-07-01')!)).toBe('Europe/Berlin (UTC+02:00)');
    expect(zoneLabel(berlin, microsOf('2026-12-01')!)).toBe('Europe/Berlin (UTC+01:00)');
    expect(zoneLabel(utc, 0)).toBe('UTC');
  });
});
