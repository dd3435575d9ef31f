import { humanBytes } from '../../../shared/base/bytes.ts';
import type { Micros } from '../../../shared/base/time.ts';
import { type Box, clip, type Measure, RectList, rect, type Shape } from '../../../shared/timeline/scene.ts';
import type { Theme } from '../../../shared/timeline/theme.ts';
import { stepFor, ticksOf } from '../../../shared/timeline/ticks.ts';
import { snap, type TimeScale, timeScale } from '../../../shared/timeline/time-scale.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import { type Growth, growthOf, type LiveMoment, roundTop, socketSteps } from './live-moments.ts';

/** Everything that the small rolling drawing follows from. */
export interface LivePicture {
  readonly width: number;
  readonly height: number;
  /** Size of the person's text: 1 at 16 pixels. */
  readonly unit: number;
  readonly dpr: number;
  /** The right edge, and how much of the time before it is in sight. */
  readonly nowUs: Micros;
  readonly spanUs: Micros;
  readonly startedUs: Micros;
  /** The last answer; between it and the right edge nothing is known yet. Null before the first. */
  readonly lastUs: Micros | null;
  readonly moments: readonly LiveMoment[];
  readonly gaps: readonly { readonly fromUs: Micros; readonly toUs: Micros | null }[];
  readonly zone: Zone;
  readonly theme: Theme;
  readonly measure: Measure;
}

/** Bytes are drawn in steps of so long, which lie further apart than the answers of the counters. */
export const CELL: Micros = 5_000_000;

/** Counters came, and no table of connections: the phone refuses it. */
function withoutConnections({ moments }: LivePicture): boolean {
  return moments.some((one) => one.sent !== null) && moments.every((one) => one.sockets === null);
}

/** Where the two parts stand. Without counters the connections have all of the room, without connections the counters. */
function partsOf(picture: LivePicture): { plot: Box; bytes: Box | null; sockets: Box; axis: number } {
  const { width, height, unit, moments } = picture;
  const left = Math.round(72 * unit);
  const axis = Math.round(18 * unit);
  const gap = Math.round(8 * unit);
  const plot = { x: left, y: 0, width: Math.max(1, width - left), height: height - axis };
  if (moments.every((one) => one.sent === null)) return { plot, bytes: null, sockets: plot, axis };
  if (withoutConnections(picture)) return { plot, bytes: plot, sockets: plot, axis };
  const upper = Math.round((plot.height - gap) * 0.66);
  return {
    plot,
    bytes: { ...plot, height: upper },
    sockets: { ...plot, y: upper + gap, height: plot.height - upper - gap },
    axis,
  };
}

/**
 * The last minutes: bytes sent above a line and received below it, each block as wide as its time; under them how many connections were
 * open. Time without answers is hatched, also before the beginning.
 */
export function liveScene(picture: LivePicture): Shape[] {
  const { width, height, theme, nowUs, spanUs, dpr } = picture;
  const { plot, bytes, sockets, axis } = partsOf(picture);
  const connections = !withoutConnections(picture);
  const scale = timeScale({ fromUs: nowUs - spanUs, toUs: nowUs }, plot.x, plot.width);
  const frame = (box: Box): Shape[] => [
    rect(box.x, box.y, box.width, box.height, theme.ground),
    ...hatched(picture, scale, box),
  ];
  return [
    rect(0, 0, width, height, theme.groundPanel),
    ...(bytes ? frame(bytes) : []),
    ...(connections ? frame(sockets) : []),
    ...grid(picture, scale, plot, axis),
    ...(bytes ? bytesShapes(picture, scale, bytes) : []),
    ...(connections ? socketShapes(picture, scale, sockets) : []),
    rect(plot.x, snap(plot.y + plot.height, dpr), plot.width, 1 / dpr, theme.lineStrong),
  ];
}

function hatched(picture: LivePicture, scale: TimeScale, box: Box): Shape[] {
  const { gaps, startedUs, nowUs, theme, dpr } = picture;
  const list = new RectList();
  const add = (fromUs: Micros, toUs: Micros) => {
    const x0 = snap(Math.max(scale.x(fromUs), box.x), dpr);
    const x1 = snap(Math.min(scale.x(toUs), box.x + box.width), dpr);
    if (x1 > x0) list.add(x0, box.y, x1 - x0, box.height);
  };
  add(scale.view.fromUs, startedUs);
  for (const gap of gaps) add(gap.fromUs, gap.toUs ?? nowUs);
  const phase = -scale.view.fromUs * scale.pxPerUs;
  return [list.shape({ hatch: theme.hatch, ground: theme.hatchGround, phase })];
}

