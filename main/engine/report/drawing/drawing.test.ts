import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, microsOf } from '../../../../shared/base/time.ts';
import { zoneClock } from '../zone.ts';
import { ticks } from './axis.ts';
import { band, peaksOf } from './band.ts';
import { addInterval, emptyBins, stepFor, sumOf } from './bins.ts';
import { hatch, skyline } from './paths.ts';

/** Area under an outline that `skyline` drew, by the shoelace formula: an independent reading of the path. */
function areaOf(path: string): number {
  let area = 0;
  for (const polygon of path.split('Z').filter(Boolean)) {
    const points: [number, number][] = [];
    for (const [, command, a, b] of polygon.matchAll(/([MHV])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
      const [x, y] = points.at(-1) ?? [0, 0];
      points.push(command === 'M' ? [Number(a), Number(b)] : command === 'H' ? [Number(a), y] : [x, Number(a)]);
    }
    points.forEach(([x, y], index) => {
      const [nextX, nextY] = points[(index + 1) % points.length]!;
      area += (x * nextY - nextX * y) / 2;
    });
  }
  return Math.abs(area);
}

describe('bins', () => {
  it('hold every byte of every interval, wherever it lies', () => {
    const interval = fc.record({
      at: fc.integer({ min: 0, max: 10 * 24 }),
      hours: fc.integer({ min: 1, max: 60 }),
      sent: fc.integer({ min: 0, max: 2 ** 45 }),
      background: fc.integer({ min: 0, max: 2 ** 45 }),
    });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 20 }), fc.integer({ min: 1, max: 30 }), (intervals, step) => {
        const bins = emptyBins(0, step * HOUR, Math.ceil((10 * 24) / step));
        for (const { at, hours, sent, background } of intervals) {
          addInterval(bins, {
            fromUs: at * HOUR,
            toUs: (at + hours) * HOUR,
            sentForeground: sent,
            sentBackground: background,
            receivedForeground: 0,
            receivedBackground: sent,
          });
        }
        const sent = intervals.reduce((sum, one) => sum + one.sent, 0);
        const background = intervals.reduce((sum, one) => sum + one.background, 0);
        expect(sumOf(bins)).toEqual({ sent: sent + background, received: sent, sentBackground: background });
      }),
    );
  });

  it('share an interval by its overlap', () => {
    const bins = emptyBins(0, 2 * HOUR, 3);
    addInterval(bins, {
      fromUs: HOUR,
      toUs: 5 * HOUR,
      sentForeground: 100,
      sentBackground: 0,
      receivedForeground: 0,
      receivedBackground: 0,
    });
    expect(bins.sentForeground).toEqual([25, 50, 25]);
  });

  it('are never finer than the truth and never more than the page can show', () => {
    expect(stepFor(45 * DAY, 2 * HOUR, 280)).toBe(4 * HOUR);
    expect(stepFor(DAY, 2 * HOUR, 280)).toBe(2 * HOUR);
    expect((45 * 365 * DAY) / stepFor(45 * 365 * DAY, HOUR, 280)).toBeLessThanOrEqual(280);
  });
});

