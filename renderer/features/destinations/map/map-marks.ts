import { countryName } from '../../../../shared/text/country-names.ts';
import { bytesInFull, groupedNumber } from '../../../../shared/timeline/formats.ts';
import type { DestinationRow } from '../../../../shared/types/destination.ts';

export const measures = ['sent', 'received', 'contacts'] as const;
/** What the area of a circle stands for. */
export type Measure = (typeof measures)[number];

export interface MapMark {
  readonly code: string;
  readonly name: string;
  /** Bytes or contacts; null where no source tells bytes. */
  readonly amount: number | null;
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly radius: number;
  readonly disputed: boolean;
  readonly chosen: boolean;
  /** Where its letters stand; null where there is no room. */
  readonly label: 'inside' | 'right' | 'left' | 'above' | 'below' | null;
  /** All of it in words. */
  readonly said: string;
}

/** The smallest circle, which any contact gets: small territories stay visible and can be hit. */
export const LEAST_RADIUS = 5;
const MOST_RADIUS = 24;
const LETTERS = { width: 17, height: 11 } as const;

/** Area follows the amount; the largest of the map has the full radius. Pixels. */
export function radiusOf(amount: number | null, most: number, full = MOST_RADIUS): number {
  if (amount === null || amount <= 0 || most <= 0) return LEAST_RADIUS;
  return Math.max(LEAST_RADIUS, full * Math.sqrt(amount / most));
}

/** The full radius on a map so wide. */
export function fullRadius(widthPx: number): number {
  return Math.max(14, Math.min(MOST_RADIUS, widthPx / 28));
}

function saidOf(row: DestinationRow, code: string): string {
  const bytes =
    row.sent === null && row.received === null
      ? 'bytes not told by any source'
      : `${row.sent === null ? 'not known' : bytesInFull(row.sent)} sent, ${row.received === null ? 'not known' : bytesInFull(row.received)} received`;
  const contacts = `${groupedNumber(row.contacts)} ${row.contacts === 1 ? 'contact' : 'contacts'}`;
  const disputed =
    row.disputed === 0
      ? ''
      : `; sources disagree about ${row.disputed === 1 ? 'one address' : `${groupedNumber(row.disputed)} addresses`}`;
  return `${countryName(code)} (${code}): ${bytes}, ${contacts}${disputed}`;
}

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const touches = (a: Box, b: Box) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
const around = (x: number, y: number, halfWidth: number, halfHeight = halfWidth): Box => ({
  x0: x - halfWidth,
  y0: y - halfHeight,
  x1: x + halfWidth,
  y1: y + halfHeight,
});

export interface MarksQuestion {
  readonly rows: readonly DestinationRow[];
  readonly measure: Measure;
  readonly chosen: string | null;
  /** Where a country stands, in pixels; null for what the map does not know. */
  readonly at: (code: string) => readonly [x: number, y: number] | null;
  readonly full: number;
}

/** The circles of a map, the largest first so that small ones lie on top; letters where they touch nothing. */
export function marksOf({ rows, measure, chosen, at, full }: MarksQuestion): MapMark[] {
  const most = Math.max(0, ...rows.filter((row) => at(row.key ?? '') !== null).map((row) => row[measure] ?? 0));
  const bare = rows.flatMap((row) => {
    const place = row.key === null ? null : at(row.key);
    if (row.key === null || place === null) return [];
    const amount = row[measure];
    const radius = radiusOf(amount, most, full);
    return [{ row, code: row.key, x: place[0], y: place[1], amount, radius }];
  });
  bare.sort((a, b) => b.radius - a.radius || (a.code < b.code ? -1 : 1));
  const circles = bare.map(({ x, y, radius }) => around(x, y, radius));
  const taken: Box[] = [];
  return bare.map(({ row, code, x, y, amount, radius }, n) => {
    const free = (box: Box) =>
      !taken.some((other) => touches(box, other)) &&
      !circles.some((circle, other) => other !== n && touches(box, circle));
    const beside = radius + LETTERS.width / 2 + 1;
    const over = radius + LETTERS.height / 2 + 1;
    const spots = [
      ['inside', radius >= 10 ? around(x, y, LETTERS.width / 2, LETTERS.height / 2) : null],
      ['right', around(x + beside, y, LETTERS.width / 2, LETTERS.height / 2)],
      ['left', around(x - beside, y, LETTERS.width / 2, LETTERS.height / 2)],
      ['below', around(x, y + over, LETTERS.width / 2, LETTERS.height / 2)],
      ['above', around(x, y - over, LETTERS.width / 2, LETTERS.height / 2)],
    ] as const;
    const spot = spots.find(([, box]) => box !== null && free(box)) ?? null;
    if (spot?.[1]) taken.push(spot[1]);
    return {
      code,
      name: countryName(code),
      amount,
      x,
      y,
      radius,
      disputed: row.disputed > 0,
      chosen: code === chosen,
      label: spot?.[0] ?? null,
      said: saidOf(row, code),
    };
  });
}

/** Where the middle of a label stands, pixels from the middle of its circle. */
export function labelOffset(mark: MapMark): readonly [dx: number, dy: number] {
  const beside = mark.radius + LETTERS.width / 2 + 1;
  const over = mark.radius + LETTERS.height / 2 + 1;
  if (mark.label === 'right') return [beside, 0];
  if (mark.label === 'left') return [-beside, 0];
  if (mark.label === 'above') return [0, -over];
  if (mark.label === 'below') return [0, over];
  return [0, 0];
}

/** Amounts for the legend, rising, each with one figure that counts: the largest that has the smallest circle, and some above it. */
export function legendAmounts(most: number, full = MOST_RADIUS): number[] {
  const round = (value: number) => {
    const step = 10 ** Math.floor(Math.log10(value));
    return Math.max(1, Math.floor(value / step)) * step;
  };
  const least = (most * LEAST_RADIUS ** 2) / full ** 2;
  const values = [least, most / 8, most / 2].filter((value) => value >= 1).map(round);
  return values.filter((value, n) => n === 0 || value > values[n - 1]!);
}
