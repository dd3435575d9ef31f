import { DAY, HOUR, type Micros } from '../base/time.ts';
import type { ContextMark } from '../types/timeline.ts';
import { type Bars, emptyBars, fillBars } from './bars.ts';
import { BlockColumns } from './block-columns.ts';
import { addBlocks, levelsOf } from './block-heights.ts';
import { noRail, type Rail, railBox, railOfRow } from './contact-rail.ts';
import { gapsIn, type Span } from './coverage.ts';
import { type Drawn, isTold } from './drawn.ts';
import type { Frame } from './frame.ts';
import { type LaneLayout, type Row, rowsInSight } from './lane-layout.ts';
import { piecesOf } from './picture.ts';
import { type Box, clip, type Measure, RectList, rect, type Shape } from './scene.ts';
import type { Grid } from './scene-axis.ts';
import { contactShapes } from './scene-contacts.ts';
import { type DoubtLane, doubtShapes } from './scene-doubt.ts';
import type { Theme } from './theme.ts';
import { snap, type TimeScale } from './time-scale.ts';
import type { Curve, FullHeight } from './value-scale.ts';
import type { Zone } from './zones.ts';

/** The highest interval inside of a merged pixel stands pale above the mean. */
export const PEAK_OPACITY = 0.36;

/** Blocks of so many CSS pixels have a hair at their end. */
const SEAM_FROM = 5;

/** How heights are read. `topOf` is the bytes an hour at full height of a lane, up and down. */
export interface HeightRule {
  readonly curve: Curve;
  readonly full: FullHeight;
  readonly direction: 'both' | 'sent' | 'received';
  topOf(key: string): { readonly sent: number; readonly received: number };
}

export interface LanesPicture {
  readonly frame: Frame;
  readonly layout: LaneLayout;
  readonly scroll: number;
  readonly scale: TimeScale;
  readonly grid: Grid;
  /** The phone's own zone, by which nights are tinted; null where no source names it. */
  readonly nights: Zone | null;
  readonly drawn: Drawn;
  /** Spans in which a source counted bytes, and those in which one looked at connections. */
  readonly covered: readonly Span[];
  readonly watched: readonly Span[];
  /** An uncovered end that begins later than this is still to come, and no gap; null: nothing is awaited. */
  readonly comingUs: Micros | null;
  /** Where contacts stand in a lane. */
  readonly rail: Rail;
  /** Moments that matter to every lane: acquisitions, clock changes. */
  readonly moments: readonly ContextMark[];
  readonly heights: HeightRule;
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
}

/** Lists that are filled anew with every frame, kept to spare the memory. */
export class LaneBrush {
  readonly bars: Bars = emptyBars();
  readonly blocks = new BlockColumns();
  readonly seams = new RectList();
  readonly zeros = new RectList();
  readonly lines = new RectList();

  clear(): void {
    this.blocks.clear();
    for (const list of [this.seams, this.zeros, this.lines]) list.clear();
  }
}

/** Upper edge, line of nothing and room either way of a lane's drawing. */
export interface LaneBox {
  readonly zero: number;
  readonly up: number;
  readonly down: number;
}

/** The room of the bars: all of the lane but its rail. */
export function laneBox(
  y: number,
  laneHeight: number,
  direction: HeightRule['direction'],
  dpr: number,
  rail: Rail = noRail,
): LaneBox {
  if (rail.alone) return { zero: snap(y + 1, dpr), up: 0, down: 0 };
  const height = laneHeight - rail.kept;
  const pad = Math.max(2, height * 0.07);
  if (direction === 'sent') return { zero: snap(y + height - pad, dpr), up: height - 2 * pad, down: 0 };
  if (direction === 'received') return { zero: snap(y + pad, dpr), up: 0, down: height - 2 * pad };
  return { zero: snap(y + height / 2, dpr), up: height / 2 - pad, down: height / 2 - pad };
}

