import { humanBytes } from '../../../shared/base/bytes.ts';
import { grouped } from '../../../shared/base/grouped.ts';
import { isoOf, type Micros } from '../../../shared/base/time.ts';
import type { ReadCase, SqlValue } from '../ports/case-handle.ts';

/*
 * What enters a sum: rows that the normaliser counts, each bucket once. Every rule starts from these pieces, so that
 * no two of them count differently.
 */

/**
 * FROM and WHERE of counted intervals joined with their app; rules add conditions with AND. What was watched live is left
 * out: the rules and their limits speak of the phone's own history.
 */
export const countedVolume = `
  FROM volume v
  JOIN series s ON s.id = v.series
  JOIN app a ON a.uid = s.uid
  WHERE v.counted = 1 AND v.superseded = 0 AND s.recorder <> 'live'`;

/** Apps that a person can name: installed, of the system, or known by number only. Not removed ones, not tethering. */
export const nameableApps = `AND a.kind IN ('app', 'system', 'unknown')`;

/** Uids of apps, without the system's own (below 10000 in each user). */
export const appUids = `AND s.uid % 100000 >= 10000`;

/** At most this many events are cited by one finding, the largest first. */
const CITED = 50;

/**
 * Ids under which the program knows the counted intervals that `narrow` leaves (conditions with AND), the largest senders
 * first. `tables` is a WITH that the conditions need.
 */
export async function citedEvents(
  read: ReadCase,
  narrow: string,
  params: readonly SqlValue[],
  tables = '',
): Promise<string[]> {
  const rows = await read.all<{ id: number }>(
    `${tables} SELECT v.id AS id ${countedVolume} AND v.sent > 0 ${narrow} ORDER BY v.sent DESC, v.id LIMIT ${CITED}`,
    params,
  );
  return rows.map((row) => `v${row.id}`);
}

/** `12.4 MB (12 412 345 bytes)`. */
export function figure(bytes: number): string {
  const exact = grouped(bytes);
  return bytes < 1000 ? `${exact} bytes` : `${humanBytes(bytes)} (${exact} bytes)`;
}

/** `2026-03-01 08:00 UTC`. */
export function minuteOf(us: Micros): string {
  return `${isoOf(us).slice(0, 16).replace('T', ' ')} UTC`;
}

/** `1 interval`, `3 intervals`. */
export function count(n: number, one: string): string {
  return `${grouped(n)} ${one}${n === 1 ? '' : 's'}`;
}

/** How a finding names an app: its name, its packages where they differ, its uid. */
export function appName(app: { readonly name: string; readonly packages: string; readonly uid: number }): string {
  const packages = (JSON.parse(app.packages) as string[]).filter((name) => name !== app.name);
  const named = packages.length > 3 ? [`${packages.length} packages`] : packages;
  const inside = app.name === `uid ${app.uid}` ? named : [...named, `uid ${app.uid}`];
  if (inside.length === 0) return app.name;
  return `${app.name} (${inside.join(', ')})`;
}

/** Said by every rule that reads counters. */
export const counterLimits =
  'The figures are bytes that the phone itself counted per app, IP headers included. They do not show content or recipient. The phone spreads what it counts between two readings evenly over the time between them, so bytes near the edge of an interval may belong to its neighbour.';
