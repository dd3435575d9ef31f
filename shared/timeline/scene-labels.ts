import type { LaneView } from '../types/timeline.ts';
import { type Rail, railBox } from './contact-rail.ts';
import { groupedNumber, humanBytes, rateText, shareText } from './formats.ts';
import type { Frame } from './frame.ts';
import { type LaneLayout, type Row, rowsInSight } from './lane-layout.ts';
import type { Sum } from './picture.ts';
import { clip, type Measure, RectList, rect, type Shape, shorten } from './scene.ts';
import { type HeightRule, laneBox } from './scene-lanes.ts';
import type { Theme } from './theme.ts';
import { snap } from './time-scale.ts';

export interface LabelsPicture {
  readonly frame: Frame;
  readonly layout: LaneLayout;
  readonly scroll: number;
  readonly heights: HeightRule;
  readonly rail: Rail;
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
  laneOf(key: string): LaneView | null;
  /** What the lane sent and received in the window. */
  sumOf(key: string): Sum;
  /** How many contacts it had in the window. */
  contactsOf(key: string): number;
}

/** The words of one lane. */
export interface RowLabel {
  readonly row: Row;
  readonly shapes: readonly Shape[];
}

/** The fixed column: name, detail, bytes each way in the window, and the share of them in the background. */
export function labelsScene(picture: LabelsPicture): Shape[] {
  const { frame, layout, theme } = picture;
  const labels = rowsInSight(layout, picture.scroll).map((row) => rowLabel(picture, row));
  return [rect(0, frame.lanes.y, frame.left, frame.lanes.height, theme.groundLabel), ...placed(picture, labels, [])];
}

/** Some rows of the column anew, over what is painted of it; and of other rows some `figures`. */
export function labelsAnew(picture: LabelsPicture, labels: readonly RowLabel[], figures: readonly RowLabel[]): Shape[] {
  if (labels.length + figures.length === 0) return [];
  const { frame, theme, dpr } = picture;
  // On the grid, so that a row takes nothing of its neighbours' lines.
  const ground = (row: Row) => {
    const y = snap(frame.lanes.y + row.y, dpr);
    const bottom = snap(frame.lanes.y + row.y + row.height, dpr);
    return rect(0, y, snap(frame.left, dpr), bottom - y, theme.groundLabel);
  };
  const under = labels.map(({ row }) => ({ row, shapes: [ground(row)] }));
  return placed(picture, labels, [...under, ...figures]);
}

/** The words of one row, where it stands. */
export function rowLabel(picture: LabelsPicture, row: Row): RowLabel {
  const y = picture.frame.lanes.y + row.y;
  if (row.folded) return { row, shapes: foldedLabel(picture, row, y) };
  const shapes = label(picture, row.key, y, row.height, row.pinned);
  shapes.push(...scaleOf(picture, row.key, y, row.height));
  return { row, shapes };
}

/** Free lanes where the pinned ones leave room, the pinned ones over them; `under` lies below all. */
function placed(picture: LabelsPicture, labels: readonly RowLabel[], under: readonly RowLabel[]): Shape[] {
  const { frame, layout, theme, dpr } = picture;
  const { lanes, left } = frame;
  const hair = 1 / dpr;
  const lines = new RectList();
  for (const { row } of labels) {
    const bottom = snap(lanes.y + row.y + row.height, dpr) - hair;
    if (row.pinned || bottom > lanes.y + layout.pinnedHeight) lines.add(0, bottom, left, hair);
  }
  const shapesOf = (pinned: boolean) =>
    [...under, ...labels].filter(({ row }) => row.pinned === pinned).flatMap(({ shapes }) => shapes);
  const top = snap(lanes.y + layout.pinnedHeight, dpr);
  const box = { x: 0, y: top, width: snap(left, dpr), height: snap(lanes.y + lanes.height, dpr) - top };
  return [{ ...clip(box, shapesOf(false)), apart: true }, ...shapesOf(true), lines.shape(theme.line)];
}

