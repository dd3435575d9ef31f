import type { Micros } from '../base/time.ts';
import { instantOf, offsetDigits, offsetsOf } from '../base/zone.ts';

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
  const offsetAt = offsetsOf(name);
  if (!offsetAt) return null;
  return {
    name,
    offsetAt,
    localOf: (us) => us + offsetAt(us),
    instantOf: (local) => instantOf(local, offsetAt),
  };
}

const offsetTexts = new Map<Micros, string>([[0, 'UTC']]);

/** `UTC+05:30`, `UTC−03:00`, `UTC`. */
export function offsetText(offset: Micros): string {
  const known = offsetTexts.get(offset);
  if (known !== undefined) return known;
  const made = `UTC${offsetDigits(offset)}`;
  offsetTexts.set(offset, made);
  return made;
}

/** The zone written out for a stretch of time: `Asia/Kolkata (UTC+05:30)`, with both offsets where the clock changes. */
export function zoneText(zone: Zone, fromUs: Micros, toUs: Micros): string {
  if (zone.name === 'UTC') return 'UTC';
  const first = offsetText(zone.offsetAt(fromUs));
  const last = offsetText(zone.offsetAt(toUs));
  return first === last ? `${zone.name} (${first})` : `${zone.name} (${first}, later ${last})`;
}
