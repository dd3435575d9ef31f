import { MINUTE, type Micros } from '../../../../../shared/base/time.ts';

/** Tells the minute of the day (0 to 1439) and the day in an IANA zone; null for a zone that this program does not know. */
export function clockOf(zone: string): ((us: Micros) => { minute: number; day: string }) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return null;
  }
  return (us) => {
    const parts: Record<string, string> = {};
    for (const part of format.formatToParts(Math.floor(us / 1000))) parts[part.type] = part.value;
    return { minute: Number(parts.hour) * 60 + Number(parts.minute), day: `${parts.year}-${parts.month}-${parts.day}` };
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
