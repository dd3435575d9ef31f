import type { Micros } from '../base/time.ts';
import { type Rail, railBox, railOfRow } from './contact-rail.ts';
import { clockText, dayText, durationText, partsOf } from './formats.ts';
import { type Frame, plotBox } from './frame.ts';
import { buttonBoxes, type LabelButton } from './hit-test.ts';
import type { LaneLayout, Row } from './lane-layout.ts';
import { clip, type Measure, rect, type Shape } from './scene.ts';
import { figureWidth, foldSign } from './scene-labels.ts';
import { STRIP_DATES } from './scene-overview.ts';
import type { Selection } from './selection.ts';
import type { Theme } from './theme.ts';
import { snap, type TimeScale, type Viewport } from './time-scale.ts';
import type { Zone } from './zones.ts';

export interface Marked {
  readonly row: Row;
  readonly fromUs: Micros;
  readonly toUs: Micros;
  /** The track of the lane's rail that a contact stands on; absent for an interval. */
  readonly track?: number;
}

/** What changes with the pointer, and with nothing else. */
export interface OverlayPicture {
  readonly frame: Frame;
  readonly layout: LaneLayout | null;
  readonly rail: Rail;
  readonly scale: TimeScale;
  readonly overview: TimeScale | null;
  readonly view: Viewport;
  readonly zone: Zone;
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
  readonly selection: Selection | null;
  /** Instant under the pointer, drawn as a line with its time; null when the pointer is elsewhere. */
  readonly cursorUs: Micros | null;
  /** The interval under the pointer. */
  readonly marked: Marked | null;
  /** The interval where the keyboard stands, or that was opened last. */
  readonly keyed: Marked | null;
  readonly hoveredRow: Row | null;
  readonly focusedRow: Row | null;
  readonly showFocus: boolean;
  readonly hoveredLabel: { readonly row: Row; readonly button: LabelButton | null } | null;
  readonly burst: { readonly fromUs: Micros; readonly toUs: Micros } | null;
}

/** What follows pointer and keyboard, and the window on the strip. */
export function overlayScene(picture: OverlayPicture): Shape[] {
  return [...stripWindow(picture), ...pointerScene(picture)];
}

/** What follows pointer and keyboard: cursor, selection, focus. */
export function pointerScene(picture: OverlayPicture): Shape[] {
  return [
    ...rowMarks(picture),
    ...selectionShapes(picture),
    ...burstShapes(picture),
    ...markedShapes(picture, picture.keyed, picture.theme.focus, 2),
    ...markedShapes(picture, picture.marked, picture.theme.cursor, 1.25),
    ...cursorShapes(picture),
    ...labelButtons(picture),
  ];
}

/** Of that, what reaches into the words beside the lanes: it stays while time moves. */
export function besideScene(picture: OverlayPicture): Shape[] {
  const { frame } = picture;
  const shapes = [...rowMarks(picture), ...labelButtons(picture)];
  return shapes.length > 0 ? [clip({ ...plotBox(frame), x: 0, width: frame.left }, shapes)] : [];
}

/** The window on the strip: all else veiled, two edges with grips. */
export function stripWindow(picture: OverlayPicture): Shape[] {
  const { frame, overview, view, theme, dpr } = picture;
  if (!overview) return [];
  const box = frame.overview;
  const x0 = snap(Math.max(overview.x(view.fromUs), box.x), dpr);
  const x1 = Math.max(x0 + 2, snap(Math.min(overview.x(view.toUs), box.x + box.width), dpr));
  const veil = (x: number, width: number): Shape => ({
    is: 'rects',
    paint: theme.groundLabel,
    // Dates stay as dark as all text.
    xywh: [x, box.y, Math.max(0, width), box.height - STRIP_DATES * frame.unit],
    count: 1,
    opacity: 0.55,
  });
  const grip = (x: number): Shape => rect(x - 2.5, box.y + box.height / 2 - 9, 5, 18, theme.accent);
  const shapes: Shape[] = [veil(box.x, x0 - box.x), veil(x1, box.x + box.width - x1)];
  if (picture.selection) {
    const s0 = overview.x(picture.selection.fromUs);
    shapes.push(rect(s0, box.y, Math.max(1, overview.x(picture.selection.toUs) - s0), box.height, theme.select));
  }
  shapes.push(
    rect(x0 - 1, box.y, 2, box.height, theme.accent),
    rect(x1 - 1, box.y, 2, box.height, theme.accent),
    rect(x0, box.y, x1 - x0, 2, theme.accent),
    rect(x0, box.y + box.height - 2, x1 - x0, 2, theme.accent),
    grip(x0),
    grip(x1),
  );
  return [clip({ ...box, x: box.x - 3, width: box.width + 6 }, shapes)];
}

