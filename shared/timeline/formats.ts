import { humanBytes } from '../base/bytes.ts';
import { grouped } from '../base/grouped.ts';
import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../base/time.ts';
import type { Zone } from './zones.ts';

export const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The wall clock, taken apart. Month counts from 0, as in `Date`. */
export interface LocalParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
}

/** Takes a local time (see `Zone`) apart. */
export function partsOf(local: Micros): LocalParts {
  const date = new Date(Math.floor(local / 1000));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    micros: local - Math.floor(local / SECOND) * SECOND,
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `Tue 3 March 2026` */
export function dayText(p: LocalParts): string {
  return `${weekdays[p.weekday]} ${p.day} ${months[p.month]} ${p.year}`;
}

/** `14:00:00`, with a fraction only where there is one. */
export function clockText(p: LocalParts): string {
  const fraction = p.micros === 0 ? '' : `.${String(p.micros).padStart(6, '0').replace(/0+$/, '')}`;
  return `${two(p.hour)}:${two(p.minute)}:${two(p.second)}${fraction}`;
}

/** `Tue 3 March 2026, 14:00:00`: an instant in full, in the zone. */
export function timeInFull(us: Micros, zone: Zone): string {
  const p = partsOf(zone.localOf(us));
  return `${dayText(p)}, ${clockText(p)}`;
}

/** An interval in full; the day is said once where both ends share it. */
export function rangeInFull(fromUs: Micros, toUs: Micros, zone: Zone): string {
  const a = partsOf(zone.localOf(fromUs));
  const b = partsOf(zone.localOf(toUs));
  if (fromUs === toUs) return timeInFull(fromUs, zone);
  if (dayText(a) === dayText(b)) return `${dayText(a)}, ${clockText(a)} – ${clockText(b)}`;
  return `${dayText(a)}, ${clockText(a)} – ${dayText(b)}, ${clockText(b)}`;
}

/** Short text for fields: `2026-03-01 08:00`, seconds and fraction only where they are not nothing. */
export function fieldText(us: Micros, zone: Zone): string {
  const p = partsOf(zone.localOf(us));
  const day = `${p.year}-${two(p.month + 1)}-${two(p.day)}`;
  return p.second === 0 && p.micros === 0 ? `${day} ${two(p.hour)}:${two(p.minute)}` : `${day} ${clockText(p)}`;
}

/** Two units at most: `45 days`, `2 h`, `1 h 30 min`, `12.5 s`. */
export function durationText(us: Micros): string {
  if (us < SECOND) return `${Number((us / 1000).toPrecision(3))} ms`;
  if (us < MINUTE) return `${Number((us / SECOND).toPrecision(3))} s`;
  const pair = (big: Micros, bigName: string, small: Micros, smallName: string): string => {
    const whole = Math.floor(us / big);
    const rest = Math.round((us - whole * big) / small);
    if (rest * small >= big) return durationText((whole + 1) * big);
    return rest === 0 ? `${whole} ${bigName}` : `${whole} ${bigName} ${rest} ${smallName}`;
  };
  if (us < HOUR) return pair(MINUTE, 'min', SECOND, 's');
  if (us < DAY) return pair(HOUR, 'h', MINUTE, 'min');
  const days = us < 2 * DAY ? 'day' : 'days';
  return us < 14 * DAY ? pair(DAY, days, HOUR, 'h') : `${Math.round(us / DAY)} days`;
}

export { grouped as groupedNumber };

/** `1.24 MB (1 240 112 B)`; below a kilobyte the exact count is enough. */
export function bytesInFull(bytes: number): string {
  return bytes < 1000 ? humanBytes(bytes) : `${humanBytes(bytes)} (${grouped(bytes)} B)`;
}

/** Bytes an hour: `3.40 MB/h`. */
export function rateText(bytesPerHour: number): string {
  return `${humanBytes(bytesPerHour)}/h`;
}

/** A share of a whole in whole per cents; null where there is no whole. Never rounds something to 0 or 100. */
export function shareText(part: number, whole: number): string | null {
  if (whole <= 0) return null;
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return '<1 %';
  if (percent === 100 && part < whole) return '>99 %';
  return `${percent} %`;
}

export { humanBytes };
