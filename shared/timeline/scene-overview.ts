import type { OverviewView } from '../types/timeline.ts';
import { gapsIn, type Span } from './coverage.ts';
import { flatFirst } from './flat.ts';
import { dayText, durationText, humanBytes, partsOf, rateText } from './formats.ts';
import type { Frame } from './frame.ts';
import { rateOf } from './lane-data.ts';
import { type Measure, RectList, rect, type Shape, shorten } from './scene.ts';
import type { Theme } from './theme.ts';
import { stepFor, ticksOf } from './ticks.ts';
import { snap, type TimeScale, timeScale } from './time-scale.ts';
import { heightOf } from './value-scale.ts';
import { wholeOf } from './viewport.ts';
import type { Zone } from './zones.ts';

/** The scale of the strip: always the whole span. */
export function overviewScale(frame: Frame, overview: OverviewView): TimeScale {
  return timeScale(wholeOf(overview), frame.overview.x, frame.overview.width);
}

/** Room of the dates at the foot of the strip, pixels of a sixteenth of an em. */
export const STRIP_DATES = 15;

export interface OverviewSums {
  readonly sent: number;
  readonly received: number;
}

/** What the strip adds up to. */
export function overviewSums(overview: OverviewView): OverviewSums {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return { sent: sum(overview.sent), received: sum(overview.received) };
}

/**
 * The strip over the whole span, which no filter changes. Heights are square roots of bytes an hour; each way has its own full
 * height, written at its edge.
 */
export function overviewScene(
  frame: Frame,
  overview: OverviewView,
  covered: readonly Span[],
  zone: Zone,
  theme: Theme,
  measure: Measure,
  dpr: number,
): Shape[] {
  const box = frame.overview;
  const { unit } = frame;
  const scale = overviewScale(frame, overview);
  const hair = 1 / dpr;
  const topSent = Math.max(0, ...overview.sent);
  const topReceived = Math.max(0, ...overview.received);
  const counted = covered.length > 0 || topSent + topReceived > 0;
  const labelRoom = STRIP_DATES * unit;
  const zero = snap(box.y + (box.height - labelRoom) * 0.5, dpr);
  const half = (box.height - labelRoom) * 0.5 - 3 * unit;
  const lists = {
    sent: new RectList(),
    sentDark: new RectList(),
    received: new RectList(),
    receivedDark: new RectList(),
  };
  const { stepUs } = overview;
  overview.sent.forEach((sent, i) => {
    const from = overview.fromUs + i * stepUs;
    const x0 = snap(scale.x(from), dpr);
    const width = Math.max(hair, snap(scale.x(Math.min(from + stepUs, overview.toUs)), dpr) - x0);
    const up = snap(heightOf(sent, topSent, 'root', half), dpr);
    const upDark = Math.min(up, snap(heightOf(overview.sentBackground[i] ?? 0, topSent, 'root', half), dpr));
    const down = snap(heightOf(overview.received[i] ?? 0, topReceived, 'root', half), dpr);
    const downDark = Math.min(
      down,
      snap(heightOf(overview.receivedBackground[i] ?? 0, topReceived, 'root', half), dpr),
    );
    lists.sent.add(x0, zero - up, width, up - upDark);
    lists.sentDark.add(x0, zero - upDark, width, upDark);
    lists.received.add(x0, zero + hair + downDark, width, down - downDark);
    lists.receivedDark.add(x0, zero + hair, width, downDark);
  });
  const hatch = new RectList();
  for (const gap of gapsIn(covered, scale.view.fromUs, scale.view.toUs)) {
    const x0 = snap(scale.x(gap.fromUs), dpr);
    hatch.add(x0, box.y, snap(scale.x(gap.toUs), dpr) - x0, box.height - labelRoom);
  }
  const font = `400 ${10.5 * unit}px ${theme.font}`;
  const step = stepFor(scale.pxPerUs, unit, () => 76);
  const ticks: Shape[] = [];
  const lines = new RectList();
  for (const tick of ticksOf(scale.view, step, zone)) {
    const x = scale.x(tick.us);
    const p = partsOf(zone.localOf(tick.us));
    const text = step.unit === 'day' ? `${p.day} ${dayText(p).split(' ')[2]!.slice(0, 3)}` : tick.label;
    lines.add(snap(x, dpr), box.y, hair, box.height);
    if (x + measure(text, font) + 6 * unit > box.x + box.width) continue;
    ticks.push({ is: 'text', text, x: x + 4 * unit, y: box.y + box.height - 4 * unit, font, fill: theme.axis });
  }
  return [
    ...flatFirst(box, theme.ground, [
      hatch.shape({ hatch: theme.hatch, ground: theme.hatchGround, phase: 0 }),
      lines.shape(theme.grid),
      lists.sent.shape(theme.sent),
      lists.sentDark.shape(theme.sentDark),
      lists.received.shape(theme.received),
      lists.receivedDark.shape(theme.receivedDark),
      rect(box.x, zero, box.width, hair, theme.zero),
      ...ticks,
    ]),
    rect(box.x, snap(box.y + box.height, dpr) - hair, box.width, hair, theme.lineStrong),
    ...(!counted ? [] : edgeNotes(frame, rateOf(topSent, stepUs), rateOf(topReceived, stepUs), zero + half, theme)),
    ...overviewLabel(frame, overview, counted, zone, theme, measure),
  ];
}