function rowMarks(picture: OverlayPicture): Shape[] {
  const { frame, theme, hoveredRow, focusedRow } = picture;
  const shapes: Shape[] = [];
  const full = frame.lanes.x + frame.lanes.width;
  if (hoveredRow) {
    const box = { x: 0, y: frame.lanes.y + hoveredRow.y, width: full, height: hoveredRow.height };
    shapes.push({
      is: 'rects',
      paint: theme.text,
      xywh: [box.x, box.y, box.width, box.height],
      count: 1,
      opacity: 0.035,
    });
  }
  if (focusedRow && picture.showFocus) {
    const y = frame.lanes.y + focusedRow.y;
    shapes.push({
      is: 'poly',
      points: [1, y + 1, full - 1, y + 1, full - 1, y + focusedRow.height - 1, 1, y + focusedRow.height - 1],
      closed: true,
      stroke: theme.focus,
      width: 2,
    });
  }
  return inLanes(picture, 0, shapes, hoveredRow?.pinned === true || focusedRow?.pinned === true);
}

/** Keeps shapes off the pinned lanes unless they belong there. */
function inLanes(picture: OverlayPicture, x: number, shapes: Shape[], overPins: boolean): Shape[] {
  if (shapes.length === 0) return [];
  const { frame, layout } = picture;
  const top = overPins ? 0 : (layout?.pinnedHeight ?? 0);
  const { lanes } = frame;
  return [clip({ x, y: lanes.y + top, width: lanes.x + lanes.width - x, height: lanes.height - top }, shapes)];
}

function selectionShapes(picture: OverlayPicture): Shape[] {
  const { frame, scale, selection, theme, dpr, measure } = picture;
  if (!selection) return [];
  const box = plotBox(frame);
  const { y: top, height } = box;
  const x0 = snap(scale.x(selection.fromUs), dpr);
  const x1 = snap(scale.x(selection.toUs), dpr);
  const font = `600 ${11 * frame.unit}px ${theme.font}`;
  const text = durationText(selection.toUs - selection.fromUs);
  const textWidth = measure(text, font) + 12 * frame.unit;
  const middle = Math.min(
    Math.max((x0 + x1) / 2, frame.left + textWidth / 2),
    frame.left + frame.plotWidth - textWidth / 2,
  );
  const y = frame.axis.y + frame.axis.height / 2;
  const inSight = x1 > frame.left && x0 < frame.left + frame.plotWidth;
  return [
    clip(box, [
      rect(x0, top, Math.max(1, x1 - x0), height, theme.select),
      rect(x0, top, 1, height, theme.selectLine),
      rect(x1 - 1, top, 1, height, theme.selectLine),
      ...(inSight && x1 - x0 > textWidth * 0.7
        ? ([
            rect(middle - textWidth / 2, y + 1 * frame.unit, textWidth, 17 * frame.unit, theme.selectLine),
            { is: 'text', text, x: middle, y: y + 13 * frame.unit, font, fill: theme.ground, align: 'center' },
          ] satisfies Shape[])
        : []),
    ]),
  ];
}

/** A bracket over the burst that was jumped to. */
function burstShapes(picture: OverlayPicture): Shape[] {
  const { burst, scale, frame, theme, dpr } = picture;
  if (!burst) return [];
  const x0 = snap(scale.x(burst.fromUs), dpr);
  const x1 = Math.max(x0 + 3, snap(scale.x(burst.toUs), dpr));
  const y = frame.lanes.y;
  const box = { x: frame.left, y: y - 4, width: frame.plotWidth, height: frame.lanes.height + 4 };
  return [
    clip(box, [
      rect(x0, y, x1 - x0, 3, theme.accent),
      { is: 'rects', paint: theme.accent, xywh: [x0, y, x1 - x0, frame.lanes.height], count: 1, opacity: 0.07 },
    ]),
  ];
}

function markedShapes(picture: OverlayPicture, marked: Marked | null, stroke: string, width: number): Shape[] {
  const { scale, frame, theme, dpr } = picture;
  if (!marked) return [];
  // A contact may be a moment: its frame is as wide as its mark, and a little more.
  const lack = marked.track === undefined ? 0 : Math.max(3, (11 - (scale.x(marked.toUs) - scale.x(marked.fromUs))) / 2);
  const x0 = snap(Math.max(scale.x(marked.fromUs) - lack, frame.left - 4), dpr);
  const x1 = Math.max(x0 + 2, snap(Math.min(scale.x(marked.toUs) + lack, frame.left + frame.plotWidth + 4), dpr));
  const { y0, y1 } = heightsOf(picture, marked);
  const shapes: Shape[] = [
    { is: 'rects', paint: theme.text, xywh: [x0, y0, x1 - x0, y1 - y0], count: 1, opacity: 0.07 },
    { is: 'poly', points: [x0, y0, x1, y0, x1, y1, x0, y1], closed: true, stroke, width },
  ];
  return inLanes(picture, frame.left, shapes, marked.row.pinned);
}

