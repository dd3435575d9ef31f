import type { Micros } from '../base/time.ts';
import type { Frame } from './frame.ts';
import { type LaneLayout, type Row, rowAt } from './lane-layout.ts';
import { inBox } from './scene.ts';
import type { TimeScale } from './time-scale.ts';

/** What a label does where it is pressed: fold the lane, pin it, or show only it. */
export type LabelButton = 'fold' | 'pin' | 'only';

/** What lies under the pointer. */
export type Hit =
  | { readonly on: 'nothing' }
  | { readonly on: 'overview'; readonly grip: 'from' | 'to' | 'window' | 'outside' }
  | { readonly on: 'axis' }
  | { readonly on: 'context'; readonly row: number }
  | { readonly on: 'lane'; readonly row: Row; readonly edge: 'from' | 'to' | null }
  | { readonly on: 'empty lanes'; readonly edge: 'from' | 'to' | null }
  | { readonly on: 'label'; readonly row: Row; readonly button: LabelButton | null };

export interface HitPicture {
  readonly frame: Frame;
  readonly layout: LaneLayout | null;
  readonly scroll: number;
  readonly scale: TimeScale;
  readonly overview: TimeScale | null;
  readonly view: { readonly fromUs: Micros; readonly toUs: Micros };
  readonly selection: { readonly fromUs: Micros; readonly toUs: Micros } | null;
}

/** How near a pointer must come to an edge to take hold of it, CSS pixels. */
const GRIP = 6;

/** What lies under a point of the drawing, in CSS pixels from its top left corner. */
export function hitTest(picture: HitPicture, x: number, y: number): Hit {
  const { frame } = picture;
  if (inBox(frame.overview, x, y))
    return picture.overview ? overviewHit(picture, picture.overview, x) : { on: 'nothing' };
  if (inBox(frame.axis, x, y)) return { on: 'axis' };
  if (inBox(frame.context, x, y)) {
    return { on: 'context', row: Math.floor((y - frame.context.y - 3 * frame.unit) / frame.contextRow) };
  }
  const { lanes } = frame;
  if (y < lanes.y || y >= lanes.y + lanes.height || x < 0 || x >= lanes.x + lanes.width) return { on: 'nothing' };
  const row = picture.layout ? rowAt(picture.layout, picture.scroll, y - lanes.y) : null;
  if (x < frame.left) return row ? { on: 'label', row, button: buttonAt(frame, row, x, y) } : { on: 'nothing' };
  const edge = edgeAt(picture, x);
  return row ? { on: 'lane', row, edge } : { on: 'empty lanes', edge };
}

function overviewHit(picture: HitPicture, scale: TimeScale, x: number): Hit {
  const from = scale.x(picture.view.fromUs);
  const to = scale.x(picture.view.toUs);
  // A narrow window still has a middle to hold: the grips then lie outside of it.
  const inner = Math.min(GRIP, (to - from) / 4);
  if (x >= from - GRIP && x <= from + inner) return { on: 'overview', grip: 'from' };
  if (x >= to - inner && x <= to + GRIP) return { on: 'overview', grip: 'to' };
  return { on: 'overview', grip: x > from && x < to ? 'window' : 'outside' };
}

function edgeAt(picture: HitPicture, x: number): 'from' | 'to' | null {
  const { selection, scale } = picture;
  if (!selection) return null;
  const near = (us: Micros) => Math.abs(scale.x(us) - x) <= GRIP;
  return near(selection.fromUs) ? 'from' : near(selection.toUs) ? 'to' : null;
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Places of the buttons that a label shows under the pointer, from the lanes' top. */
export function buttonBoxes(frame: Frame, row: Row): Record<LabelButton, Square> {
  const { unit } = frame;
  const size = Math.min(Math.round(20 * unit), row.height);
  const y = frame.lanes.y + row.y + Math.min((row.height - size) / 2, 14 * unit);
  const right = frame.labelWidth - 4 * unit;
  const sign = Math.round(14 * unit);
  return {
    only: { x: right - size, y, size },
    pin: { x: right - 2 * size - 2 * unit, y, size },
    // Beside the first line of the name.
    fold: { x: 0, y: row.folded ? y + (size - sign) / 2 : y + Math.max(0, (size - sign) / 2), size: sign },
  };
}

function buttonAt(frame: Frame, row: Row, x: number, y: number): LabelButton | null {
  for (const [name, box] of Object.entries(buttonBoxes(frame, row)) as [LabelButton, Square][]) {
    // What folds is small: all of the label's edge takes the press.
    const high = name === 'fold' || (y >= box.y && y < box.y + box.size);
    if (high && x >= box.x && x < box.x + box.size) return name;
  }
  return null;
}
