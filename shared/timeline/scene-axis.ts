import { DAY } from '../base/time.ts';
import type { Frame } from './frame.ts';
import { clip, type Measure, RectList, rect, type Shape, shorten } from './scene.ts';
import type { Theme } from './theme.ts';
import { dayStarts, type Era, erasOf, stepFor, type Tick, ticksOf } from './ticks.ts';
import { snap, type TimeScale } from './time-scale.ts';
import type { Zone } from './zones.ts';

/** Everything that depends on the window and the zone only. */
export interface Grid {
  readonly ticks: readonly Tick[];
  readonly eras: readonly Era[];
  /** Starts of days, where days are wide enough to be told apart and ticks are finer than a day. */
  readonly days: readonly number[];
}

/** Lines of time that fit the zoom, in the zone. `unit`: CSS pixels of a sixteenth of an em. */
export function gridOf(scale: TimeScale, zone: Zone, unit: number): Grid {
  const step = stepFor(scale.pxPerUs, unit);
  const days = step.unit === 'clock' && DAY * scale.pxPerUs > 40 ? dayStarts(scale.view, zone) : [];
  return { ticks: ticksOf(scale.view, step, zone), eras: erasOf(scale.view, step, zone), days };
}

/** The time axis: the stretch that labels belong to above, the labels below, each at the right of its line. */
export function axisScene(
  frame: Frame,
  scale: TimeScale,
  grid: Grid,
  theme: Theme,
  measure: Measure,
  dpr: number,
): Shape[] {
  const { axis, unit } = frame;
  const strong = `600 ${12 * unit}px ${theme.font}`;
  const plain = `400 ${11.5 * unit}px ${theme.font}`;
  const hair = 1 / dpr;
  const lines = new RectList();
  const texts: Shape[] = [];
  const upper = axis.y + 15 * unit;
  const lower = axis.y + axis.height - 8 * unit;
  const middle = axis.y + axis.height / 2;
  for (const era of grid.eras) {
    const x0 = Math.max(scale.x(era.fromUs), axis.x);
    const x1 = scale.x(era.toUs);
    const room = x1 - x0 - 12 * unit;
    const text = era.labels.find((label) => measure(label, strong) <= room) ?? '';
    if (era.fromUs > scale.view.fromUs) lines.add(snap(x0, dpr), axis.y + 2 * unit, hair, axis.height - 2 * unit);
    if (text) texts.push({ is: 'text', text, x: x0 + 6 * unit, y: upper, font: strong, fill: theme.text });
  }
  for (const tick of grid.ticks) {
    const x = scale.x(tick.us);
    lines.add(snap(x, dpr), middle + 3 * unit, hair, axis.height / 2 - 3 * unit);
    if (x + 6 * unit + measure(tick.label, plain) > axis.x + axis.width) continue;
    texts.push({ is: 'text', text: tick.label, x: x + 5 * unit, y: lower, font: plain, fill: theme.axis });
  }
  return [
    clip(axis, [lines.shape(theme.zero), ...texts]),
    rect(axis.x, snap(axis.y + axis.height, dpr) - hair, axis.width, hair, theme.lineStrong),
  ];
}

export interface AxisWords {
  /** The zone, written out. */
  readonly zone: string;
  /** What a lane is: `App`, `Network`. */
  readonly lane: string;
}

/** The corner left of the axis: the zone, and headings for the columns of the labels. */
export function axisCorner(frame: Frame, words: AxisWords, theme: Theme, measure: Measure): Shape[] {
  const { axis, labelWidth, unit } = frame;
  const font = `500 ${11 * unit}px ${theme.font}`;
  const right = labelWidth - 10 * unit;
  const lower = axis.y + axis.height - 8 * unit;
  const head = (text: string, x: number, align: 'left' | 'right'): Shape => ({
    is: 'text',
    text,
    x,
    y: lower,
    font,
    fill: theme.textQuiet,
    align,
  });
  return [
    {
      is: 'text',
      text: shorten(`Times in ${words.zone}`, font, labelWidth - 24 * unit, measure),
      x: 14 * unit,
      y: axis.y + 15 * unit,
      font,
      fill: theme.textMid,
    },
    head(words.lane, 14 * unit, 'left'),
    head('in window', right - 52 * unit, 'right'),
    head('backgr.', right, 'right'),
    head('max', frame.left - 6 * unit, 'right'),
  ];
}
