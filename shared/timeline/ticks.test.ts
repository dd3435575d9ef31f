import { describe, expect, it } from 'vitest';
import { DAY, HOUR, isoOf, MINUTE, microsOf } from '../base/time.ts';
import { dayStarts, erasOf, roomFor, type Step, stepFor, ticksOf } from './ticks.ts';
import { utc, zoneNamed } from './zones.ts';

const berlin = zoneNamed('Europe/Berlin')!;
const kolkata = zoneNamed('Asia/Kolkata')!;
const at = (iso: string) => microsOf(iso)!;
const clock = (us: number): Step => ({ unit: 'clock', size: us, about: us });
const labels = (from: string, to: string, step: Step, zone = berlin) =>
  ticksOf({ fromUs: at(from), toUs: at(to) }, step, zone).map((tick) => tick.label);

describe('ticks', () => {
  it('stand on round wall-clock times of a zone that is half an hour off', () => {
    const ticks = ticksOf({ fromUs: at('2026-03-01T00:00Z'), toUs: at('2026-03-01T12:00Z') }, clock(3 * HOUR), kolkata);
    expect(ticks.map((tick) => tick.label)).toEqual(['06:00', '09:00', '12:00', '15:00']);
    expect(isoOf(ticks[0]!.us)).toBe('2026-03-01T00:30:00.000000Z');
  });

  it('leave out the hour that a clock skips in spring', () => {
    expect(labels('2026-03-28T23:00Z', '2026-03-29T04:00Z', clock(HOUR))).toEqual([
      '00:00',
      '01:00',
      '03:00',
      '04:00',
      '05:00',
      '06:00',
    ]);
  });

  it('name twice the hour that a clock shows twice in autumn', () => {
    expect(labels('2026-10-24T22:00Z', '2026-10-25T03:00Z', clock(HOUR))).toEqual([
      '00:00',
      '01:00',
      '02:00',
      '02:00',
      '03:00',
      '04:00',
    ]);
  });

  it('stay on round hours after a change when the step is long', () => {
    expect(labels('2026-03-28T17:00Z', '2026-03-30T04:00Z', clock(6 * HOUR))).toEqual([
      '18:00',
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
      '06:00',
    ]);
    expect(labels('2026-10-24T16:00Z', '2026-10-26T05:00Z', clock(6 * HOUR))).toEqual([
      '18:00',
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
      '06:00',
    ]);
  });

  it('begin days at local midnight, 23 and 25 hours apart where the clock changes', () => {
    const spring = dayStarts({ fromUs: at('2026-03-28T00:00Z'), toUs: at('2026-03-31T00:00Z') }, berlin);
    expect(spring.map((us, i) => (i === 0 ? 0 : (us - spring[i - 1]!) / HOUR))).toEqual([0, 23, 24]);
    const autumn = dayStarts({ fromUs: at('2026-10-23T23:00Z'), toUs: at('2026-10-27T00:00Z') }, berlin);
    expect(autumn.map((us, i) => (i === 0 ? 0 : (us - autumn[i - 1]!) / HOUR))).toEqual([0, 25, 24]);
  });

  it('follow the calendar for weeks, months and years', () => {
    expect(labels('2026-02-27T00:00Z', '2026-03-20T00:00Z', { unit: 'day', size: 7, about: 7 * DAY }, utc)).toEqual([
      'Mon 2 Mar',
      'Mon 9 Mar',
      'Mon 16 Mar',
    ]);
    expect(labels('2026-01-15T00:00Z', '2026-05-02T00:00Z', { unit: 'month', size: 1, about: 30 * DAY }, utc)).toEqual([
      'Feb',
      'Mar',
      'Apr',
      'May',
    ]);
    expect(labels('2019-06-01T00:00Z', '2027-01-02T00:00Z', { unit: 'year', size: 2, about: 730 * DAY }, utc)).toEqual([
      '2020',
      '2022',
      '2024',
      '2026',
    ]);
  });

  it('cross from the years before 1970 without a slip', () => {
    expect(labels('1969-12-31T22:00Z', '1970-01-01T02:00Z', clock(2 * HOUR), utc)).toEqual(['22:00', '00:00', '02:00']);
  });

  it('are never nearer than asked, from seconds to decades', () => {
    for (const span of [10e6, 90e6, HOUR, 5 * HOUR, DAY, 9 * DAY, 60 * DAY, 400 * DAY, 9000 * DAY]) {
      const fromUs = at('2001-09-05T01:46:40Z');
      const scale = 1000 / span;
      const step = stepFor(scale, 1);
      const ticks = ticksOf({ fromUs, toUs: fromUs + span }, step, berlin);
      expect(ticks.length).toBeGreaterThan(0);
      // A month of 28 days, or a day that a clock cut short, may stand a little nearer.
      for (let i = 1; i < ticks.length; i += 1)
        expect((ticks[i]!.us - ticks[i - 1]!.us) * scale).toBeGreaterThan(roomFor(step) * 0.9);
    }
  });
});

describe('eras', () => {
  it('name the day above clock times, cut to the window', () => {
    const view = { fromUs: at('2026-03-28T20:00Z'), toUs: at('2026-03-29T10:00Z') };
    const eras = erasOf(view, clock(30 * MINUTE), berlin);
    expect(eras.map((era) => era.labels[0])).toEqual(['Sat 28 March 2026', 'Sun 29 March 2026']);
    expect(eras[0]!.fromUs).toBe(view.fromUs);
    expect(isoOf(eras[1]!.fromUs)).toBe('2026-03-28T23:00:00.000000Z');
  });
});
