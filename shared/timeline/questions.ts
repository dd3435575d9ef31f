import type { Micros } from '../base/time.ts';
import type { EventFilter } from '../types/event.ts';
import type { LaneBy, LaneChoice } from '../types/timeline.ts';
import type { Viewport } from './time-scale.ts';
import { spanOf } from './viewport.ts';

/** What decides which lanes and bytes are shown; a change of it asks anew. */
export interface Subject {
  readonly by: LaneBy;
  readonly filter: EventFilter;
}

/** One question to the engine, as the contract has it, without the case. */
export interface WindowQuestion extends Subject {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly buckets: number;
  /** Keys of the lanes that are wanted; left out: all. */
  readonly lanes?: string[] | undefined;
  /** Which of them are told in full; left out: all. */
  readonly first?: LaneChoice | undefined;
  /** So many lanes have their intervals, the largest senders first; each other one is told in one step. Left out: all have them. */
  readonly bars?: number | undefined;
  /** Whether intervals come as texts. */
  readonly packed?: boolean | undefined;
}

/** The contract's cap on the steps of one answer. */
export const MOST_BUCKETS = 10_000;
/** The whole span is asked for in so many steps: the drawing under every other one. */
export const WHOLE_STEPS = 600;
/** Bins of the overview. */
export const OVERVIEW_BINS = 1200;
/** A first picture that is kept in the case is as fine as a window of so many pixels needs it; a wider one sharpens it afterwards. */
export const FIRST_WIDTH = 1024;

const keys = new WeakMap<Subject, string>();

/** The same for subjects that get the same answer. Remembered: it is asked for with every movement of the hand. */
export function subjectKey(subject: Subject): string {
  const known = keys.get(subject) ?? keyOf(subject);
  keys.set(subject, known);
  return known;
}

function keyOf(subject: Subject): string {
  const filter = Object.entries(subject.filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([subject.by, filter]);
}

/** The question for the whole span. */
export function wholeQuestion(subject: Subject, bounds: Viewport): WindowQuestion {
  return { ...subject, fromUs: Math.floor(bounds.fromUs), toUs: Math.ceil(bounds.toUs), buckets: WHOLE_STEPS };
}

/**
 * The question for a window: as fine as a pixel, and one window more on either side, so that a pan finds its data
 * there. Steps are powers of two of a microsecond and lie on a grid of absolute time, so that neighbouring questions merge alike.
 */
export function detailQuestion(subject: Subject, view: Viewport, widthPx: number, bounds: Viewport): WindowQuestion {
  const span = spanOf(view);
  const pixel = span / Math.max(widthPx, 1);
  let step = 2 ** Math.floor(Math.log2(Math.max(pixel, 1)));
  while (span / step > MOST_BUCKETS / 2) step *= 2;
  const margin = Math.max(0, Math.min(span, ((MOST_BUCKETS - 2) * step - span) / 2));
  const low = Math.max(view.fromUs - margin, bounds.fromUs);
  const high = Math.min(view.toUs + margin, bounds.toUs);
  const fromUs = Math.floor(low / step) * step;
  const toUs = Math.max(Math.ceil(high / step) * step, fromUs + step);
  return { ...subject, fromUs, toUs, buckets: Math.min(Math.round((toUs - fromUs) / step), MOST_BUCKETS) };
}

/** A question for sums only. */
export function sumQuestion(subject: Subject, view: Viewport): WindowQuestion {
  return {
    ...subject,
    fromUs: Math.round(view.fromUs),
    toUs: Math.max(Math.round(view.toUs), Math.round(view.fromUs) + 1),
    buckets: 1,
  };
}

/** The part of a window that lies within the span; null where none does. */
export function withinBounds(view: Viewport, bounds: Viewport): Viewport | null {
  const fromUs = Math.max(view.fromUs, bounds.fromUs);
  const toUs = Math.min(view.toUs, bounds.toUs);
  return toUs > fromUs ? { fromUs, toUs } : null;
}
