import { mainStretch, STRAY_GAP_US } from '../../../shared/base/main-stretch.ts';
import { HOUR, SECOND } from '../../../shared/base/time.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type {
  ContextMark,
  CoverageSpan,
  LaneBy,
  LaneView,
  OverviewView,
  WindowView,
} from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { contactLanes, type LaneContacts } from './contact-lanes.ts';
import { INNER, INNER_NAME } from './destinations.ts';
import { type Dictionary, networkTitle } from './dictionary.ts';
import { volumeCondition, volumeTables } from './filter.ts';
import { lookUpLanes } from './look-up-lanes.ts';
import { phoneZone } from './phone.ts';

/** One lane as SQLite hands it over: its columns as JSON arrays, which cost a tenth of a row object a bar. */
interface LaneRow {
  readonly lane: string | number | null;
  readonly columns: string;
}

/** The span that the case's counted history and its contacts fill; strays of a clock that stood wrong are left out of the drawing. */
export async function caseSpan(read: ReadCase): Promise<{ fromUs: number; toUs: number }> {
  const starts = await read.all<{ fromUs: number; toUs: number; rows: number }>(
    `SELECT from_us fromUs, max(to_us) toUs, count(*) rows FROM volume WHERE counted = 1 GROUP BY from_us ORDER BY from_us`,
  );
  const main = mainStretch(starts);
  const history = main ? starts.slice(main.first, main.last + 1) : [];
  const span = { fromUs: history[0]?.fromUs ?? 0, toUs: history.reduce((last, one) => Math.max(last, one.toUs), 0) };
  return withContacts(read, span);
}

/** The span with the contacts of the case; those that lie far from it are strays too. */
async function withContacts(read: ReadCase, span: { fromUs: number; toUs: number }) {
  const peers = await read.get<{ f: number | null; t: number | null }>(
    `SELECT (SELECT min(from_us) FROM contact) f, (SELECT max(to_us) FROM contact) t`,
  );
  if (peers?.f == null || peers.t == null) return span;
  // A moment has no width to be drawn in, and one at the very end must lie before the end.
  const last = Math.max(peers.t + 1, peers.f + SECOND);
  if (span.toUs === 0) return { fromUs: peers.f, toUs: last };
  return {
    fromUs: peers.f < span.fromUs && peers.f > span.fromUs - STRAY_GAP_US ? peers.f : span.fromUs,
    toUs: last > span.toUs && last < span.toUs + STRAY_GAP_US ? last : span.toUs,
  };
}

/** Spans that each source of the case could have seen. */
export async function coverageOf(read: ReadCase): Promise<CoverageSpan[]> {
  return read.all<CoverageSpan>(
    `SELECT source, from_us AS fromUs, to_us AS toUs, evidence FROM coverage ORDER BY source, from_us, id`,
  );
}

/** What happened beside the bytes, in time order. */
export async function contextOf(read: ReadCase): Promise<ContextMark[]> {
  return read.all<ContextMark>(
    `SELECT kind, from_us AS fromUs, to_us AS toUs, name, detail, evidence FROM context ORDER BY from_us, id`,
  );
}

/**
 * The whole span in equal bins. Bytes of an interval are spread over the bins that it overlaps, for drawing only:
 * the sum over all bins equals the counted bytes of the span.
 */
