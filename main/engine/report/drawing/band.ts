import type { Bins } from './bins.ts';
import { type Area, hatch, mm, skyline } from './paths.ts';

export const colours = {
  sentBackground: '#1d4f7c',
  sentForeground: '#93b8d8',
  receivedBackground: '#2c6a5b',
  receivedForeground: '#a3cdbf',
  line: '#3c434c',
  grid: '#e3e6ea',
  hatch: '#aab0b8',
} as const;

/** A step with any byte in it is at least this high, so that none disappears. Millimetres. */
const LEAST = 0.18;

export interface Peaks {
  readonly sent: number;
  readonly received: number;
}

function peak(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, value, index) => Math.max(most, value + (b[index] ?? 0)), 0);
}

export function peaksOf(bins: Bins): Peaks {
  return {
    sent: peak(bins.sentForeground, bins.sentBackground),
    received: peak(bins.receivedForeground, bins.receivedBackground),
  };
}

function heights(values: readonly number[], most: number, room: number): number[] {
  return values.map((value) => (value > 0 ? Math.max(LEAST, (value / most) * room) : 0));
}

/** One direction: the whole step in the light tone, and from the line the background part of it in the dark one. */
function direction(
  foreground: readonly number[],
  background: readonly number[],
  most: number,
  room: number,
  at: { readonly x: number; readonly step: number; readonly limit: number; readonly base: number },
  towards: -1 | 1,
  tones: readonly [string, string],
): string {
  if (most === 0) return '';
  const whole = foreground.map((value, index) => value + (background[index] ?? 0));
  const draw = (values: readonly number[], tone: string) => {
    const path = skyline(heights(values, most, room), at, towards);
    return path === '' ? '' : `<path fill="${tone}" d="${path}"/>`;
  };
  return draw(whole, tones[0]) + draw(background, tones[1]);
}

/** Sent above the middle line, received below it, each with the scale of its own peak. */
export function band(bins: Bins, area: Area, millimetresPerUs: number): string {
  const { sent, received } = peaksOf(bins);
  const base = area.y + area.height / 2;
  const room = area.height / 2;
  const at = { x: area.x, step: bins.stepUs * millimetresPerUs, limit: area.x + area.width, base };
  return (
    direction(bins.sentForeground, bins.sentBackground, sent, room, at, -1, [
      colours.sentForeground,
      colours.sentBackground,
    ]) +
    direction(bins.receivedForeground, bins.receivedBackground, received, room, at, 1, [
      colours.receivedForeground,
      colours.receivedBackground,
    ]) +
    `<path stroke="${colours.line}" stroke-width="0.15" fill="none" d="M${mm(area.x)} ${mm(base)}h${mm(area.width)}"/>`
  );
}

/** Hatching over the spans in which nothing is known. */
export function unknown(
  gaps: readonly { readonly fromUs: number; readonly toUs: number }[],
  xOf: (us: number) => number,
  y: number,
  height: number,
): string {
  return gaps
    .map((gap) => {
      const area = { x: xOf(gap.fromUs), y, width: xOf(gap.toUs) - xOf(gap.fromUs), height };
      const lines = `<path stroke="${colours.hatch}" stroke-width="0.18" fill="none" d="${hatch(area, 1.3)}"/>`;
      return `<path fill="#f3f4f6" d="M${mm(area.x)} ${mm(y)}h${mm(area.width)}v${mm(height)}h${mm(-area.width)}Z"/>${lines}`;
    })
    .join('');
}
