import { microsOf } from '../../../shared/base/time.ts';
import { instantOf, offsetsOf } from '../../../shared/base/zone.ts';

/**
 * Local wall-clock text of the phone (`2026-03-01 08:15:00`) as microseconds of UTC in an IANA zone. An hour that the
 * zone has twice is taken the first time. Null where the text is no time or the zone is not known.
 */
export function localMicros(text: string, zone: string): number | null {
  const wall = text.trim();
  // Without a zone of its own the text is read as if it were UTC, which is what a local time is.
  const local = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}$/.test(wall) ? microsOf(wall) : null;
  const offsetAt = offsetsOf(zone);
  return local === null || offsetAt === null ? null : instantOf(local, offsetAt);
}
