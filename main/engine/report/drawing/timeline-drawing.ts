import type { Drawing, Label } from '../document.ts';
import { bytes } from '../format.ts';
import type { ReportTimeline } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import { ticks } from './axis.ts';
import { band, colours, peaksOf, unknown } from './band.ts';
import { hatch, mm } from './paths.ts';

/** Width of the text on the page. Millimetres, as everything here. */
const WIDTH = 174;

interface Frame {
  readonly fromUs: number;
  readonly toUs: number;
  readonly left: number;
  readonly right: number;
  readonly scale: number;
  readonly xOf: (us: number) => number;
}

function frameOf(timeline: ReportTimeline, left: number, right: number): Frame {
  const { fromUs, toUs } = timeline;
  const scale = (right - left) / (toUs - fromUs);
  return {
    fromUs,
    toUs,
    left,
    right,
    scale,
    xOf: (us) => left + (Math.max(fromUs, Math.min(toUs, us)) - fromUs) * scale,
  };
}

function svg(height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}mm" height="${mm(height)}mm" viewBox="0 0 ${WIDTH} ${mm(height)}">${content}</svg>`;
}

const rule = (path: string, tone: string, width: number) =>
  `<path stroke="${tone}" stroke-width="${width}" fill="none" d="${path}"/>`;

const LABEL_ROOM = 15;

function axis(frame: Frame, zone: Zone, top: number, bottom: number): { lines: string; labels: Label[] } {
  const all = ticks(frame.fromUs, frame.toUs, zone, Math.floor((frame.right - frame.left) / LABEL_ROOM));
  const grid = all.map((tick) => `M${mm(frame.xOf(tick.us))} ${mm(top)}V${mm(bottom + 1)}`).join('');
  const labels: Label[] = [];
  let free = frame.left - LABEL_ROOM;
  for (const tick of all) {
    const x = frame.xOf(tick.us);
    // A long label (with a year or an hour) takes the room of the next one.
    const half = tick.text.length * 0.55;
    if (x - half < free || x + half > WIDTH) continue;
    labels.push({ x, y: bottom + 1.8, text: tick.text, anchor: 'middle', look: 'muted' });
    free = x + half + 1.5;
  }
  return { lines: rule(grid, colours.grid, 0.15), labels };
}

/** Ticks above the drawing for boots, clock changes and acquisitions. */
function marks(timeline: ReportTimeline, frame: Frame, y: number): { lines: string; labels: Label[] } {
  const shown = timeline.marks.filter((mark) => mark.kind in wording.marks);
  const path = shown.map((mark) => `M${mm(frame.xOf(mark.fromUs))} ${mm(y)}v2.2`).join('');
  const labels: Label[] = [];
  // Two rows, so that marks that lie close together keep their words.
  const free = [0, 0];
  for (const mark of shown) {
    const text = wording.marks[mark.kind] ?? '';
    const half = text.length * 0.5;
    const x = Math.max(frame.left, Math.min(frame.xOf(mark.fromUs), WIDTH - half));
    const row = free.findIndex((end) => x - half >= end);
    if (row === -1) continue;
    labels.push({ x, y: y - 2.5 - row * 2.7, text, anchor: 'middle', look: 'tiny' });
    free[row] = x + half + 1;
  }
  return { lines: path === '' ? '' : rule(path, colours.line, 0.25), labels };
}

function legend(y: number, hatched: boolean): { shapes: string; labels: Label[] } {
  const entries: readonly (readonly [string, string])[] = [
    [colours.sentForeground, wording.legend.sentForeground],
    [colours.sentBackground, wording.legend.sentBackground],
    [colours.receivedForeground, wording.legend.receivedForeground],
    [colours.receivedBackground, wording.legend.receivedBackground],
  ];
  let x = 0;
  let shapes = '';
  const labels: Label[] = [];
  const entry = (text: string, shape: string) => {
    shapes += shape;
    labels.push({ x: x + 4, y: y + 0.1, text, anchor: 'left', look: 'muted' });
    x += 7.5 + text.length * 1.28;
  };
  for (const [tone, text] of entries) entry(text, `<path fill="${tone}" d="M${mm(x)} ${mm(y)}h3v2h-3Z"/>`);
  if (hatched) {
    const area = { x, y, width: 3, height: 2 };
    entry(
      wording.legend.uncovered,
      `<path fill="#f3f4f6" d="M${mm(x)} ${mm(y)}h3v2h-3Z"/>${rule(hatch(area, 1), colours.hatch, 0.18)}`,
    );
  }
  return { shapes, labels };
}