function heightsOf(picture: OverlayPicture, marked: Marked): { y0: number; y1: number } {
  const top = picture.frame.lanes.y + marked.row.y;
  const own = railOfRow(marked.row, picture.rail);
  if (marked.track !== undefined) {
    const foot = railBox(top, marked.row.height, own);
    const y0 = foot.y + marked.track * foot.track - 0.5;
    return { y0, y1: y0 + foot.track + 1 };
  }
  const rail = own.alone ? 0 : own.kept;
  return { y0: top + 1.5, y1: top + marked.row.height - rail - 1.5 };
}

/** The line under the pointer through everything, its time on the axis. */
function cursorShapes(picture: OverlayPicture): Shape[] {
  const { cursorUs, frame, scale, theme, zone, dpr, measure } = picture;
  if (cursorUs === null) return [];
  const x = snap(scale.x(cursorUs), dpr);
  const bottom = frame.lanes.y + frame.lanes.height;
  const p = partsOf(zone.localOf(Math.round(cursorUs / 1e6) * 1e6));
  const text = `${dayText(p).split(' ').slice(0, 3).join(' ')}, ${clockText(p)}`;
  const font = `600 ${11 * frame.unit}px ${theme.font}`;
  const width = figureWidth(text, font, measure) + 12 * frame.unit;
  const height = 17 * frame.unit;
  const left = Math.min(Math.max(x - width / 2, frame.left), frame.left + frame.plotWidth - width);
  const y = frame.axis.y + 2 * frame.unit;
  return [
    { is: 'rects', paint: theme.cursor, xywh: [x, y + height, 1 / dpr, bottom - y - height], count: 1, opacity: 0.55 },
    rect(left, y, width, height, theme.cursor),
    { is: 'text', text, x: left + width / 2, y: y + 12.2 * frame.unit, font, fill: theme.ground, align: 'center' },
  ];
}

/** Buttons on the label under the pointer: fold, pin, and only this lane. */
function labelButtons(picture: OverlayPicture): Shape[] {
  const { hoveredLabel, frame, theme } = picture;
  if (!hoveredLabel) return [];
  const boxes = buttonBoxes(frame, hoveredLabel.row);
  const fill = (name: 'pin' | 'only') => (hoveredLabel.button === name ? theme.accent : theme.textMid);
  const shapes: Shape[] = [];
  const { fold, pin, only } = boxes;
  shapes.push(
    foldSign(fold, hoveredLabel.row.folded === true, hoveredLabel.button === 'fold' ? theme.accent : theme.textMid),
  );
  shapes.push(rect(pin.x - 4, pin.y, only.x + only.size - pin.x + 4, pin.size, theme.groundHover));
  for (const [name, box] of [
    ['pin', pin],
    ['only', only],
  ] as const) {
    if (hoveredLabel.button === name) shapes.push(rect(box.x, box.y, box.size, box.size, theme.accentSoft));
    const s = box.size / 20;
    const at = (points: number[]) => points.map((p, i) => (i % 2 === 0 ? box.x : box.y) + p * s);
    if (name === 'pin') {
      const head = [
        6.5, 4, 13.5, 4, 13.5, 5.5, 12.5, 6.5, 12.5, 9.5, 14.5, 11.5, 14.5, 13, 5.5, 13, 5.5, 11.5, 7.5, 9.5, 7.5, 6.5,
        6.5, 5.5,
      ];
      const filled = hoveredLabel.row.pinned;
      shapes.push({
        is: 'poly',
        points: at(head),
        closed: true,
        stroke: fill('pin'),
        width: 1.3,
        ...(filled ? { fill: fill('pin') } : {}),
      });
      shapes.push({ is: 'poly', points: at([10, 13, 10, 17]), stroke: fill('pin'), width: 1.3 });
    } else {
      const funnel = [4, 4.5, 16, 4.5, 11.5, 10.2, 11.5, 15, 8.5, 16.5, 8.5, 10.2];
      shapes.push({ is: 'poly', points: at(funnel), closed: true, stroke: fill('only'), width: 1.3 });
    }
  }
  return inLanes(picture, 0, shapes, hoveredLabel.row.pinned);
}
