import type { LaneChoice, LaneRest, LaneView } from '../types/timeline.ts';
import { compareLanes, contactsOfLane, laneRank, type RankedLane, type Sorting } from './lane-layout.ts';

/**
 * Lanes of an answer that are told in full. A thousand are more than anybody scrolls through, and cost the window about what
 * several hundred do.
 */
export const MOST_LANES = 1000;

/** What of very many lanes a view needs: the first of its order, and the pinned ones. */
export function choiceOf(sorting: Sorting, pins: readonly string[]): LaneChoice {
  // What was sent in a window is ranked among those that sent most of all: the window moves, and its lanes must stay.
  return { most: MOST_LANES, order: sorting === 'window' ? 'sent' : sorting, keep: pins.slice(0, MOST_LANES) };
}

/**
 * Splits lanes into those that are told, in the order that they came in, and the sum of the others. All are told where nothing is chosen.
 * `contacts`: how many a lane has.
 */
export function tellLanes(
  lanes: readonly LaneView[],
  choice: LaneChoice | undefined,
  contacts: (lane: LaneView) => number = contactsOfLane,
): { readonly told: readonly LaneView[]; readonly rest?: LaneRest } {
  if (!choice || lanes.length <= choice.most) return { told: lanes };
  const keep = new Set(choice.keep);
  const kept = lanes.filter(({ key }) => keep.has(key));
  const others = lanes.filter(({ key }) => !keep.has(key));
  const first = firstOf(others, choice, choice.most - kept.length, contacts);
  const told = new Set([...kept, ...first]);
  const rest = lanes.filter((lane) => !told.has(lane));
  return { told: lanes.filter((lane) => told.has(lane)), ...(rest.length > 0 && { rest: restOf(rest, contacts) }) };
}

/** The first lanes of an order. Names are slow to compare: only those are, that can still be among the first. */
function firstOf(
  lanes: readonly LaneView[],
  { order }: LaneChoice,
  most: number,
  contacts: (lane: LaneView) => number,
): LaneView[] {
  if (most <= 0) return [];
  const rank = laneRank(order, undefined, contacts);
  let first: RankedLane[] = [];
  let last: RankedLane | null = null;
  for (const lane of lanes) {
    const one = rank(lane);
    if (last && compareLanes(one, last) > 0) continue;
    first.push(one);
    if (first.length < 2 * most) continue;
    first = first.sort(compareLanes).slice(0, most);
    last = first.at(-1)!;
  }
  return first
    .sort(compareLanes)
    .slice(0, most)
    .map(({ lane }) => lane);
}

function restOf(lanes: readonly LaneView[], contactsOf: (lane: LaneView) => number): LaneRest {
  const rest = {
    lanes: lanes.length,
    counted: 0,
    events: 0,
    contacts: 0,
    sent: 0,
    received: 0,
    sentBackground: 0,
    receivedBackground: 0,
  };
  for (const lane of lanes) {
    const contacts = contactsOf(lane);
    rest.contacts += contacts;
    rest.events += lane.events;
    if (lane.events > contacts) rest.counted += 1;
    rest.sent += lane.sent;
    rest.received += lane.received;
    rest.sentBackground += lane.sentBackground;
    rest.receivedBackground += lane.receivedBackground;
  }
  return rest;
}

/** Sums of lanes that share none. */
export function addRests(a: LaneRest, b: LaneRest): LaneRest {
  return {
    lanes: a.lanes + b.lanes,
    counted: a.counted + b.counted,
    events: a.events + b.events,
    contacts: a.contacts + b.contacts,
    sent: a.sent + b.sent,
    received: a.received + b.received,
    sentBackground: a.sentBackground + b.sentBackground,
    receivedBackground: a.receivedBackground + b.receivedBackground,
  };
}

/** Whether an answer to one choice serves another one too. */
export function choiceServes(
  told: { has(key: string): boolean },
  rest: LaneRest | undefined,
  asked: LaneChoice | undefined,
  wanted: LaneChoice | undefined,
): boolean {
  if (!rest || !wanted) return true;
  if (!asked || asked.order !== wanted.order) return false;
  // A pin on a lane that there is not will not come with another question.
  return wanted.keep.every((key) => told.has(key) || asked.keep.includes(key));
}