/** All lanes in sight, free ones first, then the pinned ones over them. Two brushes: the shapes stay theirs until painted. */
export function lanesScene(picture: LanesPicture, brushes: readonly [LaneBrush, LaneBrush]): Shape[] {
  const { frame, layout, scroll } = picture;
  const rows = rowsInSight(layout, scroll);
  const free = rows.filter((row) => !row.pinned);
  const pinned = rows.filter((row) => row.pinned);
  const { x, y, width, height } = frame.lanes;
  const freeBox: Box = { x, y: y + layout.pinnedHeight, width, height: height - layout.pinnedHeight };
  const shapes = laneBlock(picture, free, freeBox, brushes[0]);
  if (pinned.length > 0) {
    const pinnedBox: Box = { x, y, width, height: layout.pinnedHeight };
    shapes.push(...laneBlock(picture, pinned, pinnedBox, brushes[1]));
    shapes.push(rect(x, y + layout.pinnedHeight - 1, width, 2, picture.theme.lineStrong));
  }
  return shapes;
}

function laneBlock(picture: LanesPicture, rows: readonly Row[], box: Box, brush: LaneBrush): Shape[] {
  const { theme, dpr, frame } = picture;
  const hair = 1 / dpr;
  brush.clear();
  let bottom = box.y;
  const lanes: DoubtLane[] = [];
  // Of a lane that is still to come only the name and the sums are known.
  const told: Row[] = [];
  for (const row of rows) {
    const y = frame.lanes.y + row.y;
    bottom = Math.max(bottom, y + row.height);
    const lane = laneBox(y, row.height, picture.heights.direction, dpr, railOfRow(row, picture.rail));
    if (!picture.rail.alone) brush.zeros.add(box.x, lane.zero, box.width, hair);
    brush.lines.add(box.x, snap(y + row.height, dpr) - hair, box.width, hair);
    if (!isTold(picture.drawn, row.key)) continue;
    told.push(row);
    paintLane(picture, row.key, lane, brush);
    lanes.push({ key: row.key, ...lane });
  }
  // Below the last lane there is only ground.
  const used: Box = { ...box, height: Math.min(box.height, Math.max(0, bottom - box.y)) };
  return [
    clip(used, [
      ...backdrop(picture, used, rows),
      brush.lines.shape(theme.line),
      brush.zeros.shape(theme.zero),
      {
        is: 'blocks',
        ...used,
        columns: brush.blocks,
        inks: { ...theme, peakOpacity: PEAK_OPACITY },
        dpr,
      },
      brush.seams.shape(theme.ground, 0.55),
      ...doubtShapes(picture, lanes),
      ...contactShapes(picture, told),
    ]),
  ];
}

/** From midnight to six, as the engine counts what was sent at night. */
const NIGHT = 6 * HOUR;

/** Nights are tinted while they are wide enough to be told apart. */
export function nightsShown(scale: TimeScale): boolean {
  return DAY * scale.pxPerUs > 48;
}

/** Nights, hatching where nothing covers, and the lines of the grid. */
function backdrop(picture: LanesPicture, box: Box, rows: readonly Row[]): Shape[] {
  const { scale, theme, dpr, grid, nights: zone } = picture;
  const hair = 1 / dpr;
  const nights = new RectList();
  if (zone && nightsShown(scale)) {
    const first = scale.view.fromUs - DAY;
    for (let us = first; us < scale.view.toUs + DAY; us += DAY) {
      const midnight = Math.floor(zone.localOf(us) / DAY) * DAY;
      const x0 = snap(scale.x(zone.instantOf(midnight)), dpr);
      nights.add(x0, box.y, snap(scale.x(zone.instantOf(midnight + NIGHT)), dpr) - x0, box.height);
    }
  }
  const { hatch, coming } = hatching(picture, box, rows);
  const lines = new RectList();
  const strong = new RectList();
  for (const tick of grid.ticks) lines.add(snap(scale.x(tick.us), dpr), box.y, hair, box.height);
  for (const us of grid.days) strong.add(snap(scale.x(us), dpr), box.y, hair, box.height);
  for (const era of grid.eras) {
    if (era.fromUs > scale.view.fromUs) strong.add(snap(scale.x(era.fromUs), dpr), box.y, hair, box.height);
  }
  const phase = -scale.view.fromUs * scale.pxPerUs;
  const moments = picture.moments.map(
    (mark): Shape => ({
      is: 'rects',
      paint: mark.kind === 'clock' ? theme.warn : theme.accent,
      xywh: [snap(scale.x(mark.fromUs), dpr), box.y, hair, box.height],
      count: 1,
      opacity: 0.6,
    }),
  );
  // A band as wide as the error of the clock behind them, where that is wider than a pixel.
  const doubts = new RectList();
  for (const { fromUs, errorUs } of picture.moments) {
    const reach = (errorUs ?? 0) * scale.pxPerUs;
    if (reach >= 1) doubts.add(snap(scale.x(fromUs) - reach, dpr), box.y, snap(2 * reach, dpr), box.height);
  }
  return [
    nights.shape(theme.night),
    hatch.shape({ hatch: theme.hatch, ground: theme.hatchGround, phase }),
    coming.shape(theme.groundLabel),
    lines.shape(theme.grid),
    strong.shape(theme.gridStrong),
    doubts.shape(theme.accent, 0.12),
    ...moments,
  ];
}

