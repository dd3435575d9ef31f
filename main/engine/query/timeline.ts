import { tellLanes } from '../../../shared/timeline/lane-choice.ts';
import type { LaneBy, LaneView, WindowView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { type AskedWindow, type BareLanes, bareLanes, bySent, noIntervals, sumOf } from './bare-lanes.ts';
import { contactLanes, type LaneContacts } from './contact-lanes.ts';
import { describeLane, type LaneNames } from './lane-words.ts';
import { lookUpLanes } from './look-up-lanes.ts';
import type { Rollups } from './rollup/rollups.ts';
import { laneText } from './rollup/volume-bars.ts';
import type { LaneKey } from './rollup/volume-lanes.ts';

/** A lane with the marks of its contacts; one that has no bytes in the window is made of them alone. */
function withMarks(by: LaneBy, seen: LaneContacts, lane: LaneView | undefined, dictionary: LaneNames): LaneView {
  const { contacts, events, firstUs, lastUs } = seen;
  if (lane) {
    return {
      ...lane,
      contacts,
      events: lane.events + events,
      firstUs: Math.min(lane.firstUs, firstUs),
      lastUs: Math.max(lane.lastUs, lastUs),
    };
  }
  return {
    key: laneText(seen.lane),
    ...describeLane(by, seen.lane, dictionary),
    sent: 0,
    received: 0,
    sentBackground: 0,
    receivedBackground: 0,
    events,
    firstUs,
    lastUs,
    intervals: noIntervals(),
    contacts,
  };
}

const noContacts = { from: [], to: [], count: [], first: [], peer: [], country: [] };

/**
 * What the screen draws: counted intervals that overlap [fromUs, toUs), by lane, largest sender first. An interval
 * shorter than a drawable step is merged with those that start in the same step; none is ever split. Contacts stand on the lanes
 * as marks. Of very many lanes those are told that the question chooses (`first`); the sums are those of all. With rollups the step may be
 * the next power of two below the one that is asked for.
 */
export async function timelineWindow(
  read: ReadCase,
  dictionary: LaneNames,
  question: AskedWindow,
  rollups: Rollups | null = null,
): Promise<WindowView> {
  return drawnWindow(read, dictionary, question, await bareLanes(read, question, rollups));
}

/** The same of counted lanes that are known already. */
export async function drawnWindow(
  read: ReadCase,
  dictionary: LaneNames,
  question: AskedWindow,
  { resolutionUs, lanes: counted }: BareLanes,
): Promise<WindowView> {
  const { by, fromUs, toUs } = question;
  const only = question.lanes === undefined ? null : new Set(question.lanes);
  const wanted = ({ lane }: { readonly lane: LaneKey }) => only === null || only.has(laneText(lane));
  const byKey = new Map(
    counted.map(([key, lane]): [LaneKey, LaneView] => [key, { ...describeLane(by, key, dictionary), ...lane }]),
  );
  for (const seen of (await contactLanes(read, question, resolutionUs)).filter(wanted)) {
    byKey.set(seen.lane, withMarks(by, seen, byKey.get(seen.lane), dictionary));
  }
  for (const { lane, lookUps } of (await lookUpLanes(read, question, resolutionUs)).filter(wanted)) {
    const [firstUs, lastUs] = [lookUps.at[0]!, lookUps.at.at(-1)!];
    const bare = { lane, contacts: noContacts, events: 0, firstUs, lastUs };
    byKey.set(lane, { ...(byKey.get(lane) ?? withMarks(by, bare, undefined, dictionary)), lookUps });
  }
  const lanes = [...byKey.values()].sort(bySent);
  const { told: inFull, rest } = tellLanes(lanes, question.lanes === undefined ? question.first : undefined);
  return {
    by,
    fromUs,
    toUs,
    resolutionUs,
    lanes: [...inFull],
    sent: sumOf(lanes.map((lane) => lane.sent)),
    received: sumOf(lanes.map((lane) => lane.received)),
    sentBackground: sumOf(lanes.map((lane) => lane.sentBackground)),
    receivedBackground: sumOf(lanes.map((lane) => lane.receivedBackground)),
    events: sumOf(lanes.map((lane) => lane.events)),
    ...(rest && { rest }),
  };
}
