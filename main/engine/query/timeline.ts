import { countryName } from '../../../shared/text/country-names.ts';
import { tellLanes } from '../../../shared/timeline/lane-choice.ts';
import { packNumbers } from '../../../shared/timeline/packed.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type { IntervalColumns, LaneBy, LaneChoice, LaneView, WindowView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { INNER } from './destination-columns.ts';
import { INNER_NAME } from './destinations.ts';
import { type Dictionary, networkTitle } from './dictionary.ts';
import { volumeCondition } from './filter.ts';
import { type ContactLane, contactStep, windowContacts } from './rollup/contact-window.ts';
import type { LaneColumns } from './rollup/lane-bars.ts';
import { windowLookUps } from './rollup/look-up-window.ts';
import type { Rollups } from './rollup/rollups.ts';
import { type RolledLane, rolledLanes } from './rollup/volume-bars.ts';
import { type LaneKey, laneText } from './rollup/volume-lanes.ts';
import { barsOfRows } from './volume-rows.ts';

const UNKNOWN_LANE: Readonly<Record<LaneBy, string>> = {
  app: 'Unknown app',
  network: 'Unknown network',
  service: 'No known service',
  country: 'Country not known',
  organisation: 'Organisation not known',
  host: 'To whom is not known',
};

function describeLane(
  by: LaneBy,
  key: string | number | null,
  dictionary: Dictionary,
): Pick<LaneView, 'name' | 'detail' | 'system' | 'service'> {
  const plain = { detail: null, system: false, service: null };
  if (key === null) return { ...plain, name: UNKNOWN_LANE[by] };
  if (by === 'app') {
    const app = dictionary.apps.get(Number(key));
    if (!app) return { ...plain, name: `uid ${key}` };
    const packages = JSON.parse(app.packages) as string[];
    const other = app.user !== null && app.user > 0 ? `user ${app.user}` : null;
    const detail = [packages.length === 0 ? `uid ${key}` : packages[0], other].filter(Boolean).join(' · ');
    return { name: app.name, detail, system: app.kind === 'system', service: app.service_name };
  }
  if (by === 'network') {
    const network = dictionary.networkOfKey.get(String(key));
    return { ...plain, name: network ? networkTitle(network) : String(key) };
  }
  if (by === 'service') {
    const app = dictionary.appOfService.get(String(key));
    const host = dictionary.hostServices.get(String(key));
    return {
      ...plain,
      name: app?.service_name ?? host?.name ?? String(key),
      detail: app?.service_vendor ?? host?.vendor ?? null,
      service: String(key),
    };
  }
  if (key === INNER && by !== 'host') return { ...plain, name: INNER_NAME };
  if (by === 'country') return { ...plain, name: countryName(String(key)), detail: String(key) };
  if (by === 'organisation') return { ...plain, name: dictionary.organisations.get(String(key)) ?? String(key) };
  return { ...plain, name: String(key) };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum;
}

/** A column of one value is that value. */
function oneWhereAlike<C extends ArrayLike<number>>(column: C): number | C {
  const [first] = [column[0]];
  for (let i = 1; i < column.length; i += 1) if (column[i] !== first) return column;
  return first ?? column;
}

const noIntervals = (): IntervalColumns => ({
  from: [],
  to: [],
  sent: [],
  received: [],
  sentBackground: [],
  receivedBackground: [],
  events: [],
  top: [],
});

/** Intervals as plain columns; peaks only where something was merged: else they follow from the rest. */
function intervalsOf(columns: LaneColumns): IntervalColumns {
  const plain = (column: ArrayLike<number>) => (Array.isArray(column) ? (column as number[]) : Array.from(column));
  const error = oneWhereAlike(columns.error);
  return {
    from: plain(columns.from),
    to: plain(columns.to),
    sent: plain(columns.sent),
    received: plain(columns.received),
    sentBackground: plain(columns.sentBackground),
    receivedBackground: plain(columns.receivedBackground),
    events: plain(columns.events),
    top: Array.from(columns.top, (id) => `v${id}`),
    ...(columns.merged && { peakSent: plain(columns.peakSent), peakReceived: plain(columns.peakReceived) }),
    error: typeof error === 'number' ? error : plain(error),
  };
}