/** The whole span, all apps together: sent above, received below, with the peak of each as its scale. */
export function overviewDrawing(timeline: ReportTimeline, zone: Zone): Drawing {
  const frame = frameOf(timeline, 20, WIDTH);
  const top = timeline.marks.length > 0 ? 12.5 : 6;
  const half = 21;
  const bottom = top + 2 * half;
  const height = bottom + 5.5;
  const area = { x: frame.left, y: top, width: frame.right - frame.left, height: 2 * half };
  const peaks = peaksOf(timeline.overview);
  const key = legend(0, timeline.uncovered.length > 0);
  const scale = axis(frame, zone, top, bottom);
  const events = marks(timeline, frame, top - 2.2);
  const frameLines = rule(
    `M${mm(frame.left)} ${mm(top)}h${mm(area.width)}M${mm(frame.left)} ${mm(bottom)}h${mm(area.width)}`,
    colours.grid,
    0.15,
  );
  const side = frame.left - 1.5;
  return {
    width: WIDTH,
    height,
    svg: svg(
      height,
      key.shapes +
        unknown(timeline.uncovered, frame.xOf, top, 2 * half) +
        scale.lines +
        frameLines +
        band(timeline.overview, area, frame.scale) +
        events.lines,
    ),
    labels: [
      ...key.labels,
      ...scale.labels,
      ...events.labels,
      { x: side, y: top, text: bytes(peaks.sent), anchor: 'right', look: 'muted' },
      { x: side, y: top + half - 4, text: wording.axisSent, anchor: 'right', look: 'strong' },
      { x: side, y: top + half + 1.8, text: wording.axisReceived, anchor: 'right', look: 'strong' },
      { x: side, y: bottom - 2.2, text: bytes(peaks.received), anchor: 'right', look: 'muted' },
    ],
  };
}

const LANE = 13.2;
const LANE_HALF = 5.6;
const LONGEST_NAME = 26;

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

/** One lane for each of the largest senders, on one time axis. */
export function lanesDrawing(
  timeline: ReportTimeline,
  zone: Zone,
  totals: ReadonlyMap<number, { sent: number; received: number }>,
): Drawing {
  const frame = frameOf(timeline, 44, WIDTH - 15);
  const bottom = timeline.lanes.length * LANE;
  const height = bottom + 5.5;
  const width = frame.right - frame.left;
  const scale = axis(frame, zone, 0, bottom);
  const labels: Label[] = [...scale.labels];
  let shapes = unknown(timeline.uncovered, frame.xOf, 0, bottom) + scale.lines;
  for (const [index, lane] of timeline.lanes.entries()) {
    const top = index * LANE + (LANE - 2 * LANE_HALF) / 2;
    const middle = top + LANE_HALF;
    const peaks = peaksOf(lane.bins);
    shapes += band(lane.bins, { x: frame.left, y: top, width, height: 2 * LANE_HALF }, frame.scale);
    shapes += rule(`M0 ${mm((index + 1) * LANE)}H${WIDTH}`, colours.grid, 0.15);
    const sum = totals.get(lane.uid);
    labels.push(
      { x: 0, y: middle - 3.4, text: { u: shortened(lane.name) }, anchor: 'left' },
      {
        x: 0,
        y: middle + 0.9,
        text: sum ? wording.laneSum(bytes(sum.sent), bytes(sum.received)) : '',
        anchor: 'left',
        look: 'tiny',
      },
      { x: WIDTH, y: middle - 3.2, text: bytes(peaks.sent), anchor: 'right', look: 'tiny' },
      { x: WIDTH, y: middle + 1.2, text: bytes(peaks.received), anchor: 'right', look: 'tiny' },
    );
  }
  return { width: WIDTH, height, svg: svg(height, shapes), labels };
}
