import type { Micros } from '../base/time.ts';
import type { LaneView } from '../types/timeline.ts';
import { contactCount } from './contact-data.ts';
import type { Drawn } from './drawn.ts';
import {
  addTotals,
  type DataSet,
  edgeIsMerged,
  type LaneSeries,
  noTotals,
  type Totals,
  totalsIn,
} from './lane-data.ts';

/** A stretch of time and the answer that it is drawn from. */
export interface Piece {
  readonly data: DataSet;
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** Which answer serves which part of the window: the fine one where it reaches, the coarse one elsewhere. */
export function piecesOf(drawn: Drawn, fromUs: Micros, toUs: Micros): Piece[] {
  const { whole, detail } = drawn;
  if (!detail) return [{ data: whole, fromUs, toUs }];
  const low = detail.window.fromUs <= whole.window.fromUs ? fromUs : Math.max(detail.window.fromUs, fromUs);
  const high = detail.window.toUs >= whole.window.toUs ? toUs : Math.min(detail.window.toUs, toUs);
  if (high <= low) return [{ data: whole, fromUs, toUs }];
  const pieces: Piece[] = [{ data: detail, fromUs: low, toUs: high }];
  if (low > fromUs) pieces.unshift({ data: whole, fromUs, toUs: low });
  if (high < toUs) pieces.push({ data: whole, fromUs: high, toUs });
  return pieces;
}

/** The answer that an instant is drawn from. */
export function dataAt(drawn: Drawn, us: Micros): DataSet {
  const piece = piecesOf(drawn, us, us + 1)[0];
  return piece?.data ?? drawn.whole;
}

export interface Sum extends Totals {
  /** False while an interval that was merged for drawing lies across an edge: the sum may then hold too much. */
  readonly exact: boolean;
  /** Lanes that are not told are missing from it. Absent: it is over all. */
  readonly lacks?: boolean;
}

/** Whether lanes that are not told may have something in the stretch: what they add up to is known of the whole span alone. */
export function lacksRest({ whole }: Drawn, fromUs: Micros, toUs: Micros): boolean {
  return whole.window.rest !== undefined && !(fromUs <= whole.window.fromUs && toUs >= whole.window.toUs);
}

/** What a lane sent and received in a stretch; every interval that touches it counts whole. */
export function laneSum(drawn: Drawn, key: string, fromUs: Micros, toUs: Micros): Sum {
  const pieces = piecesOf(drawn, fromUs, toUs);
  const one = pieces.length === 1 ? pieces[0]! : { data: drawn.whole, fromUs, toUs };
  const series = one.data.series(key);
  if (!series) return { ...noTotals, exact: true };
  const exact = isExact(one.data.resolutionOf(key), series, fromUs, toUs);
  return { ...totalsIn(series, fromUs, toUs), exact };
}

function isExact(resolutionUs: Micros, series: LaneSeries, fromUs: Micros, toUs: Micros): boolean {
  return !edgeIsMerged(series, fromUs, resolutionUs) && !edgeIsMerged(series, toUs, resolutionUs);
}

/** What tells of all lanes alike: without a fine answer that knows only those in sight. */
export function ofAllLanes(drawn: Drawn): Drawn {
  return drawn.detail?.only ? { ...drawn, detail: null } : drawn;
}

/** The same for all lanes together. */
export function wholeSum(of: Drawn, fromUs: Micros, toUs: Micros): Sum {
  const drawn = ofAllLanes(of);
  let sum: Totals = noTotals;
  let exact = true;
  for (const key of drawn.whole.lanes.keys()) {
    const lane = laneSum(drawn, key, fromUs, toUs);
    sum = addTotals(sum, lane);
    exact &&= lane.exact;
  }
  if (lacksRest(drawn, fromUs, toUs)) return { ...sum, exact: false, lacks: true };
  const { rest } = drawn.whole.window;
  return { ...(rest ? addTotals(sum, { ...rest, events: rest.events - rest.contacts }) : sum), exact };
}

/** Name and other words of a lane, from whichever answer knows it. */
export function laneOf(drawn: Drawn, key: string): LaneView | null {
  return drawn.whole.lanes.get(key) ?? drawn.detail?.lanes.get(key) ?? null;
}

/** How many contacts of a lane touch a stretch. */
export function laneContacts(drawn: Drawn, key: string, fromUs: Micros, toUs: Micros): number {
  const pieces = piecesOf(drawn, fromUs, toUs);
  const data = pieces.length === 1 ? pieces[0]!.data : drawn.whole;
  return contactCount(data.contacts(key), fromUs, toUs);
}

/** The same for all lanes together; without those that are not told where `lacksRest`. */
export function wholeContacts(of: Drawn, fromUs: Micros, toUs: Micros): number {
  const drawn = ofAllLanes(of);
  let sum = lacksRest(drawn, fromUs, toUs) ? 0 : (drawn.whole.window.rest?.contacts ?? 0);
  for (const key of drawn.whole.lanes.keys()) sum += laneContacts(drawn, key, fromUs, toUs);
  return sum;
}
