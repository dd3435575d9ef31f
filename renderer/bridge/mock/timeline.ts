import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type {
  ContextMark,
  CoverageSpan,
  IntervalColumns,
  LaneBy,
  LaneView,
  OverviewView,
  WindowView,
} from '../../../shared/types/timeline.ts';
import { contactColumnsOf, contactLane, contactMatches, liveCoverage } from './live-views.ts';
import type { LiveWorld, MockContact } from './live-world.ts';
import { random } from './random.ts';
import {
  bucketUs,
  endUs,
  firstAcquisitionUs,
  gap,
  isNight,
  type MockApp,
  type MockEvent,
  networks,
  secondAcquisitionUs,
  startUs,
  type World,
  zone,
} from './world.ts';

export const coverage: readonly CoverageSpan[] = [
  { source: 'per-app history', fromUs: startUs, toUs: gap.fromUs, evidence: 'E7' },
  { source: 'per-app history', fromUs: gap.toUs, toUs: secondAcquisitionUs, evidence: 'E19' },
  { source: 'interface totals', fromUs: startUs + 4 * DAY, toUs: secondAcquisitionUs, evidence: 'E19' },
];

export function matches(event: MockEvent, filter: EventFilter): boolean {
  const { app } = event;
  if (filter.kind !== undefined && filter.kind !== 'volume') return false;
  if (filter.host !== undefined || filter.country !== undefined) return false;
  if (filter.uid !== undefined && filter.uid !== app.uid) return false;
  if (filter.app !== undefined && filter.app !== String(app.uid) && !app.packages.includes(filter.app)) return false;
  if (filter.fromUs !== undefined && event.toUs <= filter.fromUs) return false;
  if (filter.toUs !== undefined && event.fromUs >= filter.toUs) return false;
  if (filter.backgroundOnly === true && event.foreground) return false;
  if (filter.optionalOnly === true && app.seed?.service?.[3] !== true) return false;
  if (filter.network !== undefined && event.network.key !== filter.network) return false;
  const bytes =
    filter.direction === 'sent'
      ? event.sent
      : filter.direction === 'received'
        ? event.received
        : event.sent + event.received;
  if (bytes === 0 || bytes < (filter.minBytes ?? 0)) return false;
  if (filter.text) {
    const text = filter.text.toLowerCase();
    const hay = `${app.name} ${app.packages.join(' ')} ${app.uid} ${event.network.name}`.toLowerCase();
    if (!hay.includes(text)) return false;
  }
  return true;
}

const emptyColumns = (): IntervalColumns => ({
  from: [],
  to: [],
  sent: [],
  received: [],
  sentBackground: [],
  receivedBackground: [],
  events: [],
  top: [],
});

function laneOf(event: MockEvent, by: LaneBy): { key: string; name: string; detail: string | null } | null {
  const { app, network } = event;
  if (by === 'app') {
    const users = app.user === 0 ? '' : ` · user ${app.user}`;
    return { key: String(app.uid), name: app.name, detail: `${app.packages[0] ?? `uid ${app.uid}`}${users}` };
  }
  if (by === 'network') return { key: network.key, name: network.name, detail: network.type };
  if (by === 'service') {
    const service = app.seed?.service;
    return service
      ? { key: service[0], name: service[1], detail: service[2] }
      : { key: '-', name: 'No known service', detail: null };
  }
  return { key: '-', name: 'No place known', detail: 'per-app history holds no addresses' };
}

/** Adds an event to the last interval when both fall into one step. */
function put(
  columns: IntervalColumns,
  event: MockEvent,
  fromUs: number,
  toUs: number,
  best: Map<number, number>,
): void {
  const last = columns.from.length - 1;
  const back = event.foreground ? 0 : 1;
  const bytes = event.sent + event.received;
  if (last >= 0 && columns.from[last] === fromUs) {
    columns.sent[last]! += event.sent;
    columns.received[last]! += event.received;
    columns.sentBackground[last]! += event.sent * back;
    columns.receivedBackground[last]! += event.received * back;
    columns.events[last]! += 1;
    columns.to[last] = Math.max(columns.to[last]!, toUs);
    if (bytes > (best.get(last) ?? 0)) {
      best.set(last, bytes);
      columns.top[last] = event.id;
    }
    return;
  }
  columns.from.push(fromUs);
  columns.to.push(toUs);
  columns.sent.push(event.sent);
  columns.received.push(event.received);
  columns.sentBackground.push(event.sent * back);
  columns.receivedBackground.push(event.received * back);
  columns.events.push(1);
  columns.top.push(event.id);
  best.set(last + 1, bytes);
}

