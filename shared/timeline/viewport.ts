import { type Micros, SECOND } from '../base/time.ts';
import type { Viewport } from './time-scale.ts';

/** The narrowest window: four seconds, so that a look a second can be told from the next. */
export const NARROWEST: Micros = 4 * SECOND;
/** How far beyond the ends of the span one may look, as a part of it. */
const MARGIN = 0.06;

/** Length of a window in microseconds. */
export function spanOf(v: Viewport): Micros {
  return v.toUs - v.fromUs;
}

/** The whole span with a small margin on both sides: the widest window there is. */
export function wholeOf(bounds: Viewport): Viewport {
  const margin = Math.max(spanOf(bounds), NARROWEST) * MARGIN;
  return { fromUs: bounds.fromUs - margin, toUs: bounds.toUs + margin };
}

/** Moves a window back to where there is something to see; the width is kept where it can be. */
export function clampTo(v: Viewport, bounds: Viewport): Viewport {
  const widest = wholeOf(bounds);
  const span = Math.min(Math.max(spanOf(v), NARROWEST), spanOf(widest));
  const slack = Math.min(span / 2, bounds.fromUs - widest.fromUs);
  const lowest = bounds.fromUs - slack;
  const highest = bounds.toUs + slack - span;
  const centred = spanOf(v) === span ? v.fromUs : (v.fromUs + v.toUs - span) / 2;
  const fromUs = Math.min(Math.max(centred, Math.min(lowest, highest)), Math.max(lowest, highest));
  return { fromUs, toUs: fromUs + span };
}

/**
 * Narrows (`factor` below 1) or widens the window about an instant, which keeps its place on the screen as long as
 * the ends of the span allow it.
 */
export function zoomAt(v: Viewport, factor: number, atUs: Micros, bounds: Viewport): Viewport {
  const span = spanOf(v);
  const wanted = Math.min(Math.max(span * factor, NARROWEST), spanOf(wholeOf(bounds)));
  const share = (atUs - v.fromUs) / span;
  const fromUs = atUs - share * wanted;
  return clampTo({ fromUs, toUs: fromUs + wanted }, bounds);
}

/** Moves the window by a stretch of time; positive is later. */
export function panBy(v: Viewport, byUs: Micros, bounds: Viewport): Viewport {
  return clampTo({ fromUs: v.fromUs + byUs, toUs: v.toUs + byUs }, bounds);
}

/** The window of the same width about an instant. */
export function centreOn(v: Viewport, atUs: Micros, bounds: Viewport): Viewport {
  return panBy(v, atUs - (v.fromUs + v.toUs) / 2, bounds);
}

/** Part of the way from one window to another: what an eye follows. `t` from 0 to 1. */
export function between(a: Viewport, b: Viewport, t: number): Viewport {
  return { fromUs: a.fromUs + (b.fromUs - a.fromUs) * t, toUs: a.toUs + (b.toUs - a.toUs) * t };
}

/** Whether two windows show the same time. */
export function sameView(a: Viewport, b: Viewport): boolean {
  return a.fromUs === b.fromUs && a.toUs === b.toUs;
}
