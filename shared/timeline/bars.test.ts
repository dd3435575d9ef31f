import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../base/time.ts';
import { type Bars, emptyBars, fillBars } from './bars.ts';
import { emptyColumns, laneWith, push, SYNTHETIC_START as start, syntheticWindow } from './fixtures/synthetic.ts';
import { rateOf, seriesOf } from './lane-data.ts';
import { timeScale } from './time-scale.ts';

function sum(cell: Float64Array, count: number): number {
  return cell.subarray(0, count).reduce((a, b) => a + b, 0);
}

function draw(lane: ReturnType<typeof laneWith>, fromUs: number, toUs: number, width: number, dpr = 1): Bars {
  const bars = emptyBars(16);
  fillBars(bars, seriesOf(lane), timeScale({ fromUs, toUs }, 200, width), dpr, fromUs, toUs);
  return bars;
}

describe('blocks on the screen', () => {
  const window = syntheticWindow({ lanes: 3, days: 60 });

  it.each([10 * DAY, 60 * DAY, 400 * DAY, 5000 * DAY])('hold exactly the bytes of the data over %i µs', (span) => {
    for (const lane of window.lanes) {
      const bars = draw(lane, start, start + Math.max(span, 60 * DAY), 900);
      expect(sum(bars.sent, bars.count)).toBe(lane.sent);
      expect(sum(bars.received, bars.count)).toBe(lane.received);
      expect(sum(bars.sentBackground, bars.count)).toBe(lane.sentBackground);
      expect(sum(bars.receivedBackground, bars.count)).toBe(lane.receivedBackground);
    }
  });

  it('are as wide as a two-hour bucket at any zoom, to half a device pixel on either edge', () => {
    const columns = emptyColumns();
    push(columns, start + 5 * HOUR, start + 7 * HOUR, 1000);
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 2000, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (hours, back) => {
          const fromUs = start + (5 - back) * HOUR;
          const toUs = fromUs + (hours + 8) * HOUR;
          const bars = draw(laneWith('a', columns), fromUs, toUs, 1000, 2);
          const truth = (2 / (hours + 8)) * 2000;
          expect(bars.count).toBe(1);
          const drawn = bars.x1[0]! - bars.x0[0]!;
          if (truth >= 1) expect(Math.abs(drawn - truth)).toBeLessThanOrEqual(1);
          else expect(drawn).toBe(1);
        },
      ),
    );
  });

  it('share the edge of their neighbours, so that nothing overlaps and nothing gapes', () => {
    const columns = emptyColumns();
    for (let n = 0; n < 200; n += 1) push(columns, start + n * 2 * HOUR, start + (n + 1) * 2 * HOUR, 10);
    const bars = draw(laneWith('a', columns), start, start + 400 * HOUR, 777);
    for (let i = 1; i < bars.count; i += 1) expect(bars.x0[i]).toBe(bars.x1[i - 1]);
  });

  it('never lie side by side where they were merged into one pixel', () => {
    const bars = draw(window.lanes[0]!, start, start + 5000 * DAY, 900);
    const columns = new Set(bars.x0.subarray(0, bars.count));
    expect(columns.size).toBe(bars.count);
    expect([...bars.merged.subarray(0, bars.count)].every((flag) => flag === 1)).toBe(true);
  });

  it('keep the highest of what they merge, and draw the sum as an area', () => {
    const columns = emptyColumns();
    push(columns, start, start + 2 * HOUR, 100);
    push(columns, start + 2 * HOUR, start + 4 * HOUR, 50_000);
    push(columns, start + 4 * HOUR, start + 6 * HOUR, 300);
    const span = 1000 * DAY;
    const bars = draw(laneWith('a', columns), start, start + span, 100);
    expect(bars.count).toBe(1);
    expect(bars.peakSent[0]).toBe(25_000);
    expect(bars.sent[0]).toBe(50_400);
    expect(bars.us[0]).toBeCloseTo(span / 100, 0);
    expect(rateOf(bars.sent[0]!, bars.us[0]!) * (bars.us[0]! / HOUR)).toBeCloseTo(50_400, 6);
  });

  it('keep the highest that the engine merged', () => {
    const columns = { ...emptyColumns(), peakSent: [9000], peakReceived: [1] };
    push(columns, start, start + 4 * HOUR, 4000);
    const bars = draw(laneWith('a', columns), start, start + DAY, 1000);
    expect(bars.peakSent[0]).toBe(9000);
  });

  it('regroup nothing while the picture is moved by whole pixels', () => {
    const span = 4000 * DAY;
    const pixel = span / 800;
    const lane = window.lanes[1]!;
    const before = draw(lane, start - 100 * pixel, start - 100 * pixel + span, 800);
    const after = draw(lane, start - 117 * pixel, start - 117 * pixel + span, 800);
    expect(after.count).toBe(before.count);
    for (let i = 0; i < before.count; i += 1) {
      expect(after.x0[i]! - before.x0[i]!).toBe(17);
      expect(after.sent[i]).toBe(before.sent[i]);
    }
  });

  it('are cut at the edges of the window on the screen, never in their bytes', () => {
    const columns = emptyColumns();
    push(columns, start - HOUR, start + HOUR, 700);
    const bars = draw(laneWith('a', columns), start, start + 10 * HOUR, 1000);
    expect([bars.x0[0], bars.x1[0], bars.sent[0]]).toEqual([200, 300, 700]);
  });

  it('add the rates of buckets of different lengths that lie over one another', () => {
    const columns = emptyColumns();
    push(columns, start, start + 2 * HOUR, 2000);
    push(columns, start + HOUR, start + 2 * HOUR, 500);
    const bars = draw(laneWith('a', columns), start, start + 10 * HOUR, 1000);
    expect(bars.count).toBe(2);
    expect(rateOf(bars.sent[0]!, bars.us[0]!)).toBeCloseTo(1000, 6);
    expect(rateOf(bars.sent[1]!, bars.us[1]!)).toBeCloseTo(1500, 6);
    expect(sum(bars.sent, 2)).toBeCloseTo(2500, 6);
  });

  it('keep sums and peaks of overlapping buckets that are narrower than a pixel', () => {
    const columns = emptyColumns();
    for (let n = 0; n < 500; n += 1) {
      push(columns, start + n * HOUR, start + (n + 1) * HOUR + 30 * MINUTE, 150);
    }
    const lane = laneWith('a', columns);
    const bars = draw(lane, start - 2000 * DAY, start + 2000 * DAY, 1000);
    expect(sum(bars.sent, bars.count)).toBeCloseTo(lane.sent, 3);
    expect(Math.max(...bars.peakSent.subarray(0, bars.count))).toBeCloseTo(200, 6);
  });
});
