export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

export interface LocalTime {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** What a clock on the wall of that zone shows. */
export function localOf(us: number, zone: string): LocalTime {
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '' };
  for (const part of formatOf(zone).formatToParts(new Date(Math.floor(us / 1000))))
    if (part.type in parts) parts[part.type as keyof typeof parts] = part.value;
  return parts;
}

/** `yyyy-MM-dd HH:mm:ss`, as Android prints local time. */
export function localText(us: number, zone: string): string {
  const t = localOf(us, zone);
  return `${t.year}-${t.month}-${t.day} ${t.hour}:${t.minute}:${t.second}`;
}

/** Minutes east of UTC at that instant. */
export function offsetMinutes(us: number, zone: string): number {
  const t = localOf(us, zone);
  const shown = Date.UTC(+t.year, +t.month - 1, +t.day, +t.hour, +t.minute, +t.second);
  return Math.round((shown - Math.floor(us / 1_000_000) * 1000) / 60_000);
}

/** `+0530` */
export function offsetText(us: number, zone: string): string {
  const minutes = offsetMinutes(us, zone);
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
