import { DAY, type Micros } from '../../../shared/base/time.ts';
import { instantOf, offsetDigits, offsetsOf, sinceMidnight } from '../../../shared/base/zone.ts';

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

/** Builds the clock of a zone that `knownZone` accepted, for texts about the given span. */
export function zoneClock(name: string, fromUs: Micros, toUs: Micros): Zone {
  const offsetAt = offsetsOf(name);
  if (!offsetAt) throw new RangeError(`The zone ${name} is not known.`);
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
      return constant ? text : `${text} ${offsetDigits(offsetAt(us))}`;
    },
    day: (us) => wall(us).slice(0, 10),
    label: constant
      ? name === 'UTC'
        ? 'UTC'
        : `${name} (UTC${offsetDigits(first)})`
      : `${name} (offset from UTC written with each time)`,
    midnight(us) {
      const local = us + offsetAt(us);
      return instantOf(local - sinceMidnight(local), offsetAt);
    },
  };
}
