/** Times are integers in microseconds of UTC; they stay exact in a double until the year 2255. */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

/** ISO 8601 UTC with microseconds, e.g. `2026-03-01T08:00:00.000000Z`. */
export function isoOf(us: Micros): string {
  const ms = Math.floor(us / 1000);
  const rest = us - ms * 1000;
  return `${new Date(ms).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

/**
 * Reads ISO 8601, with or without a fraction of up to six digits; a text without zone is taken as UTC.
 * Returns null for what is not a time.
 */
export function microsOf(text: string): Micros | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, day, clock = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
  const offset = zone === 'Z' ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms = Date.parse(`${day}T${clock}:${seconds}.000${offset}`);
  // A day that the month has not, such as 30 February, is taken for one of the next month by some readers.
  const there = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(there.getTime()) || !there.toISOString().startsWith(day!)) return null;
  return Number.isNaN(ms) ? null : ms * 1000 + Number(fraction.padEnd(6, '0'));
}