/** The width of a figure, letter by letter: it is another one with every frame, and its letters are always the same few. */
export function figureWidth(text: string, font: string, measure: Measure): number {
  let width = 0;
  for (const letter of text) width += measure(letter, font);
  return width;
}

function label(picture: LabelsPicture, key: string, y: number, height: number, pinned: boolean): Shape[] {
  const { frame, theme, measure } = picture;
  const { unit, labelWidth } = frame;
  const lane = picture.laneOf(key);
  if (!lane) return [];
  const sum = picture.sumOf(key);
  const single = height < 40 * unit;
  const nameFont = `500 ${12.5 * unit}px ${theme.font}`;
  const smallFont = `400 ${11 * unit}px ${theme.font}`;
  const figures = `500 ${11.5 * unit}px ${theme.font}`;
  const left = 14 * unit;
  const right = labelWidth - 10 * unit;
  const columnEnd = right - 52 * unit;
  const first = single ? y + height / 2 + 4 * unit : y + (height > 70 * unit ? 22 : 19) * unit;
  const second = first + 16 * unit;
  const about = sum.exact ? '' : '≈ ';
  const contacts = picture.contactsOf(key);
  const uncounted = sum.events === 0 || (sum.sent === 0 && sum.received === 0 && contacts > 0);
  const quiet = uncounted && contacts === 0;
  const sentText = uncounted ? '–' : `${about}↑ ${humanBytes(sum.sent)}`;
  const nameRoom = columnEnd - figureWidth(sentText, figures, measure) - left - 8 * unit;
  const shapes: Shape[] = [];
  if (pinned) shapes.push(rect(0, y + 3 * unit, 3 * unit, height - 6 * unit, theme.accent));
  const say = (text: string, x: number, at: number, font: string, fill: string, align: 'left' | 'right' = 'left') => {
    if (text) shapes.push({ is: 'text', text, x, y: at, font, fill, align });
  };
  say(shorten(lane.name, nameFont, nameRoom, measure), left, first, nameFont, quiet ? theme.textMid : theme.text);
  say(sentText, columnEnd, first, figures, uncounted ? theme.textQuiet : theme.sentText, 'right');
  say(shareText(sum.sentBackground, sum.sent) ?? '', right, first, smallFont, theme.textMid, 'right');
  if (single) return shapes;
  const received = uncounted ? '' : `${about}↓ ${humanBytes(sum.received)}`;
  const detail = [lane.service, lane.detail]
    .filter((words) => words && words !== lane.name && words !== lane.key)
    .join(' · ');
  const detailRoom = columnEnd - figureWidth(received, figures, measure) - left - 8 * unit;
  say(shorten(detail, smallFont, detailRoom, measure), left, second, smallFont, theme.textQuiet);
  say(received, columnEnd, second, figures, theme.receivedText, 'right');
  say(shareText(sum.receivedBackground, sum.received) ?? '', right, second, smallFont, theme.textMid, 'right');
  if (height > 70 * unit) {
    const counted =
      sum.events === 0 ? 'nothing counted in this window' : `${sum.events} ${sum.events === 1 ? 'event' : 'events'}`;
    const seen = `${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}`;
    const events = contacts === 0 ? counted : uncounted ? seen : `${counted}, ${seen}`;
    say(events, left, second + 16 * unit, smallFont, theme.textQuiet);
  }
  return shapes;
}

/** The sign at the edge of a label: it points to the lane where that is folded, and down where it is not. */
export function foldSign(
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
  folded: boolean,
  fill: string,
): Shape {
  const [a, b, c] = [size * 0.28, size * 0.5, size * 0.72];
  const points = folded ? [a, a, c - 0.06 * size, b, a, c] : [a, a + 0.06 * size, c, a + 0.06 * size, b, c];
  return { is: 'poly', points: points.map((at, n) => at + (n % 2 === 0 ? x : y)), closed: true, fill };
}

