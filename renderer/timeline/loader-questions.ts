import { DataSet } from '../../shared/timeline/lane-data.ts';
import type { LanesAround } from '../../shared/timeline/lanes-around.ts';
import { detailQuestion, type Subject, type WindowQuestion, wholeQuestion } from '../../shared/timeline/questions.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { spanOf } from '../../shared/timeline/viewport.ts';
import type { LaneChoice, WindowView } from '../../shared/types/timeline.ts';

/** What the window shows, and what it needs for that. */
export interface Want {
  readonly subject: Subject;
  readonly view: Viewport;
  readonly widthPx: number;
  readonly bounds: Viewport;
  /** Lanes in sight, and those around that are asked for with them; left out: all lanes. `unknown`: the whole span will tell. */
  readonly lanes?: LanesAround | 'unknown' | null;
  /** Which lanes are told where there are very many; left out: all. */
  readonly first?: LaneChoice;
  /** So many lanes are enough for a first picture of the whole span, until all of it is there; left out: none is wanted. */
  readonly glance?: number | undefined;
}

/** An answer with what was asked: that, not what came back, says how fine it is and how far it reaches. */
export interface Kept {
  readonly key: string;
  readonly data: DataSet;
  readonly question: WindowQuestion;
}

/** Nothing finer can be had than what stands for itself; contacts are merged by the step too. */
export function stepOf({ question, data }: Kept): number {
  return data.merged || data.hasContacts ? (question.toUs - question.fromUs) / question.buckets : 0;
}

/** The share of the lanes in sight that an answer tells of. */
export function lanesHeld({ data }: Kept, { lanes }: Want): number {
  if (!data.only || !lanes || lanes === 'unknown' || lanes.inSight.length === 0) return 1;
  return lanes.inSight.filter((key) => data.holds(key)).length / lanes.inSight.length;
}

/** The question for the window and the lanes around it. */
export function nearQuestion({ subject, view, widthPx, bounds, lanes, first }: Want): WindowQuestion {
  return {
    ...detailQuestion(subject, view, widthPx, bounds),
    ...(lanes && lanes !== 'unknown' ? { lanes: [...lanes.around] } : first && { first }),
    packed: true,
  };
}

/** The question for the whole span. */
export function farQuestion({ subject, bounds, first }: Want): WindowQuestion {
  return { ...wholeQuestion(subject, bounds), ...(first && { first }), packed: true };
}

/** The question for a first picture: as fine as a pixel, with the intervals of a few lanes. */
export function glanceQuestion(want: Want): WindowQuestion {
  return { ...nearQuestion({ ...want, lanes: 'unknown' }), bars: want.glance };
}

/** The question to which a window that came with the case is the answer. */
export function offeredQuestion({ by, fromUs, toUs, resolutionUs }: WindowView, bars: number): WindowQuestion {
  return { by, filter: {}, fromUs, toUs, buckets: Math.round((toUs - fromUs) / resolutionUs), bars, packed: true };
}

/** Whether all of the span is in sight, and few lanes of it are enough. */
export function wantsGlance({ glance, view, bounds }: Want): boolean {
  return glance !== undefined && view.fromUs <= bounds.fromUs && view.toUs >= bounds.toUs;
}

/** An answer to a question for a window, as it is kept. */
export function keptOf(key: string, window: WindowView, question: WindowQuestion): Kept {
  // An answer that does not tell all lanes says nothing of those that it leaves out.
  const partly = question.bars !== undefined || window.rest;
  const only = question.lanes ?? (partly ? window.lanes.slice(0, question.bars).map((lane) => lane.key) : null);
  return { key, data: new DataSet(window, only && new Set(only)), question };
}

/** The whole span, which is where lanes come from: it holds all that are there for the view. */
export function wholeOf(key: string, window: WindowView, question: WindowQuestion): Kept {
  return { key, data: new DataSet(window), question };
}

/** Microseconds of a pixel. */
export function pixelOf(want: Want): number {
  return spanOf(want.view) / want.widthPx;
}
