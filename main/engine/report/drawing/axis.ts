import { DAY, MINUTE } from '../../../../shared/base/time.ts';
import type { Zone } from '../zone.ts';

export interface Tick {
  readonly us: number;
  /** Empty for a tick without words. */
  readonly text: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function parts(us: number, zone: Zone): { year: number; month: number; day: number; time: string } {
  const [year = 0, month = 1, day = 1] = zone.day(us).split('-').map(Number);
  return { year, month, day, time: zone.time(us).slice(11, 16) };
}

/** `2 Mar`, with the year where it is new. */
function dayText(us: number, zone: Zone, before: number | null): string {
  const { year, month, day } = parts(us, zone);
  const named = before === null || parts(before, zone).year !== year;
  return `${day} ${MONTHS[month - 1]}${named ? ` ${year}` : ''}`;
}

function days(fromUs: number, toUs: number, zone: Zone): number[] {
  const all: number[] = [];
  for (let us = zone.midnight(fromUs); us <= toUs; us = zone.midnight(us + DAY + DAY / 2))
    if (us >= fromUs) all.push(us);
  return all;
}

const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12];
/** Minutes: what was watched live lasts for minutes or hours, a history for weeks. */
const MINUTE_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];

/** Every so many minutes of the local clock, also on days that have an hour more or less. */
function minuteTicks(fromUs: number, toUs: number, zone: Zone, minutes: number): Tick[] {
  const all: Tick[] = [];
  for (let day = zone.midnight(fromUs); day <= toUs; day = zone.midnight(day + DAY + DAY / 2)) {
    for (let minute = 0; minute < 1440; minute += minutes) {
      const guess = day + minute * MINUTE;
      const us = guess + zone.offsetAt(day) - zone.offsetAt(guess);
      if (us < fromUs || us > toUs) continue;
      const { time } = parts(us, zone);
      all.push({ us, text: time === '00:00' || all.length === 0 ? `${dayText(us, zone, null)} ${time}` : time });
    }
  }
  return all;
}

/** Ticks at round local times: hours, days, or first days of months; at most `most` of them. */
export function ticks(fromUs: number, toUs: number, zone: Zone, most: number): Tick[] {
  const span = toUs - fromUs;
  const minutes = MINUTE_STEPS.find((step) => span / (step * MINUTE) <= most);
  if (minutes !== undefined) return minuteTicks(fromUs, toUs, zone, minutes);
  const midnights = days(fromUs, toUs, zone);
  const step = DAY_STEPS.find((one) => midnights.length / one <= most);
  const chosen =
    step !== undefined
      ? midnights.filter(
          (us) => step === 1 || Math.round((us + zone.offsetAt(us)) / DAY) % step === (step >= 7 ? 4 : 0),
        )
      : monthStarts(midnights, zone, most);
  return chosen.map((us, index) => ({ us, text: dayText(us, zone, index === 0 ? null : chosen[index - 1]!) }));
}

function monthStarts(midnights: readonly number[], zone: Zone, most: number): number[] {
  const firsts = midnights.filter((us) => parts(us, zone).day === 1);
  const step = MONTH_STEPS.find((one) => firsts.length / one <= most) ?? 12;
  return firsts.filter((us) => (parts(us, zone).month - 1) % step === 0);
}
