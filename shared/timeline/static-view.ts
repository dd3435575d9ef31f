import type { OverviewView, WindowView } from '../types/timeline.ts';
import { railOf } from './contact-rail.ts';
import { contextRows } from './context-rows.ts';
import { contactSpans, coveredSpans } from './coverage.ts';
import type { Drawn } from './drawn.ts';
import { type Frame, frameOf } from './frame.ts';
import { heightRule } from './heights.ts';
import { addRests, tellLanes } from './lane-choice.ts';
import { DataSet } from './lane-data.ts';
import { layOut, noFolds, orderLanes } from './lane-layout.ts';
import type { Look } from './look.ts';
import { laneContacts, laneSum } from './picture.ts';
import type { Measure } from './scene.ts';
import type { Theme } from './theme.ts';
import { timeScale, type Viewport } from './time-scale.ts';
import type { ViewPicture } from './view-scene.ts';
import { spanOf, wholeOf } from './viewport.ts';
import { zoneNamed } from './zones.ts';

/** A view that nobody touches: a picture for paper, as high as its lanes. CSS pixels. */
export interface StaticChoice {
  readonly width: number;
  readonly look: Look;
  /** At most so many lanes, the first of their order. */
  readonly lanes: number;
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
  /** The window; absent: the whole span. */
  readonly view?: Viewport;
}

/** The picture of answers of the engine: `whole` is asked for the whole span, as finely as it is drawn. */
export function staticView(overview: OverviewView, whole: WindowView, choice: StaticChoice): ViewPicture {
  const { look, theme, measure, dpr, width } = choice;
  const data = new DataSet(withRest(whole, choice));
  const drawn: Drawn = { subject: { by: whole.by, filter: {} }, whole: data, detail: null };
  const order = orderLanes(data.lanes.values(), look.sorting).slice(0, choice.lanes);
  const rows = contextRows(overview.context);
  const frameWith = (height: number) =>
    frameOf({ width, height, unit: 1, size: look.size, contextRows: rows.length, gutter: 0 });
  // The strip is higher where there is room, which makes all of it higher still.
  const restOf = (frame: Frame) => (data.window.rest ? frame.restHeight : 0);
  const under = (frame: Frame) =>
    frameWith(frame.lanes.y + Math.max(1, order.length) * frame.laneHeight + restOf(frame));
  const frame = under(under(frameWith(0)));
  const view = choice.view ?? wholeOf(overview);
  const covered = coveredSpans(overview.coverage);
  const watched = contactSpans(overview.coverage);
  const rail = railOf(look.size, frame.unit, frame.laneHeight, {
    bytes: covered.length > 0 || data.hasBytes,
    contacts: watched.length > 0 || data.hasContacts,
    watchedUs: watched.reduce((sum, span) => sum + spanOf(span), 0),
    spanUs: spanOf(view),
  });
  const peaksOf = (key: string) => {
    const series = data.series(key);
    return { sent: series?.peakSent ?? 0, received: series?.peakReceived ?? 0 };
  };
  return {
    frame,
    scale: timeScale(view, frame.left, frame.plotWidth),
    zone: look.zone,
    laneWord: look.laneWord,
    overview,
    covered,
    watched,
    comingUs: null,
    rows,
    moments: overview.context.filter((mark) => mark.kind === 'acquisition' || mark.kind === 'clock'),
    nights: overview.zone === null ? null : zoneNamed(overview.zone),
    drawn,
    layout: layOut(order, [], frame.laneHeight, frame.lanes.height, {
      folds: noFolds,
      height: frame.laneHeight,
      rest: restOf(frame),
    }),
    scroll: 0,
    rail,
    heights: heightRule(look, order, peaksOf),
    sumOf: (key) => laneSum(drawn, key, view.fromUs, view.toUs),
    contactsOf: (key) => laneContacts(drawn, key, view.fromUs, view.toUs),
    theme,
    measure,
    dpr,
    still: true,
  };
}

/** Where the answer does not tell all lanes, those that it does but the picture has no room for are added to the others. */
function withRest(whole: WindowView, { lanes, look }: StaticChoice): WindowView {
  if (!whole.rest || look.sorting === 'window') return whole;
  const { told, rest } = tellLanes(whole.lanes, { most: lanes, order: look.sorting, keep: [] });
  return { ...whole, lanes: [...told], rest: rest ? addRests(whole.rest, rest) : whole.rest };
}
