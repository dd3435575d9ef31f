import type { ContextMark } from '../types/timeline.ts';
import { type ContextRow, toneOf } from './context-rows.ts';
import type { Frame } from './frame.ts';
import { clip, type Measure, RectList, rect, type Shape, shorten } from './scene.ts';
import type { Theme } from './theme.ts';
import { snap, type TimeScale } from './time-scale.ts';

/** The band of what was going on on the phone: networks by name, screen, starts, clock changes, installs, acquisitions. Without its words at the left. */
export function contextScene(
  frame: Frame,
  rows: readonly ContextRow[],
  scale: TimeScale,
  theme: Theme,
  measure: Measure,
  dpr: number,
): Shape[] {
  if (rows.length === 0) return [];
  const { context: box, unit, contextRow } = frame;
  const inside: Shape[] = [];
  rows.forEach((row, i) => {
    const rowBox = { y: rowTop(frame, i), height: contextRow };
    inside.push(
      ...(row.is === 'marks'
        ? glyphs(row, rowBox, scale, theme, unit)
        : stretches(row, rowBox, scale, theme, measure, unit, dpr)),
    );
  });
  const hair = 1 / dpr;
  return [clip(box, inside), rect(box.x, snap(box.y + box.height, dpr) - hair, box.width, hair, theme.lineStrong)];
}

/** What the lines of the band are, at their left. */
export function contextTitles(frame: Frame, rows: readonly ContextRow[], theme: Theme): Shape[] {
  const { unit } = frame;
  const font = `500 ${11 * unit}px ${theme.font}`;
  return rows.flatMap(({ title }, i): Shape[] =>
    title
      ? [{ is: 'text', text: title, x: 14 * unit, y: rowTop(frame, i) + 12.5 * unit, font, fill: theme.textMid }]
      : [],
  );
}

/** Top of a line of the band. */
export function rowTop(frame: Frame, index: number): number {
  return frame.context.y + 3 * frame.unit + index * frame.contextRow;
}

function stretches(
  row: ContextRow,
  box: { y: number; height: number },
  scale: TimeScale,
  theme: Theme,
  measure: Measure,
  unit: number,
  dpr: number,
): Shape[] {
  const tones = { wifi: theme.wifi, mobile: theme.mobile, vpn: theme.vpn, other: theme.otherNetwork };
  const fills = new Map<string, RectList>();
  const edges = new Map<string, RectList>();
  const texts: Shape[] = [];
  const font = `500 ${10.5 * unit}px ${theme.font}`;
  const right = scale.left + scale.width;
  const height = box.height - 3 * unit;
  let busyUntil = Number.NEGATIVE_INFINITY;
  for (const [i, mark] of row.marks.entries()) {
    const from = scale.x(mark.fromUs);
    const to = scale.x(mark.toUs);
    if (to < scale.left || from > right) continue;
    const next = row.marks[i + 1];
    const x0 = snap(Math.max(from, scale.left - 2), dpr);
    const x1 = Math.max(x0 + 1 / dpr, snap(Math.min(to, right + 2), dpr));
    // Stretches narrower than a pixel that fall on one already painted add nothing to see.
    if (x1 <= busyUntil) continue;
    busyUntil = x1;
    const tone = row.is === 'screen' ? 'screen' : toneOf(mark);
    const colour = tone === 'screen' ? theme.screen : tones[tone];
    listFor(fills, colour).add(x0, box.y, x1 - x0, height);
    // Colour is never the only sign: Wi-Fi is lined below, mobile above, a VPN on both sides.
    if (tone !== 'mobile' && tone !== 'other')
      listFor(edges, colour).add(x0, box.y + height - 2 * unit, x1 - x0, 2 * unit);
    if (tone === 'mobile' || tone === 'vpn') listFor(edges, colour).add(x0, box.y, x1 - x0, 2 * unit);
    if (x1 - x0 > 12 * unit) listFor(edges, colour).add(x0, box.y, 1.5 * unit, height);
    const free = next ? Math.min(x1, scale.x(next.fromUs)) : x1;
    const room = free - Math.max(x0, scale.left) - 9 * unit;
    // A name cut to two letters says nothing: whole, or long enough to be told apart.
    if (row.is === 'network' && room > 0 && (room > 60 * unit || measure(mark.name, font) <= room)) {
      const text = shorten(mark.name, font, room, measure);
      const x = Math.max(x0, scale.left) + 5 * unit;
      if (text) texts.push({ is: 'text', text, x, y: box.y + 10 * unit, font, fill: theme.text });
    }
  }
  return [
    ...[...fills].map(([colour, list]) => list.shape(colour, 0.24)),
    ...[...edges].map(([colour, list]) => list.shape(colour)),
    ...texts,
  ];
}

function listFor(lists: Map<string, RectList>, colour: string): RectList {
  const known = lists.get(colour);
  if (known) return known;
  const made = new RectList();
  lists.set(colour, made);
  return made;
}