/** Bars are hatched where no source counted bytes, the rail of contacts where none looked at connections. */
function hatching(picture: LanesPicture, box: Box, rows: readonly Row[]): { hatch: RectList; coming: RectList } {
  const { scale, dpr, rail, frame, comingUs } = picture;
  const hatch = new RectList();
  const coming = new RectList();
  const { fromUs, toUs } = scale.view;
  const add = (gaps: readonly Span[], y: number, height: number) => {
    for (const gap of gaps) {
      const x0 = snap(scale.x(gap.fromUs), dpr);
      const last = gap.toUs === toUs && comingUs !== null && gap.fromUs >= comingUs;
      (last ? coming : hatch).add(x0, y, snap(scale.x(gap.toUs), dpr) - x0, height);
    }
  };
  const counted = gapsIn(picture.covered, fromUs, toUs);
  if (rail.kept === 0) add(counted, box.y, box.height);
  else {
    const watched = gapsIn(picture.watched, fromUs, toUs);
    for (const row of rows) {
      const y = frame.lanes.y + row.y;
      const own = railOfRow(row, rail);
      const foot = railBox(y, row.height, own);
      if (own.kept === 0) {
        add(counted, y, row.height);
        continue;
      }
      if (!own.alone) add(counted, y, foot.y - y);
      add(watched, foot.y, y + row.height - foot.y);
    }
  }
  return { hatch, coming };
}

function paintLane(picture: LanesPicture, key: string, lane: LaneBox, brush: LaneBrush): void {
  const { scale, dpr, drawn, heights } = picture;
  const { direction } = heights;
  const top = heights.topOf(key);
  const { bars, blocks } = brush;
  const sent = direction === 'received' ? null : levelsOf(top.sent, lane.up, heights.curve, dpr);
  const received = direction === 'sent' ? null : levelsOf(top.received, lane.down, heights.curve, dpr);
  for (const piece of piecesOf(drawn, scale.view.fromUs, scale.view.toUs)) {
    const series = piece.data.series(key);
    if (!series) continue;
    fillBars(bars, series, scale, dpr, piece.fromUs, piece.toUs);
    addBlocks(blocks, bars, sent, received);
  }
  blocks.endLane(Math.round(lane.zero * dpr));
  addSeams(brush, lane, dpr);
}

/** A hair between neighbours shows where one interval ends and the next begins, where they are wide enough. */
function addSeams({ blocks, seams }: LaneBrush, lane: LaneBox, dpr: number): void {
  const { x0, x1, up, down, lanes } = blocks;
  const hair = 1 / dpr;
  const { from, to, widest } = lanes.at(-1)!;
  if (widest / dpr < SEAM_FROM) return;
  for (let i = from; i < to; i += 1) {
    const width = (x1[i]! - x0[i]!) / dpr;
    if (width < SEAM_FROM) continue;
    const tallest = up.peak[i]! / dpr;
    seams.add(x1[i]! / dpr - hair, lane.zero - tallest, hair, tallest + down.peak[i]! / dpr + hair);
  }
}
