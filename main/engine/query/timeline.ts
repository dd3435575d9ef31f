import { HOUR } from '../../../shared/base/time.ts';
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
import { type Dictionary, networkTitle } from './dictionary.ts';
import { volumeCondition, volumeTables } from './filter.ts';
import { phoneZone } from './phone.ts';

interface BarRow {
  readonly lane: string | number | null;
  readonly f: number;
  readonly t: number;
  readonly sent: number;
  readonly received: number;
  readonly sent_bg: number;
  readonly received_bg: number;
  readonly n: number;
  readonly top: number;
  readonly peak: number;
}

/** A stretch of silence this long separates stray buckets (a clock that was not set) from the history. */
const STRAY_GAP_US = 120 * 24 * HOUR;

/** The span that the case's counted history and coverage fill; strays far before it are left out of the drawing. */
export async function caseSpan(read: ReadCase): Promise<{ fromUs: number; toUs: number; strays: number }> {
  const starts = await read.all<{ f: number; t: number; n: number }>(
    `SELECT from_us f, max(to_us) t, count(*) n FROM volume WHERE counted = 1 GROUP BY from_us ORDER BY from_us`,
  );
  const last = starts.at(-1);
  if (!last) return { fromUs: 0, toUs: 0, strays: 0 };
  let at = starts.length - 1;
  while (at > 0 && starts[at]!.f - starts[at - 1]!.f < STRAY_GAP_US) at -= 1;
  const strays = starts.slice(0, at).reduce((sum, one) => sum + one.n, 0);
  return { fromUs: starts[at]!.f, toUs: Math.max(...starts.slice(at).map((one) => one.t)), strays };
}

export async function coverageOf(read: ReadCase): Promise<CoverageSpan[]> {
  return read.all<CoverageSpan>(
    `SELECT source, from_us AS fromUs, to_us AS toUs, evidence FROM coverage ORDER BY source, from_us, id`,
  );
}

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
     FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 1 AND v.from_us >= ? GROUP BY v.from_us, v.to_us`,
    [fromUs],
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
      return 'NULL';
  }
}

const UNKNOWN_LANE: Readonly<Record<LaneBy, string>> = {
  app: 'Unknown app',
  network: 'Unknown network',
  service: 'No known service',
  country: 'Country not known',
  organisation: 'Organisation not known',
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
    const network = [...dictionary.networks.values()].find((one) => one.key === key);
    return { ...plain, name: network ? networkTitle(network) : String(key) };
  }
  if (by === 'service') {
    const app = [...dictionary.apps.values()].find((one) => one.service_id === key);
    return {
      ...plain,
      name: app?.service_name ?? String(key),
      detail: app?.service_vendor ?? null,
      service: String(key),
    };
  }
  return { ...plain, name: String(key) };
}

interface Building {
  readonly view: LaneView;
  sent: number;
  received: number;
  sentBackground: number;
  receivedBackground: number;
  events: number;
  firstUs: number;
  lastUs: number;
}

/**
 * What the screen draws: counted intervals that overlap [fromUs, toUs), by lane, largest sender first. An interval
 * shorter than a drawable step is merged with those that start in the same step; none is ever split.
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
    : await read.all<BarRow>(
        `SELECT ${laneColumn(by)} lane, min(v.from_us) f, max(v.to_us) t, total(v.sent) sent, total(v.received) received,
           total(CASE WHEN s.foreground = 0 THEN v.sent END) sent_bg,
           total(CASE WHEN s.foreground = 0 THEN v.received END) received_bg,
           count(*) n, v.id top, max(coalesce(v.sent, 0) + coalesce(v.received, 0)) peak
         FROM ${volumeTables} WHERE v.counted = 1${condition.sql}
         GROUP BY lane, CASE WHEN v.to_us - v.from_us >= ? THEN v.from_us ELSE v.from_us / ? END, v.to_us - v.from_us >= ?
         ORDER BY lane, f`,
        [...condition.params, resolutionUs, resolutionUs, resolutionUs],
      );
  const lanes = new Map<string | number | null, Building>();
  for (const row of rows) {
    let lane = lanes.get(row.lane);
    if (!lane) {
      lane = {
        view: {
          key: row.lane === null ? '' : String(row.lane),
          ...describeLane(by, row.lane, dictionary),
          sent: 0,
          received: 0,
          sentBackground: 0,
          receivedBackground: 0,
          events: 0,
          firstUs: row.f,
          lastUs: row.t,
          intervals: {
            from: [],
            to: [],
            sent: [],
            received: [],
            sentBackground: [],
            receivedBackground: [],
            events: [],
            top: [],
          },
        },
        sent: 0,
        received: 0,
        sentBackground: 0,
        receivedBackground: 0,
        events: 0,
        firstUs: row.f,
        lastUs: row.t,
      };
      lanes.set(row.lane, lane);
    }
    const into = lane.view.intervals;
    into.from.push(row.f);
    into.to.push(row.t);
    into.sent.push(row.sent);
    into.received.push(row.received);
    into.sentBackground.push(row.sent_bg);
    into.receivedBackground.push(row.received_bg);
    into.events.push(row.n);
    into.top.push(`v${row.top}`);
    lane.sent += row.sent;
    lane.received += row.received;
    lane.sentBackground += row.sent_bg;
    lane.receivedBackground += row.received_bg;
    lane.events += row.n;
    lane.lastUs = Math.max(lane.lastUs, row.t);
  }
  const built = [...lanes.values()]
    .map(({ view, ...totals }) => ({ ...view, ...totals }))
    .sort((a, b) => b.sent - a.sent || b.received - a.received || (a.key < b.key ? -1 : 1));
  const sum = (pick: (lane: LaneView) => number) => built.reduce((total, lane) => total + pick(lane), 0);
  return {
    by,
    fromUs,
    toUs,
    resolutionUs,
    lanes: built,
    sent: sum((lane) => lane.sent),
    received: sum((lane) => lane.received),
    sentBackground: sum((lane) => lane.sentBackground),
    receivedBackground: sum((lane) => lane.receivedBackground),
    events: sum((lane) => lane.events),
  };
}
