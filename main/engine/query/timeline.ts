import { tellLanes } from '../../../shared/timeline/lane-choice.ts';
import type { LaneBy, LaneView, WindowView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { type AskedWindow, askedStep, type BareLanes, bareLanes, bySent, noIntervals, sumOf } from './bare-lanes.ts';
import { describeLane, type LaneNames } from './lane-words.ts';
import { type ContactLane, contactStep, windowContacts } from './rollup/contact-window.ts';
import { windowLookUps } from './rollup/look-up-window.ts';
import type { Rollups } from './rollup/rollups.ts';
import { type LaneKey, laneText } from './rollup/volume-lanes.ts';

/** A lane that has contacts, their marks left out; one that has no bytes in the window is made of them alone. */
function withContacts(by: LaneBy, seen: ContactLane, lane: LaneView | undefined, dictionary: LaneNames): LaneView {
  const { events, firstUs, lastUs } = seen;
  if (lane) {
    return {
      ...lane,
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
  const stepUs = askedStep(question);
  const counted = await bareLanes(
    read,
    question,
    rollups,
    rollups ? await contactStep(rollups, question, stepUs) : stepUs,
  );
  return drawnWindow(read, dictionary, question, counted, rollups);
}

/** The same of counted lanes that are known already. */
export async function drawnWindow(
  read: ReadCase,
  dictionary: LaneNames,
  question: AskedWindow,
  { resolutionUs, lanes: counted }: BareLanes,
  rollups: Rollups | null = null,
): Promise<WindowView> {
  const { by, fromUs, toUs } = question;
  const only = question.lanes === undefined ? null : new Set(question.lanes);
  const wanted = ({ lane }: { readonly lane: LaneKey }) => only === null || only.has(laneText(lane));
  const byKey = new Map(
    counted.map(([key, lane]): [LaneKey, LaneView] => [key, { ...describeLane(by, key, dictionary), ...lane }]),
  );
  const contacts = await windowContacts(read, rollups, question, resolutionUs);
  /** By the key of a lane: its contacts. */
  const seenOf = new Map<string, ContactLane>();
  for (const seen of contacts.lanes.filter(wanted)) {
    const lane = withContacts(by, seen, byKey.get(seen.lane), dictionary);
    byKey.set(seen.lane, lane);
    seenOf.set(lane.key, seen);
  }
  for (const { lane, lookUps } of (await windowLookUps(read, rollups, question, resolutionUs)).filter(wanted)) {
    const [firstUs, lastUs] = [lookUps.at[0]!, lookUps.at.at(-1)!];
    const bare = () => withContacts(by, { lane, events: 0, firstUs, lastUs }, undefined, dictionary);
    byKey.set(lane, { ...(byKey.get(lane) ?? { ...bare(), contacts: noContacts }), lookUps });
  }
  const lanes = [...byKey.values()].sort(bySent);
  const choice = question.lanes === undefined ? question.first : undefined;
  const { told: inFull, rest } = tellLanes(lanes, choice, ({ key }) => seenOf.get(key)?.events ?? 0);
  // Marks are made of lanes that are told.
  const marks = await contacts.columns(inFull.flatMap(({ key }) => (seenOf.has(key) ? [seenOf.get(key)!.lane] : [])));
  return {
    by,
    fromUs,
    toUs,
    resolutionUs,
    lanes: inFull.map((lane) => {
      const seen = seenOf.get(lane.key);
      return seen ? { ...lane, contacts: marks.get(seen.lane)! } : lane;
    }),
    sent: sumOf(lanes.map((lane) => lane.sent)),
    received: sumOf(lanes.map((lane) => lane.received)),
    sentBackground: sumOf(lanes.map((lane) => lane.sentBackground)),
    receivedBackground: sumOf(lanes.map((lane) => lane.receivedBackground)),
    events: sumOf(lanes.map((lane) => lane.events)),
    ...(rest && { rest }),
  };
}