/** What full height means, up and down, beside the strip. */
function edgeNotes(frame: Frame, sent: number, received: number, bottom: number, theme: Theme): Shape[] {
  const { unit, overview: box, left } = frame;
  const font = `400 ${9.5 * unit}px ${theme.font}`;
  const note = (text: string, y: number): Shape => ({
    is: 'text',
    text,
    x: left - 6 * unit,
    y,
    font,
    fill: theme.textQuiet,
    align: 'right',
  });
  return [note(rateText(sent), box.y + 11 * unit), note(rateText(received), bottom)];
}

function overviewLabel(
  frame: Frame,
  overview: OverviewView,
  counted: boolean,
  zone: Zone,
  theme: Theme,
  measure: Measure,
): Shape[] {
  const { unit, labelWidth, overview: box } = frame;
  const left = 14 * unit;
  const room = labelWidth - left - 10 * unit;
  const strong = `600 ${12 * unit}px ${theme.font}`;
  const plain = `400 ${11 * unit}px ${theme.font}`;
  const sums = overviewSums(overview);
  const short = (us: number) => {
    const p = partsOf(zone.localOf(us));
    return `${p.day} ${dayText(p).split(' ')[2]!.slice(0, 3)} ${p.year}`;
  };
  const line = (n: number) => box.y + (box.height - 44 * unit) / 2 + (11 + n * 15) * unit;
  const span = `${short(overview.fromUs)} – ${short(overview.toUs)}, ${durationText(overview.toUs - overview.fromUs)}`;
  const sent = `↑ ${humanBytes(sums.sent)}`;
  const head: Shape[] = [
    { is: 'text', text: 'Whole span, unfiltered', x: left, y: line(0), font: strong, fill: theme.text },
    { is: 'text', text: shorten(span, plain, room, measure), x: left, y: line(1), font: plain, fill: theme.textMid },
  ];
  // Where nobody counted, nothing is not a count.
  if (!counted) {
    return [
      ...head,
      { is: 'text', text: 'No source counted bytes', x: left, y: line(2), font: plain, fill: theme.textMid },
    ];
  }
  return [
    ...head,
    { is: 'text', text: sent, x: left, y: line(2), font: plain, fill: theme.sentText },
    {
      is: 'text',
      text: `↓ ${humanBytes(sums.received)}`,
      x: left + measure(sent, plain) + 10 * unit,
      y: line(2),
      font: plain,
      fill: theme.receivedText,
    },
  ];
}
