import { humanBytes } from '../../../shared/base/bytes.ts';
import { grouped } from '../../../shared/base/grouped.ts';

export { grouped };

/** Bytes for reading, `1.24 GB`, with a space that never breaks. */
export function bytes(value: number): string {
  return humanBytes(value).replace(' ', '\u00a0');
}

/** `33.2 %` of the whole; null where there is no whole to compare with. */
export function percent(part: number, whole: number): string | null {
  return whole === 0 ? null : `${((100 * part) / whole).toFixed(1)}\u00a0%`;
}

/** `+2.4 ms`, `−1 204 ms`: phone minus host. */
export function signedMs(ms: number): string {
  const rounded = Math.abs(ms) >= 100 ? Math.round(Math.abs(ms)) : Number(Math.abs(ms).toFixed(1));
  const sign = rounded === 0 ? '±' : ms < 0 ? '−' : '+';
  const [whole = '0', fraction] = String(rounded).split('.');
  return `${sign}${grouped(Number(whole))}${fraction ? `.${fraction}` : ''}\u00a0ms`;
}

/** Host times are written as they were recorded, in UTC, to the millisecond: `2026-03-01 08:00:12.345 UTC`. */
export function hostTime(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{3})?/.exec(iso);
  return match ? `${match[1]} ${match[2]}${match[3] ?? ''} UTC` : iso;
}

/** The same where the column's title says UTC already. */
export function bareHostTime(iso: string): string {
  return hostTime(iso).replace(/ UTC$/, '');
}

/** `1 entry`, `2 entries`. */
export function count(value: number, one: string, many: string): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}

/** Length of a step or interval in the largest whole unit: `2 hours`, `1 day`, `30 minutes`. */
export function duration(us: number): string {
  const minutes = Math.round(us / 60_000_000);
  if (minutes % 1440 === 0) return count(minutes / 1440, 'day', 'days');
  if (minutes % 60 === 0) return count(minutes / 60, 'hour', 'hours');
  return count(minutes, 'minute', 'minutes');
}