describe('drawing', () => {
  it('has areas in the proportion of the bytes', () => {
    const bins = emptyBins(0, HOUR, 50);
    for (let index = 0; index < 50; index += 1) {
      if (index % 7 === 3) continue;
      addInterval(bins, {
        fromUs: index * HOUR,
        toUs: (index + 1) * HOUR,
        sentForeground: 500 + index * 13,
        sentBackground: 400 + ((index * 37) % 90),
        receivedForeground: 0,
        receivedBackground: 9000 + index,
      });
    }
    const svg = band(bins, { x: 10, y: 0, width: 100, height: 40 }, 100 / (50 * HOUR));
    const areas = [...svg.matchAll(/fill="#[0-9a-f]{6}" d="([^"]+)"/g)].map((match) => areaOf(match[1]!));
    const [whole, background, received] = areas;
    const unit = (20 / peaksOf(bins).sent) * 2;
    const sums = sumOf(bins);
    expect(whole! / unit / sums.sent).toBeCloseTo(1, 2);
    expect(background! / unit / sums.sentBackground).toBeCloseTo(1, 2);
    expect(received! / ((20 / peaksOf(bins).received) * 2) / sums.received).toBeCloseTo(1, 2);
  });

  it('draws nothing where nothing is, and nothing beyond its edge', () => {
    expect(skyline([0, 0], { x: 0, step: 1, limit: 9, base: 5 }, -1)).toBe('');
    expect(skyline([2, 0, 3], { x: 0, step: 2, limit: 5, base: 10 }, -1)).toBe('M0 10V8H2V10ZM4 10V7H5V10Z');
  });

  it('keeps a single byte visible beside a large step', () => {
    const bins = emptyBins(0, HOUR, 2);
    addInterval(bins, {
      fromUs: 0,
      toUs: HOUR,
      sentForeground: 1,
      sentBackground: 0,
      receivedForeground: 0,
      receivedBackground: 0,
    });
    addInterval(bins, {
      fromUs: HOUR,
      toUs: 2 * HOUR,
      sentForeground: 1e12,
      sentBackground: 0,
      receivedForeground: 0,
      receivedBackground: 0,
    });
    expect(band(bins, { x: 0, y: 0, width: 10, height: 20 }, 10 / (2 * HOUR))).toContain('M0 10V9.82H5V0');
  });

  it('hatches inside of its area only', () => {
    const numbers = [...hatch({ x: 3, y: 4, width: 7, height: 2 }, 1.3).matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
    expect(numbers.length).toBeGreaterThan(8);
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeGreaterThanOrEqual(3);
      expect(Number(x)).toBeLessThanOrEqual(10);
      expect(Number(y)).toBeGreaterThanOrEqual(4);
      expect(Number(y)).toBeLessThanOrEqual(6);
    }
  });
});

describe('axis', () => {
  const span = (from: string, to: string, name: string, most: number) => {
    const [a, b] = [microsOf(from)!, microsOf(to)!];
    return ticks(a, b, zoneClock(name, a, b), most).map((tick) => tick.text);
  };
  it('stands on round local times', () => {
    expect(span('2026-01-01T00:00:00Z', '2026-01-01T10:00:00Z', 'UTC', 6)).toEqual([
      '1 Jan 2026 00:00',
      '02:00',
      '04:00',
      '06:00',
      '08:00',
      '10:00',
    ]);
    expect(span('2025-12-29T00:00:00Z', '2026-01-03T00:00:00Z', 'UTC', 6)).toEqual([
      '29 Dec 2025',
      '30 Dec',
      '31 Dec',
      '1 Jan 2026',
      '2 Jan',
      '3 Jan',
    ]);
    expect(span('2026-01-10T00:00:00Z', '2026-07-10T00:00:00Z', 'Asia/Kolkata', 9)).toEqual([
      '1 Feb 2026',
      '1 Mar',
      '1 Apr',
      '1 May',
      '1 Jun',
      '1 Jul',
    ]);
  });
  it('keeps to local midnights over a change of the clock', () => {
    const [from, to] = [microsOf('2026-03-27T12:00:00Z')!, microsOf('2026-03-31T12:00:00Z')!];
    const zone = zoneClock('Europe/Paris', from, to);
    expect(ticks(from, to, zone, 5).map((tick) => zone.time(tick.us))).toEqual([
      '2026-03-28 00:00 +01:00',
      '2026-03-29 00:00 +01:00',
      '2026-03-30 00:00 +02:00',
      '2026-03-31 00:00 +02:00',
    ]);
    expect(ticks(from, to, zone, 8).map((tick) => tick.text.slice(-5))).toEqual([
      '00:00',
      '12:00',
      '00:00',
      '12:00',
      '00:00',
      '12:00',
      '00:00',
      '12:00',
    ]);
  });
});
