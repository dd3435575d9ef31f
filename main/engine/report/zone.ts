import { DAY, MINUTE, type Micros } from '../../../shared/base/time.ts';

/** Wall clock of one IANA zone. Offsets in microseconds, zone minus UTC. */
export interface Zone {
  readonly name: string;
  offsetAt(us: Micros): Micros;
  /** Whether one offset holds over the whole span. */
  readonly constant: boolean;
  /** `2026-03-01 08:00`, with seconds if asked; `2026-03-01 08:00 +01:00` where the offset changes inside the span. */
  time(us: Micros, seconds?: boolean): string;
  /** `2026-03-01`. */
  day(us: Micros): string;
  /** `Asia/Kolkata (UTC+05:30)`; where the offset changes inside the span: `Europe/Paris (offset from UTC written with each time)`. */
  readonly label: string;
  /** UTC instant of the local midnight that begins the local day of `us`. */
  midnight(us: Micros): Micros;
}

export function offsetText(offsetUs: Micros): string {
  const minutes = Math.round(Math.abs(offsetUs) / MINUTE);
  const two = (value: number) => String(value).padStart(2, '0');
  return `UTC${offsetUs < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function offsetReader(name: string): (us: Micros) => Micros {
  if (name === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
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
  // Zones change their offset on quarter hours at most, so one answer a quarter hour is exact.
  const known = new Map<number, Micros>();
  return (us) => {
    const quarter = Math.floor(us / (15 * MINUTE));
    const cached = known.get(quarter);
    if (cached !== undefined) return cached;
    const ms = quarter * 15 * 60_000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
    const offset = (wall - ms) * 1000;
    known.set(quarter, offset);
    return offset;
  };
}

/** Whether this program knows the zone's rules. */
export function knownZone(name: string | null): name is string {
  if (!name) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Builds the clock of a zone that `knownZone` accepted, for texts about the given span. */
export function zoneClock(name: string, fromUs: Micros, toUs: Micros): Zone {
  const offsetAt = offsetReader(name);
  const first = offsetAt(fromUs);
  let constant = true;
  // No zone has kept a change for less than some weeks.
  for (let us = fromUs; us <= toUs && constant; us += 7 * DAY) constant = offsetAt(us) === first;
  constant = constant && offsetAt(toUs) === first;
  const wall = (us: Micros) => new Date(Math.floor((us + offsetAt(us)) / 1000)).toISOString();
  return {
    name,
    offsetAt,
    constant,
    time(us, seconds = false) {
      const text = wall(us)
        .replace('T', ' ')
        .slice(0, seconds ? 19 : 16);
      return constant ? text : `${text} ${offsetText(offsetAt(us)).slice(3)}`;
    },
    day: (us) => wall(us).slice(0, 10),
    label: constant
      ? name === 'UTC'
        ? 'UTC'
        : `${name} (${offsetText(first)})`
      : `${name} (offset from UTC written with each time)`,
    midnight(us) {
      const day = Date.parse(`${wall(us).slice(0, 10)}T00:00:00Z`) * 1000;
      return day - offsetAt(day - offsetAt(us));
    },
  };
}