/** The same as one text, or as columns where the text cannot hold them. */
function packedOf(columns: LaneColumns): Pick<LaneView, 'intervals' | 'packed'> {
  const { peakSent, peakReceived, merged, ...rest } = columns;
  const packed = packNumbers({
    ...rest,
    error: oneWhereAlike(columns.error),
    ...(merged && { peakSent, peakReceived }),
  });
  return packed === null ? { intervals: intervalsOf(columns) } : { intervals: noIntervals(), packed };
}

function laneOf(by: LaneBy, { lane, columns }: RolledLane, dictionary: Dictionary, packed: boolean): LaneView {
  let lastUs = columns.to[0]!;
  for (let i = 1; i < columns.to.length; i += 1) lastUs = Math.max(lastUs, columns.to[i]!);
  return {
    key: laneText(lane),
    ...describeLane(by, lane, dictionary),
    sent: sumOf(columns.sent),
    received: sumOf(columns.received),
    sentBackground: sumOf(columns.sentBackground),
    receivedBackground: sumOf(columns.receivedBackground),
    events: sumOf(columns.events),
    firstUs: columns.from[0]!,
    lastUs,
    ...(packed ? packedOf(columns) : { intervals: intervalsOf(columns) }),
  };
}

/** A lane that has contacts, their marks left out; one that has no bytes in the window is made of them alone. */
function withContacts(by: LaneBy, seen: ContactLane, lane: LaneView | undefined, dictionary: Dictionary): LaneView {
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

/** What `timelineWindow` is asked. */
export interface AskedWindow {
  readonly by: LaneBy;
  readonly fromUs: number;
  readonly toUs: number;
  readonly buckets: number;
  readonly filter: EventFilter;
  /** Keys of the lanes that are wanted; left out: all. Sums are over these. */
  readonly lanes?: readonly string[] | undefined;
  /** Which of them are told in full; the others are added up. Left out: all. */
  readonly first?: LaneChoice | undefined;
  /** Intervals as texts (`shared/timeline/packed.ts`). */
  readonly packed?: boolean | undefined;
}

/**
 * What the screen draws: counted intervals that overlap [fromUs, toUs), by lane, largest sender first. An interval
 * shorter than a drawable step is merged with those that start in the same step; none is ever split. Contacts stand on the lanes
 * as marks. Of very many lanes those are told that the question chooses (`first`); the sums are those of all. With rollups the step may be
 * the next power of two below the one that is asked for.
 */
export async function timelineWindow(
  read: ReadCase,
  dictionary: Dictionary,
  question: AskedWindow,
  rollups: Rollups | null = null,
): Promise<WindowView> {
  const { by, fromUs, toUs } = question;
  const askedUs = Math.max(1, Math.floor((toUs - fromUs) / question.buckets));
  const stepUs = rollups ? await contactStep(rollups, question, askedUs) : askedUs;
  const condition = volumeCondition({ ...question.filter, fromUs, toUs });
  const only = question.lanes === undefined ? null : new Set(question.lanes);
  const wanted = ({ lane }: { readonly lane: LaneKey }) => only === null || only.has(laneText(lane));
  const take = (row: RolledLane) => [row.lane, laneOf(by, row, dictionary, question.packed === true)] as const;
  let resolutionUs = stepUs;
  let told: readonly (readonly [LaneKey, LaneView])[] = [];
  if (!condition.nothing && rollups) {
    const rolled = await rolledLanes(read, rollups, { ...question, stepUs }, take);
    resolutionUs = rolled.resolutionUs;
    told = rolled.lanes;
  } else if (!condition.nothing)
    told = (await barsOfRows(read, { ...question, stepUs }, condition)).lanes.filter(wanted).map(take);
  const byKey = new Map(told);
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
  const lanes = [...byKey.values()].sort(
    (a, b) => b.sent - a.sent || b.received - a.received || b.events - a.events || (a.key < b.key ? -1 : 1),
  );
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