export function windowOf(
  world: World,
  question: { by: LaneBy; fromUs: number; toUs: number; buckets: number; filter: EventFilter },
  live: LiveWorld | null = null,
): WindowView {
  const { by, fromUs, toUs, buckets, filter } = question;
  const step = (toUs - fromUs) / buckets;
  const merge = Math.max(1, Math.ceil((step * 2) / bucketUs));
  const resolutionUs = merge * bucketUs;
  const lanes = new Map<
    string,
    { lane: Omit<LaneView, 'intervals'>; columns: IntervalColumns; best: Map<number, number>; contacts: MockContact[] }
  >();
  const total = { sent: 0, received: 0, sentBackground: 0, receivedBackground: 0, events: 0 };
  const entryOf = (
    named: { key: string; name: string; detail: string | null },
    app: MockApp,
    first: number,
    last: number,
  ) => {
    const known = lanes.get(named.key);
    if (known) return known;
    const { kind, seed } = app;
    const lane = {
      ...named,
      system: by === 'app' && kind === 'system',
      service: by === 'app' ? (seed?.service?.[1] ?? null) : null,
      sent: 0,
      received: 0,
      sentBackground: 0,
      receivedBackground: 0,
      events: 0,
      firstUs: first,
      lastUs: last,
    };
    const entry = { lane, columns: emptyColumns(), best: new Map<number, number>(), contacts: [] as MockContact[] };
    lanes.set(named.key, entry);
    return entry;
  };
  for (const event of live ? [...world.events, ...live.volumes] : world.events) {
    if (event.toUs <= fromUs || event.fromUs >= toUs || !matches(event, filter)) continue;
    const named = laneOf(event, by);
    if (!named) continue;
    const entry = entryOf(named, event.app, event.fromUs, event.toUs);
    const back = event.foreground ? 0 : 1;
    for (const sum of [entry.lane, total]) {
      sum.sent += event.sent;
      sum.received += event.received;
      sum.sentBackground += event.sent * back;
      sum.receivedBackground += event.received * back;
      sum.events += 1;
    }
    entry.lane.lastUs = Math.max(entry.lane.lastUs, event.toUs);
    const brief = event.toUs - event.fromUs < bucketUs / 2;
    const coarse = event.toUs - event.fromUs < step;
    if (brief) {
      const at = coarse ? Math.floor(event.fromUs / step) * step : event.fromUs;
      put(entry.columns, event, at, coarse ? at + step : event.toUs, entry.best);
      continue;
    }
    const binFrom =
      merge === 1 ? event.fromUs : startUs + Math.floor((event.fromUs - startUs) / resolutionUs) * resolutionUs;
    const binTo = merge === 1 ? event.toUs : binFrom + resolutionUs;
    put(entry.columns, event, binFrom, binTo, entry.best);
  }
  for (const contact of live?.contacts ?? []) {
    if (contact.toUs < fromUs || contact.fromUs >= toUs || !contactMatches(contact, filter)) continue;
    const named = contactLane(contact, by);
    if (named) entryOf(named, contact.app, contact.fromUs, contact.toUs).contacts.push(contact);
  }
  const list = [...lanes.values()].map(({ lane, columns, contacts }) => ({
    ...lane,
    intervals: columns,
    ...(contacts.length > 0 && { contacts: contactColumnsOf(contacts, step) }),
  }));
  list.sort((a, b) => b.sent + b.received - (a.sent + a.received));
  // Live intervals are merged by the step, those of the history by whole buckets.
  return { by, fromUs, toUs, resolutionUs: merge === 1 ? 0 : resolutionUs, lanes: list, ...total };
}

