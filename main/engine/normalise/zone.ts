/**
 * Local wall-clock text of the phone (`2026-03-01 08:15:00`) as microseconds of UTC in an IANA zone. An hour that the
 * zone has twice is taken the first time. Null where the text is no time or the zone is not known.
 */
export function localMicros(text: string, zone: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  try {
    let guess = asUtc - offsetMs(asUtc, zone);
    guess = asUtc - offsetMs(guess, zone);
    return guess * 1000;
  } catch {
    return null;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Zone minus UTC at an instant, milliseconds. Throws RangeError for a zone that does not exist. */
export function offsetMs(instantMs: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
  const local = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
  return local - Math.floor(instantMs / 1000) * 1000;
}
