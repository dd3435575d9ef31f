import { isoOf, MINUTE, type Micros } from '../../../../../shared/base/time.ts';
import { offsetsOf, sinceMidnight } from '../../../../../shared/base/zone.ts';

/** Tells the minute of the day (0 to 1439) and the day in an IANA zone; null for a zone that this program does not know. */
export function clockOf(zone: string): ((us: Micros) => { minute: number; day: string }) | null {
  const offsetAt = offsetsOf(zone);
  if (!offsetAt) return null;
  return (us) => {
    const local = us + offsetAt(us);
    return { minute: Math.floor(sinceMidnight(local) / MINUTE), day: isoOf(local).slice(0, 10) };
  };
}

/**
 * The night to which an interval belongs, as its local day, when the interval lies wholly between the two hours of
 * one day; else null. An interval that only touches the night is left out, so sums are never too high.
 */
export function nightOf(
  clock: NonNullable<ReturnType<typeof clockOf>>,
  fromUs: Micros,
  toUs: Micros,
  fromHour: number,
  toHour: number,
): string | null {
  if (toUs - fromUs > (toHour - fromHour) * 60 * MINUTE) return null;
  const begin = clock(fromUs);
  const end = clock(toUs - 1);
  if (begin.day !== end.day) return null;
  return begin.minute >= fromHour * 60 && end.minute < toHour * 60 ? begin.day : null;
}