export async function overview(read: ReadCase, bins: number): Promise<OverviewView> {
  const span = await caseSpan(read);
  const empty = () => new Array<number>(bins).fill(0);
  const view = {
    sent: empty(),
    received: empty(),
    sentBackground: empty(),
    receivedBackground: empty(),
  };
  const coverage = await coverageOf(read);
  const fromUs = span.fromUs;
  const toUs = Math.max(
    span.toUs,
    ...coverage
      .filter((one) => one.source !== 'per-app tags' && one.fromUs >= fromUs && one.toUs <= span.toUs + 400 * 24 * HOUR)
      .map((one) => one.toUs),
  );
  const stepUs = Math.max(1, Math.ceil((toUs - fromUs) / bins));
  const rows = await read.all<{ f: number; t: number; sent: number; received: number; sb: number; rb: number }>(
    `SELECT v.from_us f, v.to_us t, total(v.sent) sent, total(v.received) received,
       total(CASE WHEN s.foreground = 0 THEN v.sent END) sb, total(CASE WHEN s.foreground = 0 THEN v.received END) rb
     FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 1 AND v.from_us >= ? AND v.from_us < ? GROUP BY v.from_us, v.to_us`,
    [fromUs, span.toUs],
  );
  for (const row of rows) {
    const length = Math.max(1, row.t - row.f);
    const first = Math.floor((row.f - fromUs) / stepUs);
    const last = Math.min(bins - 1, Math.floor((row.t - 1 - fromUs) / stepUs));
    for (let bin = first; bin <= last; bin += 1) {
      const from = Math.max(row.f, fromUs + bin * stepUs);
      const to = bin === last ? row.t : Math.min(row.t, fromUs + (bin + 1) * stepUs);
      const share = (to - from) / length;
      view.sent[bin]! += row.sent * share;
      view.received[bin]! += row.received * share;
      view.sentBackground[bin]! += row.sb * share;
      view.receivedBackground[bin]! += row.rb * share;
    }
  }
  return { fromUs, toUs, stepUs, ...view, coverage, context: await contextOf(read), zone: await phoneZone(read) };
}

function laneColumn(by: LaneBy): string {
  switch (by) {
    case 'app':
      return 's.uid';
    case 'network':
      return 'n.key';
    case 'service':
      return 'a.service_id';
    case 'country':
    case 'organisation':
    case 'host':
      return 'NULL';
  }
}

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

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function laneOf(by: LaneBy, row: LaneRow, dictionary: Dictionary): LaneView {
  const [from, to, sent, received, sentBackground, receivedBackground, events, top, peakSent, peakReceived] =
    JSON.parse(row.columns) as number[][];
  const intervals = {
    from: from!,
    to: to!,
    sent: sent!,
    received: received!,
    sentBackground: sentBackground!,
    receivedBackground: receivedBackground!,
    events: events!,
    top: top!.map((id) => `v${id}`),
    peakSent: peakSent!,
    peakReceived: peakReceived!,
  };
  return {
    key: row.lane === null ? '' : String(row.lane),
    ...describeLane(by, row.lane, dictionary),
    sent: sumOf(intervals.sent),
    received: sumOf(intervals.received),
    sentBackground: sumOf(intervals.sentBackground),
    receivedBackground: sumOf(intervals.receivedBackground),
    events: sumOf(intervals.events),
    firstUs: intervals.from[0]!,
    lastUs: intervals.to.reduce((last, one) => Math.max(last, one)),
    intervals,
  };
}

/** A lane with the marks of its contacts; one that has no bytes in the window is made of them alone. */
function withMarks(by: LaneBy, seen: LaneContacts, lane: LaneView | undefined, dictionary: Dictionary): LaneView {
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
  const none = (): number[] => [];
  return {
    key: seen.lane === null ? '' : String(seen.lane),
    ...describeLane(by, seen.lane, dictionary),
    sent: 0,
    received: 0,
    sentBackground: 0,
    receivedBackground: 0,
    events,
    firstUs,
    lastUs,
    intervals: {
      from: none(),
      to: none(),
      sent: none(),
      received: none(),
      sentBackground: none(),
      receivedBackground: none(),
      events: none(),
      top: [],
    },
    contacts,
  };
}

const noContacts = { from: [], to: [], count: [], first: [], peer: [], country: [] };

/** Above this, events rank alike: a number of bytes and a row number then fit into one integer, whose largest is sought. */
const MOST = 2 ** 31 - 1;

/**
 * Two steps: rows of one interval are added up, then intervals below a drawable step are merged, with the highest of them
 * kept as bytes an hour. One direction asked for leaves the other out of the drawing.
 */