/** Marks of one kind that would cover each other are one glyph with their number. */
export interface Cluster {
  readonly kind: ContextMark['kind'];
  readonly x: number;
  readonly marks: readonly ContextMark[];
}

/** Marks of a row that would stand on each other, as one each, in CSS pixels. */
export function clustersOf(row: ContextRow, scale: TimeScale, unit: number): Cluster[] {
  const found: { kind: ContextMark['kind']; x: number; marks: ContextMark[] }[] = [];
  const last = new Map<string, { x: number; marks: ContextMark[] }>();
  for (const mark of row.marks) {
    const x = scale.x(mark.fromUs);
    if (x < scale.left - 10 * unit || x > scale.left + scale.width + 10 * unit) continue;
    const near = last.get(mark.kind);
    if (near && x - near.x < 12 * unit) near.marks.push(mark);
    else {
      const fresh = { kind: mark.kind, x, marks: [mark] };
      found.push(fresh);
      last.set(mark.kind, fresh);
    }
  }
  return found;
}

/** A mark is moved by less than this to stand beside others, and by less for the sake of a number. */
const SHIFTED = 40;
const SHIFTED_BY_NUMBER = 20;

/** Where the marks of a row are drawn: beside one another where several kinds have one moment. `numbered`: with how many there are. */
export function placedClusters(row: ContextRow, scale: TimeScale, unit: number) {
  const clusters = clustersOf(row, scale, unit);
  let taken = Number.NEGATIVE_INFINITY;
  return clusters.map((cluster, i) => {
    const { x: at, marks } = cluster;
    const x = at < taken && taken - at < SHIFTED * unit ? taken : at;
    // In a crowd numbers are left out, so that no mark has to move too far: pointing at one tells it.
    const room = (12 + 5.5 * String(marks.length).length) * unit;
    const next = clusters[i + 1]?.x ?? Number.POSITIVE_INFINITY;
    const numbered = marks.length > 1 && x === at && x + room - next < SHIFTED_BY_NUMBER * unit;
    taken = x + (numbered ? room : 10 * unit);
    return { cluster, x, numbered };
  });
}

function glyphs(
  row: ContextRow,
  box: { y: number; height: number },
  scale: TimeScale,
  theme: Theme,
  unit: number,
): Shape[] {
  const shapes: Shape[] = [];
  const y = box.y + box.height / 2 - unit;
  const r = 4.2 * unit;
  for (const { cluster, x, numbered } of placedClusters(row, scale, unit)) {
    const { kind, marks } = cluster;
    // How far the moment may lie off, where that is wider than a pixel.
    const reach = (marks[0]?.errorUs ?? 0) * scale.pxPerUs;
    if (marks.length === 1 && reach >= 1) {
      const [left, width, height] = [scale.x(marks[0]!.fromUs) - reach, 2 * reach, 1.5 * unit];
      const stroke = [
        left,
        y - height / 2,
        width,
        height,
        left,
        y - r / 2,
        unit,
        r,
        left + width - unit,
        y - r / 2,
        unit,
        r,
      ];
      shapes.push({ is: 'rects', paint: theme.mark, xywh: stroke, count: 3, opacity: 0.6 });
    }
    shapes.push(glyph(kind, x, y, r, theme));
    if (numbered) {
      const font = `500 ${9.5 * unit}px ${theme.font}`;
      shapes.push({
        is: 'text',
        text: String(marks.length),
        x: x + 6 * unit,
        y: y + 3.5 * unit,
        font,
        fill: theme.textMid,
      });
    }
  }
  return shapes;
}

/** Each kind has a shape of its own: start ▲, clock ◆, install ✚, acquisition ▼, permission ■ (small). */
export function glyph(kind: ContextMark['kind'], x: number, y: number, r: number, theme: Theme): Shape {
  if (kind === 'boot')
    return { is: 'poly', points: [x, y - r, x + r, y + r * 0.8, x - r, y + r * 0.8], fill: theme.mark, closed: true };
  if (kind === 'acquisition') {
    return { is: 'poly', points: [x - r, y - r, x + r, y - r, x, y + r], fill: theme.accent, closed: true };
  }
  if (kind === 'clock')
    return { is: 'poly', points: [x, y - r, x + r, y, x, y + r, x - r, y], fill: theme.warn, closed: true };
  if (kind === 'permission') {
    const half = r * 0.55;
    const square = [x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half];
    return { is: 'poly', points: square, fill: theme.textMid, closed: true };
  }
  const t = r * 0.34;
  const points = [-t, -r, t, -r, t, -t, r, -t, r, t, t, t, t, r, -t, r, -t, t, -r, t, -r, -t, -t, -t];
  return { is: 'poly', points: points.map((p, i) => p + (i % 2 === 0 ? x : y)), fill: theme.mark, closed: true };
}