function grid(picture: LivePicture, scale: TimeScale, plot: Box, axis: number): Shape[] {
  const { unit, dpr, theme, zone, measure } = picture;
  const font = `400 ${10.5 * unit}px ${theme.font}`;
  const lines = new RectList();
  const texts: Shape[] = [];
  for (const tick of ticksOf(
    scale.view,
    stepFor(scale.pxPerUs, unit, () => 56),
    zone,
  )) {
    const x = snap(scale.x(tick.us), dpr);
    lines.add(x, plot.y, 1 / dpr, plot.height + 4 * unit);
    const half = measure(tick.label, font) / 2;
    if (x - half < plot.x - 4 || x + half > plot.x + plot.width) continue;
    texts.push({
      is: 'text',
      text: tick.label,
      x,
      y: plot.y + plot.height + axis - 4 * unit,
      font,
      fill: theme.axis,
      align: 'center',
    });
  }
  return [lines.shape(theme.grid), ...texts];
}

/** Full height stands for the highest in sight, rounded up, either way alike. */
export function topRate(growth: readonly Growth[]): number {
  const perSecond = (bytes: number, one: Growth) => (bytes * 1e6) / (one.toUs - one.fromUs);
  return roundTop(Math.max(1000, ...growth.map((one) => perSecond(Math.max(one.sent, one.received), one))));
}

function bytesShapes(picture: LivePicture, scale: TimeScale, box: Box): Shape[] {
  const { theme, dpr, unit } = picture;
  const hair = 1 / dpr;
  const zero = snap(box.y + box.height / 2, dpr);
  const half = box.height / 2 - 3 * unit;
  const inSight = growthOf(picture.moments, CELL).filter((one) => one.toUs > scale.view.fromUs);
  const top = topRate(inSight);
  const sent = new RectList();
  const received = new RectList();
  for (const one of inSight) {
    const x0 = snap(scale.x(one.fromUs), dpr);
    // The step that is not over yet ends at the last answer.
    const end = Math.min(one.toUs, Math.max(picture.lastUs ?? one.toUs, one.fromUs));
    const width = Math.max(hair, snap(scale.x(end), dpr) - x0 - (scale.pxPerUs * CELL > 4 ? hair : 0));
    const height = (bytes: number) => {
      const rate = (bytes * 1e6) / (one.toUs - one.fromUs);
      return bytes <= 0 ? 0 : Math.max(1, snap(Math.sqrt(Math.min(1, rate / top)) * half, dpr));
    };
    const up = height(one.sent);
    const down = height(one.received);
    if (up > 0) sent.add(x0, zero - up, width, up);
    if (down > 0) received.add(x0, zero + hair, width, down);
  }
  const small = `400 ${10 * unit}px ${theme.font}`;
  const strong = `500 ${11 * unit}px ${theme.font}`;
  const x = box.x - 8 * unit;
  const say = (text: string, y: number, font: string, fill: string): Shape => ({
    is: 'text',
    text,
    x,
    y,
    font,
    fill,
    align: 'right',
  });
  return [
    clip(box, [sent.shape(theme.sent), received.shape(theme.received), rect(box.x, zero, box.width, hair, theme.zero)]),
    say(`${humanBytes(top)}/s`, box.y + 10 * unit, small, theme.textQuiet),
    say('↑ sent', zero - 5 * unit, strong, theme.sentText),
    say('↓ received', zero + 13 * unit, strong, theme.receivedText),
  ];
}

function socketShapes(picture: LivePicture, scale: TimeScale, box: Box): Shape[] {
  const { theme, dpr, unit, moments, gaps } = picture;
  const steps = socketSteps(moments, gaps).filter((step) => step.toUs >= scale.view.fromUs);
  const top = roundTop(Math.max(5, ...steps.map((step) => step.count)));
  const bottom = box.y + box.height;
  const fill = new RectList();
  const line = new RectList();
  const thick = Math.max(1, Math.round(1.5 * dpr)) / dpr;
  let before: { x: number; y: number } | null = null;
  for (const step of steps) {
    const x0 = snap(scale.x(step.fromUs), dpr);
    const x1 = snap(scale.x(step.toUs), dpr);
    const y = snap(bottom - (step.count / top) * (box.height - 3 * unit), dpr);
    const width = Math.max(thick, x1 - x0);
    if (x1 > x0) fill.add(x0, y, x1 - x0, bottom - y);
    line.add(x0, y, width, thick);
    if (before && Math.abs(before.x - x0) < 1)
      line.add(x0, Math.min(y, before.y), thick, Math.abs(before.y - y) + thick);
    before = { x: x1, y };
  }
  const small = `400 ${10 * unit}px ${theme.font}`;
  const strong = `500 ${11 * unit}px ${theme.font}`;
  const x = box.x - 8 * unit;
  return [
    clip(box, [fill.shape(theme.contact, 0.14), line.shape(theme.contact)]),
    { is: 'text', text: String(top), x, y: box.y + 9 * unit, font: small, fill: theme.textQuiet, align: 'right' },
    { is: 'text', text: 'open', x, y: bottom - 4 * unit, font: strong, fill: theme.contact, align: 'right' },
  ];
}
