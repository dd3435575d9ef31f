import type { Micros } from '../base/time.ts';
import type { Drawn } from './drawn.ts';
import { entriesIn } from './lane-data.ts';
import { dataAt, laneContacts, laneSum, piecesOf, type Sum, wholeSum } from './picture.ts';

export interface Selection {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** What a selected stretch adds up to. */
export interface SelectionTotals {
  readonly selection: Selection;
  readonly sum: Sum;
  /** Lanes with traffic in it, most sent first. */
  readonly lanes: readonly { readonly key: string; readonly sum: Sum }[];
  /** Intervals that reach beyond an edge of the stretch; they are counted whole. */
  readonly across: number;
  /** Contacts that touch it. */
  readonly contacts: number;
}

/** In order, whole microseconds; null for a stretch too short to hold anything. */
export function selectionOf(aUs: Micros, bUs: Micros): Selection | null {
  const fromUs = Math.round(Math.min(aUs, bUs));
  const toUs = Math.round(Math.max(aUs, bUs));
  return toUs > fromUs ? { fromUs, toUs } : null;
}

/** Adds up a stretch over all lanes. Intervals that touch it count whole: what lies inside one cannot be divided. */
export function totalsOf(drawn: Drawn, selection: Selection): SelectionTotals {
  const { fromUs, toUs } = selection;
  const pieces = piecesOf(drawn, fromUs, toUs);
  const data = pieces.length === 1 ? dataAt(drawn, fromUs) : drawn.whole;
  const lanes: { key: string; sum: Sum }[] = [];
  let across = 0;
  let contacts = 0;
  for (const key of drawn.whole.lanes.keys()) {
    contacts += laneContacts(drawn, key, fromUs, toUs);
    const sum = laneSum(drawn, key, fromUs, toUs);
    if (sum.events === 0) continue;
    lanes.push({ key, sum });
    const series = data.series(key);
    if (!series) continue;
    const crossing = new Set<number>();
    for (const edge of [fromUs, toUs]) {
      for (const i of entriesIn(series, edge, edge)) {
        if (series.from[i]! < fromUs || series.to[i]! > toUs) crossing.add(i);
      }
    }
    for (const i of crossing) if (series.from[i]! < toUs && series.to[i]! > fromUs) across += 1;
  }
  lanes.sort((a, b) => b.sum.sent - a.sum.sent || b.sum.received - a.sum.received);
  return { selection, sum: wholeSum(drawn, fromUs, toUs), lanes, across, contacts };
}