function laneQuery(by: LaneBy, direction: EventFilter['direction'], condition: string): string {
  const sent = direction === 'received' ? '0' : 'coalesce(v.sent, 0)';
  const received = direction === 'sent' ? '0' : 'coalesce(v.received, 0)';
  const columns = ['f', 't', 'sent', 'received', 'sent_bg', 'received_bg', 'n', 'top', 'peak_sent', 'peak_received'];
  return `WITH interval AS (
      SELECT ${laneColumn(by)} lane, v.from_us f, v.to_us t, sum(${sent}) sent, sum(${received}) received,
        sum(CASE WHEN s.foreground = 0 THEN ${sent} ELSE 0 END) sent_bg,
        sum(CASE WHEN s.foreground = 0 THEN ${received} ELSE 0 END) received_bg,
        count(*) n, max((min(${sent} + ${received}, ${MOST}) << 32) | v.id) ranked
      FROM ${volumeTables} WHERE v.counted = 1${condition} GROUP BY lane, v.from_us, v.to_us),
    bar AS (
      SELECT lane, min(f) f, max(t) t, sum(sent) sent, sum(received) received, sum(sent_bg) sent_bg,
        sum(received_bg) received_bg, sum(n) n, max(ranked) & 4294967295 top,
        CASE WHEN t - f >= ? THEN f ELSE f / CAST(? AS INTEGER) END step, t - f >= ? whole,
        max(sent * ? / (t - f)) peak_sent, max(received * ? / (t - f)) peak_received
      FROM interval GROUP BY lane, step, whole)
    SELECT lane, json_array(${columns.map((name) => `json_group_array(${name} ORDER BY f)`).join(', ')}) columns
    FROM bar GROUP BY lane`;
}

/**
 * What the screen draws: counted intervals that overlap [fromUs, toUs), by lane, largest sender first. An interval
 * shorter than a drawable step is merged with those that start in the same step; none is ever split. Contacts stand on the lanes
 * as marks.
 */
export async function timelineWindow(
  read: ReadCase,
  dictionary: Dictionary,
  question: { by: LaneBy; fromUs: number; toUs: number; buckets: number; filter: EventFilter },
): Promise<WindowView> {
  const { by, fromUs, toUs } = question;
  const resolutionUs = Math.max(1, Math.floor((toUs - fromUs) / question.buckets));
  const condition = volumeCondition({ ...question.filter, fromUs, toUs });
  const rows = condition.nothing
    ? []
    : await read.all<LaneRow>(laneQuery(by, question.filter.direction, condition.sql), [
        ...condition.params,
        resolutionUs,
        resolutionUs,
        resolutionUs,
        HOUR,
        HOUR,
      ]);
  const byKey = new Map(rows.map((row) => [row.lane, laneOf(by, row, dictionary)]));
  for (const seen of await contactLanes(read, question, resolutionUs)) {
    byKey.set(seen.lane, withMarks(by, seen, byKey.get(seen.lane), dictionary));
  }
  for (const { lane, lookUps } of await lookUpLanes(read, question, resolutionUs)) {
    const [firstUs, lastUs] = [lookUps.at[0]!, lookUps.at.at(-1)!];
    const bare = { lane, contacts: noContacts, events: 0, firstUs, lastUs };
    byKey.set(lane, { ...(byKey.get(lane) ?? withMarks(by, bare, undefined, dictionary)), lookUps });
  }
  const lanes = [...byKey.values()].sort(
    (a, b) => b.sent - a.sent || b.received - a.received || b.events - a.events || (a.key < b.key ? -1 : 1),
  );
  return {
    by,
    fromUs,
    toUs,
    resolutionUs,
    lanes,
    sent: sumOf(lanes.map((lane) => lane.sent)),
    received: sumOf(lanes.map((lane) => lane.received)),
    sentBackground: sumOf(lanes.map((lane) => lane.sentBackground)),
    receivedBackground: sumOf(lanes.map((lane) => lane.receivedBackground)),
    events: sumOf(lanes.map((lane) => lane.events)),
  };
}