function contextMarks(): ContextMark[] {
  const rnd = random(7);
  const marks: ContextMark[] = [];
  const add = (
    kind: ContextMark['kind'],
    fromUs: number,
    toUs: number,
    name: string,
    detail: string | null,
    evidence: string,
  ) => marks.push({ kind, fromUs, toUs, name, detail, evidence });
  let at = startUs;
  while (at < secondAcquisitionUs) {
    const day = Math.floor((at - startUs) / DAY);
    const roaming = day >= 26 && day <= 28;
    const network = roaming ? networks[4]! : isNight(at) ? networks[0]! : rnd.pick(networks.slice(0, 4));
    const toUs = Math.min(at + rnd.between(2, 9) * HOUR, secondAcquisitionUs);
    const inGap = toUs > gap.fromUs && at < gap.toUs;
    if (!inGap) add('network', at, toUs, network.name, network.type, 'E19');
    at = toUs;
  }
  for (let day = 0; day < 45; day += 1) {
    const dawn = startUs + day * DAY;
    if (dawn + DAY > gap.fromUs && dawn < gap.toUs) continue;
    for (let count = 0; count < 9; count += 1) {
      const fromUs = dawn + rnd.between(6.5, 23) * HOUR;
      add('screen', fromUs, fromUs + rnd.between(2, 45) * MINUTE, 'Screen on', null, 'E22');
    }
  }
  add('network', startUs + 29.4 * DAY, startUs + 30.1 * DAY, 'VPN tun0', 'vpn', 'E19');
  add('boot', gap.toUs, gap.toUs, 'Phone started', 'uptime counted back from the acquisition', 'E3');
  add('clock', gap.toUs + 12 * MINUTE, gap.toUs + 12 * MINUTE, 'Clock set', 'moved forward by 41 s', 'E22');
  add(
    'install',
    startUs + 12.6 * DAY,
    startUs + 12.6 * DAY,
    'Installed: Service Update',
    'com.example.updates, from a file',
    'E9',
  );
  add('install', startUs + 36.2 * DAY, startUs + 36.2 * DAY, 'Installed: 小红书', 'com.xingin.xhs', 'E21');
  add('acquisition', firstAcquisitionUs, firstAcquisitionUs + 6 * MINUTE, 'Acquisition 1', 'quick', 'E1');
  add('acquisition', secondAcquisitionUs, secondAcquisitionUs + 7 * MINUTE, 'Acquisition 2', 'quick', 'E13');
  return marks.sort((a, b) => a.fromUs - b.fromUs);
}

export function overviewOf(world: World, bins: number, live: LiveWorld | null = null): OverviewView {
  if (world.events.length === 0) {
    const none = { sent: [], received: [], sentBackground: [], receivedBackground: [] };
    return { fromUs: 0, toUs: 0, stepUs: 0, ...none, coverage: [], context: [], zone: null };
  }
  const lastUs = Math.max(endUs, live?.lastUs ?? endUs);
  const stepUs = (lastUs - startUs) / bins;
  const columns = () => new Array<number>(bins).fill(0);
  const view = { sent: columns(), received: columns(), sentBackground: columns(), receivedBackground: columns() };
  for (const event of live ? [...world.events, ...live.volumes] : world.events) {
    const width = event.toUs - event.fromUs;
    const first = Math.floor((event.fromUs - startUs) / stepUs);
    const last = Math.min(bins - 1, Math.floor((event.toUs - 1 - startUs) / stepUs));
    for (let bin = first; bin <= last; bin += 1) {
      const from = Math.max(event.fromUs, startUs + bin * stepUs);
      const share = (Math.min(event.toUs, startUs + (bin + 1) * stepUs) - from) / width;
      view.sent[bin]! += event.sent * share;
      view.received[bin]! += event.received * share;
      if (event.foreground) continue;
      view.sentBackground[bin]! += event.sent * share;
      view.receivedBackground[bin]! += event.received * share;
    }
  }
  const context = contextMarks();
  if (live) {
    const name = 'Acquisition 3';
    context.push({
      kind: 'acquisition',
      fromUs: live.startedUs,
      toUs: live.lastUs ?? live.startedUs,
      name,
      detail: 'live',
      evidence: 'E31',
    });
  }
  const seen = live ? [...coverage, ...liveCoverage(live)] : [...coverage];
  return { fromUs: startUs, toUs: lastUs, stepUs, ...view, coverage: seen, context, zone };
}
