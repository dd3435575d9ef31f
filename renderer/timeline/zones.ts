import { DAY, MINUTE, type Micros } from '../../shared/base/time.ts';

/**
 * A time zone by its IANA name. "Local" times are microseconds too: the wall clock read as if it were UTC, so that
 * calendar sums can be done on them.
 */
export interface Zone {
  readonly name: string;
  /** Local minus UTC at that instant. */
  offsetAt(us: Micros): Micros;
  localOf(us: Micros): Micros;
  /**
   * The instant at which the wall clock showed `local`. Where it showed it twice, the first; where it was skipped,
   * the instant as far after the change as the skipped time is.
   */
  instantOf(local: Micros): Micros;
}

const CHUNK = 15 * MINUTE;
const MOST_CACHED = 20_000;

/** Universal time: the offset is always nothing. */
export const utc: Zone = { name: 'UTC', offsetAt: () => 0, localOf: (us) => us, instantOf: (local) => local };

const zones = new Map<string, Zone>();

/** The zone of that name, or null where this program's tables do not know it. */
export function zoneNamed(name: string): Zone | null {
  if (name === 'UTC' || name === 'Etc/UTC' || name === 'GMT') return utc;
  const known = zones.get(name);
  if (known) return known;
  const made = makeZone(name);
  if (made) zones.set(name, made);
  return made;
}

function makeZone(name: string): Zone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  // No zone has ever changed its clock off a quarter of an hour of UTC since 1972, so one answer serves the chunk.
  const cache = new Map<number, Micros>();
  const offsetAt = (us: Micros): Micros => {
    const chunk = Math.floor(us / CHUNK);
    const found = cache.get(chunk);
    if (found !== undefined) return found;
    const part = format.formatToParts(new Date((chunk * CHUNK) / 1000)).find((p) => p.type === 'timeZoneName');
    const offset = offsetFrom(part?.value ?? 'GMT');
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(chunk, offset);
    return offset;
  };
  const instantOf = (local: Micros): Micros => {
    const before = local - offsetAt(local - DAY);
    const after = local - offsetAt(local + DAY);
    const first = Math.min(before, after);
    const second = Math.max(before, after);
    if (first + offsetAt(first) === local) return first;
    if (second + offsetAt(second) === local) return second;
    return before;
  };
  return { name, offsetAt, localOf: (us) => us + offsetAt(us), instantOf };
}

/** Reads `GMT+05:30`, `GMT-03:00`, `GMT`, `GMT+05:53:28`. */
function offsetFrom(text: string): Micros {
  const match = /([+-])(\d{1,2}):?(\d{2})?(?::(\d{2}))?/.exec(text.replace('\u2212', '-'));
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -seconds : seconds) * 1_000_000;
}

/** `UTC+05:30`, `UTC−03:00`, `UTC`. */
export function offsetText(offset: Micros): string {
  if (offset === 0) return 'UTC';
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  const two = (n: number) => String(n).padStart(2, '0');
  return `UTC${offset < 0 ? '\u2212' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The zone written out for a stretch of time: `Asia/Kolkata (UTC+05:30)`, with both offsets where the clock changes. */
export function zoneText(zone: Zone, fromUs: Micros, toUs: Micros): string {
  if (zone.name === 'UTC') return 'UTC';
  const first = offsetText(zone.offsetAt(fromUs));
  const last = offsetText(zone.offsetAt(toUs));
  return first === last ? `${zone.name} (${first})` : `${zone.name} (${first}, later ${last})`;
}
