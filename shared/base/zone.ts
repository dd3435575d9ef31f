import { DAY, MINUTE, type Micros } from './time.ts';

/**
 * Local minus UTC at an instant, microseconds. "Local" times are microseconds too: the wall clock read as if it were
 * UTC, so that calendar sums can be done on them.
 */
export type OffsetAt = (us: Micros) => Micros;

const CHUNK = 15 * MINUTE;
const MOST_KEPT = 20_000;
const readers = new Map<string, OffsetAt>();

/** The offsets of an IANA zone; null for a name that this program's tables do not know. Built once a zone. */
export function offsetsOf(zone: string): OffsetAt | null {
  const known = readers.get(zone);
  if (known) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
  const kept = new Map<number, Micros>();
  const offsetOf = (us: Micros): Micros => {
    const found = kept.get(us);
    if (found !== undefined) return found;
    const ms = us / 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
    const offset = (wall - ms) * 1000;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(us, offset);
    return offset;
  };
  // The stretch that was asked for last, with one offset: a day, or a chunk of it.
  let from: Micros = 0;
  let to: Micros = 0;
  let last: Micros = 0;
  const offsetAt: OffsetAt = (us) => {
    if (us >= from && us < to) return last;
    const day = Math.floor(us / DAY) * DAY;
    const atEnd = offsetOf(day + DAY);
    last = offsetOf(day);
    // No zone changes its clock and back within a day.
    if (last === atEnd) [from, to] = [day, day + DAY];
    else {
      // Nor, since 1972, off a quarter of an hour of UTC: one answer serves the chunk.
      from = Math.floor(us / CHUNK) * CHUNK;
      to = from + CHUNK;
      last = offsetOf(from);
    }
    return last;
  };
  readers.set(zone, offsetAt);
  return offsetAt;
}

/** Whether a zone was named and this program knows its rules. */
export function knownZone(name: string | null): name is string {
  return name !== null && name !== '' && offsetsOf(name) !== null;
}

/**
 * The instant at which the wall clock showed `local`. Where it showed it twice, the first; where it was skipped, the
 * instant as far after the change as the skipped time is.
 */
export function instantOf(local: Micros, offsetAt: OffsetAt): Micros {
  const before = local - offsetAt(local - DAY);
  const after = local - offsetAt(local + DAY);
  const first = Math.min(before, after);
  const second = Math.max(before, after);
  if (first + offsetAt(first) === local) return first;
  if (second + offsetAt(second) === local) return second;
  return before;
}

/** Microseconds since the midnight that began the local day, below one day. */
export function sinceMidnight(local: Micros): Micros {
  return ((local % DAY) + DAY) % DAY;
}

/** An offset from UTC in hours and minutes: `+05:30`, `−03:30`, `+00:00`. */
export function offsetDigits(offset: Micros): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '\u2212' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
