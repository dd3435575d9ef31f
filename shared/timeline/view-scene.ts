import type { ContextMark, OverviewView } from '../types/timeline.ts';
import type { Rail } from './contact-rail.ts';
import type { ContextRow } from './context-rows.ts';
import type { Span } from './coverage.ts';
import type { Drawn } from './drawn.ts';
import { flatFirst } from './flat.ts';
import { type Frame, plotBox } from './frame.ts';
import type { LaneLayout } from './lane-layout.ts';
import { laneOf, type Sum } from './picture.ts';
import { type Measure, rect, type Shape } from './scene.ts';
import { type AxisWords, axisCorner, axisScene, gridOf } from './scene-axis.ts';
import { contextScene, contextTitles } from './scene-context.ts';
import { type LabelsPicture, labelsScene } from './scene-labels.ts';
import { type HeightRule, LaneBrush, lanesScene } from './scene-lanes.ts';
import { overlayScene } from './scene-overlay.ts';
import { overviewScale, overviewScene } from './scene-overview.ts';
import { restScene } from './scene-rest.ts';
import type { Selection } from './selection.ts';
import type { Theme } from './theme.ts';
import { snap, type TimeScale } from './time-scale.ts';
import { sameView, wholeOf } from './viewport.ts';
import { type Zone, zoneText } from './zones.ts';

/** All that the picture of a view follows from: what a person sees, without what follows the pointer. */
export interface ViewPicture {
  readonly frame: Frame;
  readonly scale: TimeScale;
  readonly zone: Zone;
  /** What a lane is, for headings: `App`. */
  readonly laneWord: string;
  readonly overview: OverviewView | null;
  readonly covered: readonly Span[];
  readonly watched: readonly Span[];
  readonly comingUs: number | null;
  readonly rows: readonly ContextRow[];
  readonly moments: readonly ContextMark[];
  readonly nights: Zone | null;
  readonly drawn: Drawn | null;
  readonly layout: LaneLayout | null;
  readonly scroll: number;
  readonly rail: Rail;
  readonly heights: HeightRule;
  sumOf(key: string): Sum;
  contactsOf(key: string): number;
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
  /** It is to be kept and printed: it says nothing of what one could do in the window. */
  readonly still?: boolean;
}

/** The strip over the whole span and its label. */
export function stripScene(picture: ViewPicture): Shape[] {
  const { frame, overview, theme, measure, dpr } = picture;
  const ground = rect(0, 0, frame.width, frame.axis.y, theme.groundLabel);
  if (!overview) return [ground];
  return [
    ground,
    ...overviewScene(frame, overview, picture.covered, picture.zone, theme, measure, dpr),
    rect(0, frame.overview.height - 1 / dpr, frame.left, 1 / dpr, theme.lineStrong),
  ];
}

export type Brushes = readonly [LaneBrush, LaneBrush];

/** Axis, context band, lanes and labels. The shapes stay the brushes' own until they are painted. */
export function mainScene(picture: ViewPicture, brushes: Brushes): Shape[] {
  const { frame, theme } = picture;
  const top = frame.axis.y;
  const labels = labelsOf(picture);
  return [
    rect(0, top, frame.width, frame.height - top, theme.groundLabel),
    ...plotScene(picture, brushes),
    ...(labels ? labelsScene(labels) : []),
    ...headScene(picture),
    ...edges(picture),
    ...restOf(picture),
  ];
}

/** The same over what is painted already, after nothing but the window has moved: of the words beside the lanes only some. */
export function movedScene(picture: ViewPicture, brushes: Brushes, words: readonly Shape[]): Shape[] {
  return [...plotScene(picture, brushes), ...words, ...edges(picture), ...restOf(picture)];
}

/** All that has a time: lanes, context band and axis. */
function plotScene(picture: ViewPicture, brushes: Brushes): Shape[] {
  const { frame, scale, zone, drawn, layout, theme, measure, dpr } = picture;
  const grid = gridOf(scale, zone, frame.unit);
  const { lanes } = frame;
  return flatFirst(plotBox(frame), theme.ground, [
    ...(drawn && layout
      ? lanesScene({ ...picture, drawn, layout, grid }, brushes)
      : [rect(lanes.x, lanes.y, lanes.width, lanes.height, theme.groundLabel)]),
    ...contextScene(frame, picture.rows, scale, theme, measure, dpr),
    ...axisScene(frame, scale, grid, theme, measure, dpr),
  ]);
}

/** What the words beside the lanes follow from; null before there are lanes. */
export function labelsOf(picture: ViewPicture): LabelsPicture | null {
  const { drawn, layout } = picture;
  return drawn && layout ? { ...picture, layout, laneOf: (key) => laneOf(drawn, key) } : null;
}

/** The words at the left of axis and context band. */
export function headScene(picture: ViewPicture): Shape[] {
  const { frame, theme, measure, dpr } = picture;
  const top = snap(frame.axis.y, dpr);
  return [
    rect(0, top, snap(frame.left, dpr), snap(frame.lanes.y, dpr) - top, theme.groundLabel),
    ...contextTitles(frame, picture.rows, theme),
    ...axisCorner(frame, headWords(picture), theme, measure),
  ];
}

/** The words of the corner: while they are the same, the head is. */
export function headWords({ zone, scale, laneWord }: ViewPicture): AxisWords {
  return { zone: zoneText(zone, scale.view.fromUs, scale.view.toUs), lane: laneWord };
}

/** Lines between what has a time and its words. */
function edges({ frame, theme, dpr }: ViewPicture): Shape[] {
  // On the grid: they are painted over themselves with every frame.
  const hair = 1 / dpr;
  const { axis, lanes, overview } = frame;
  const left = snap(frame.left, dpr);
  const top = snap(axis.y, dpr);
  return [
    rect(0, snap(axis.y + axis.height, dpr) - hair, left, hair, theme.lineStrong),
    rect(0, snap(lanes.y, dpr) - hair, left, hair, theme.lineStrong),
    rect(left - hair, top, hair, snap(frame.height, dpr) - top, theme.lineStrong),
    rect(left - hair, 0, hair, snap(overview.height, dpr), theme.lineStrong),
  ];
}

/** The line of lanes that are not told. Its words go across labels and plot: nothing parts them. */
function restOf(picture: ViewPicture): Shape[] {
  const { drawn, layout, still } = picture;
  const rest = drawn?.whole.window.rest;
  if (!rest || !layout) return [];
  return restScene({ ...picture, layout, rest, by: drawn.whole.window.by, hint: still !== true });
}

/** The whole picture of a view, as canvas, SVG and paper show it; with the stretch that is selected, if any. */
export function viewScene(picture: ViewPicture, selection: Selection | null = null): Shape[] {
  const { frame, overview, scale } = picture;
  // The window is marked on the strip where it is not all of it.
  const strip = overview && !sameView(wholeOf(overview), scale.view) ? overviewScale(frame, overview) : null;
  return [
    ...stripScene(picture),
    ...mainScene(picture, [new LaneBrush(), new LaneBrush()]),
    ...overlayScene({
      ...picture,
      overview: strip,
      view: scale.view,
      selection,
      cursorUs: null,
      marked: null,
      keyed: null,
      hoveredRow: null,
      focusedRow: null,
      showFocus: false,
      hoveredLabel: null,
      burst: null,
    }),
  ];
}
