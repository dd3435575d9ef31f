import type { StatementSource } from '../../model/enricher.ts';

const MICROS_PER_DAY = 86_400_000_000;

/** Dates of sources in milliseconds: few, and asked for with every address. */
const days = new Map<string, number>();

function dayOf(date: string): number {
  let day = days.get(date);
  if (day === undefined) {
    day = Date.parse(`${date}T00:00:00Z`);
    days.set(date, day);
  }
  return day;
}

/**
 * How many days lie between the date of a source's data and a contact (`atUs`, microseconds UTC). Without a time of contact (null) the
 * newest data have the smallest number.
 */
export function daysApart({ date }: StatementSource, atUs: number | null): number {
  const day = dayOf(date);
  if (Number.isNaN(day)) return Number.POSITIVE_INFINITY;
  return atUs === null ? -day / 86_400_000 : Math.abs(day * 1000 - atUs) / MICROS_PER_DAY;
}
