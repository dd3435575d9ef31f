import { DAY, type Micros } from '../../shared/base/time.ts';
import { months } from '../../shared/timeline/formats.ts';
import type { Zone } from '../../shared/timeline/zones.ts';

export type TypedTime = { readonly us: Micros } | { readonly problem: string };

const example = 'Write a time as 2026-03-01 or 2026-03-01 14:30 or 1 March 2026 14:30:05.';

/**
 * Reads what a person typed as a time of the zone's wall clock. A day without a time is its first moment; for the end
 * of a stretch (`end`) it is its last, so that "1 March to 3 March" holds all of the 3rd. A trailing `Z` or `UTC` reads it as UTC.
 */
export function readTyped(text: string, zone: Zone, end: 'from' | 'to'): TypedTime {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed === '') return { problem: example };
  const universal = /\s?(?:Z|UTC)$/i.test(trimmed);
  const words = trimmed.replace(/\s?(?:Z|UTC)$/i, '');
  const found = isoDay(words) ?? wordyDay(words);
  if (!found) return { problem: example };
  const { year, month, day, clock } = found;
  const date = new Date(Date.UTC(year, month, day));
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) {
    return { problem: `${months[month] ?? 'That month'} ${year} has no day ${day}.` };
  }
  const time = readClock(clock);
  if (time === null) return { problem: `“${clock}” is not a time of the day.` };
  const local = date.getTime() * 1000 + (time === 'none' ? (end === 'to' ? DAY : 0) : time);
  return { us: universal ? local : zone.instantOf(local) };
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
}

function isoDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ,]+(.*))?$/.exec(text);
  if (!match) return null;
  const month = Number(match[2]) - 1;
  if (month < 0 || month > 11) return null;
  return { year: Number(match[1]), month, day: Number(match[3]), clock: match[4] ?? '' };
}

function wordyDay(text: string): Day | null {
  const match = /^(?:[A-Za-z]{3,9},? )?(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4})(?:[ ,]+(.*))?$/.exec(text);
  if (!match) return null;
  const name = match[2]!.toLowerCase();
  const month = months.findIndex((m) => m.toLowerCase().startsWith(name));
  return month < 0 ? null : { year: Number(match[3]), month, day: Number(match[1]), clock: match[4] ?? '' };
}

function readClock(text: string): Micros | 'none' | null {
  if (text.trim() === '') return 'none';
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text.trim());
  if (!match) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return null;
  return ((hour * 60 + minute) * 60 + second) * 1_000_000 + Number((match[4] ?? '').padEnd(6, '0'));
}