/** A folded lane: its name and what it sent, on one line. */
function foldedLabel(picture: LabelsPicture, row: Row, y: number): Shape[] {
  const { frame, theme, measure } = picture;
  const { unit, labelWidth } = frame;
  const lane = picture.laneOf(row.key);
  if (!lane) return [];
  const sum = picture.sumOf(row.key);
  const contacts = picture.contactsOf(row.key);
  const nameFont = `500 ${11 * unit}px ${theme.font}`;
  const figures = `500 ${10.5 * unit}px ${theme.font}`;
  const counted = sum.sent > 0 || sum.received > 0;
  const text = counted
    ? `${sum.exact ? '' : '≈ '}↑ ${humanBytes(sum.sent)}`
    : contacts > 0
      ? `${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}`
      : '–';
  const left = 14 * unit;
  const end = labelWidth - 62 * unit;
  const at = y + row.height / 2 + 4 * unit;
  const name = shorten(lane.name, nameFont, end - left - measure(text, figures) - 8 * unit, measure);
  const sign = { x: 0, y: y + (row.height - 14 * unit) / 2, size: 14 * unit };
  const fill = counted ? theme.sentText : contacts > 0 ? theme.contact : theme.textQuiet;
  return [
    ...(row.pinned ? [rect(0, y + 2 * unit, 3 * unit, row.height - 4 * unit, theme.accent)] : []),
    foldSign(sign, true, theme.textMid),
    { is: 'text', text: name, x: left, y: at, font: nameFont, fill: theme.textMid, align: 'left' },
    { is: 'text', text, x: end, y: at, font: figures, fill, align: 'right' },
  ];
}

/** The lane's scale: marks at full height and at nothing, and the bytes an hour that full height stands for. */
function scaleOf(picture: LabelsPicture, key: string, y: number, height: number): Shape[] {
  const { frame, theme, heights, dpr } = picture;
  const { unit, left } = frame;
  const hair = 1 / dpr;
  const { direction, full } = heights;
  const box = laneBox(y, height, direction, dpr, picture.rail);
  const top = heights.topOf(key);
  const font = `400 ${9.5 * unit}px ${theme.font}`;
  const marks = new RectList();
  const mark = (at: number) => marks.add(left - 4 * unit, snap(at, dpr), 4 * unit, hair);
  if (!picture.rail.alone) mark(box.zero);
  if (box.up > 0) mark(box.zero - box.up);
  if (box.down > 0) mark(box.zero + box.down);
  const note = (rate: number, at: number): Shape => ({
    is: 'text',
    text: rateText(rate),
    x: left - 6 * unit,
    y: at,
    font,
    fill: theme.textQuiet,
    align: 'right',
  });
  const notes: Shape[] = [];
  const upper = full === 'way' ? top.sent : Math.max(top.sent, top.received);
  // A lane that has no bytes in the whole span has no scale.
  if (box.up > 0 && upper > 0) notes.push(note(upper, box.zero - box.up + 9 * unit));
  // One figure serves both ways where they share a scale.
  if (box.down > 0 && top.received > 0 && (full === 'way' || box.up === 0))
    notes.push(note(top.received, box.zero + box.down));
  return [marks.shape(theme.zero), ...notes, ...railNote(picture, key, y, height)];
}

/** How many contacts of the lane the window shows, at the rail that they stand in. */
function railNote(picture: LabelsPicture, key: string, y: number, height: number): Shape[] {
  const { frame, theme, rail } = picture;
  const count = rail.tracks === 0 ? 0 : picture.contactsOf(key);
  if (count === 0) return [];
  const { unit, left } = frame;
  const foot = railBox(y, height, rail);
  const middle = foot.y + foot.height / 2;
  const font = `500 ${9.5 * unit}px ${theme.font}`;
  const text = groupedNumber(count);
  const x = left - 6 * unit;
  const r = 3 * unit;
  const cx = x - picture.measure(text, font) - 3 * unit - r;
  return [
    { is: 'text', text, x, y: middle + 3.4 * unit, font, fill: theme.contact, align: 'right' },
    {
      is: 'poly',
      points: [cx, middle - r, cx + r, middle, cx, middle + r, cx - r, middle],
      closed: true,
      fill: theme.contact,
    },
  ];
}
