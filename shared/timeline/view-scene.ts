import type { ContextMark, OverviewView } from '../types/timeline.ts';
import type { Rail } from './contact-rail.ts';
import type { ContextRow } from './context-rows.ts';
import type { Span } from './coverage.ts';
import type { Drawn } from './drawn.ts';
import type { Frame } from './frame.ts';
import type { LaneLayout } from './lane-layout.ts';
import { laneOf, type Sum } from './picture.ts';
import { type Measure, rect, type Shape } from './scene.ts';
import { axisCorner, axisScene, gridOf } from './scene-axis.ts';
import { contextScene } from './scene-context.ts';
import { labelsScene } from './scene-labels.ts';
import { type HeightRule, LaneBrush, lanesScene } from './scene-lanes.ts';
import { overlayScene } from './scene-overlay.ts';
import { overviewScale, overviewScene } from './scene-overview.ts';
import { restScene } from './scene-rest.ts';
import type { Selection } from './selection.ts';
import type { Theme } from './theme.ts';
import type { TimeScale } from './time-scale.ts';
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
  const { frame, scale, zone, drawn, layout, theme, measure, dpr } = picture;
  const top = frame.axis.y;
  const grid = gridOf(scale, zone, frame.unit);
  const shapes: Shape[] = [rect(0, top, frame.width, frame.height - top, theme.groundLabel)];
  if (drawn && layout) {
    const lanes = { ...picture, drawn, layout, grid };
    shapes.push(...lanesScene(lanes, brushes), ...labelsScene({ ...lanes, laneOf: (key) => laneOf(drawn, key) }));
  }
  const words = { zone: zoneText(zone, scale.view.fromUs, scale.view.toUs), lane: picture.laneWord };
  shapes.push(
    rect(0, top, frame.left, frame.lanes.y - top, theme.groundLabel),
    ...contextScene(frame, picture.rows, scale, theme, measure, dpr),
    ...axisScene(frame, scale, grid, theme, measure, dpr),
    ...axisCorner(frame, words, theme, measure),
    rect(0, frame.axis.y + frame.axis.height - 1 / dpr, frame.left, 1 / dpr, theme.lineStrong),
    rect(0, frame.lanes.y - 1 / dpr, frame.left, 1 / dpr, theme.lineStrong),
    rect(frame.left - 1 / dpr, top, 1 / dpr, frame.height - top, theme.lineStrong),
    rect(frame.left - 1 / dpr, 0, 1 / dpr, frame.overview.height, theme.lineStrong),
  );
  // Its words go across labels and plot: nothing parts them.
  if (drawn?.whole.window.rest && layout) {
    const { rest, by } = drawn.whole.window;
    shapes.push(...restScene({ ...picture, layout, rest, by, hint: picture.still !== true }));
  }
  return shapes;
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
