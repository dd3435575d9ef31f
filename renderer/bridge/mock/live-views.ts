import { isoOf } from '../../../shared/base/time.ts';
import type { EventDetail, EventFilter, EventView } from '../../../shared/types/event.ts';
import type { ContactColumns, CoverageSpan, LaneBy } from '../../../shared/types/timeline.ts';
import type { LiveWorld, MockContact } from './live-world.ts';

/** What the live acquisition could have seen. */
export function liveCoverage(live: LiveWorld): CoverageSpan[] {
  const spans = live.watched.filter((one) => one.toUs > one.fromUs);
  return spans.flatMap(({ fromUs, toUs }) => [
    { source: 'live sockets', fromUs, toUs, evidence: 'E31' },
    ...(live.counters ? [{ source: 'live counters', fromUs, toUs, evidence: 'E32' }] : []),
  ]);
}

export function contactMatches(contact: MockContact, filter: EventFilter): boolean {
  const { app, peer } = contact;
  if (filter.kind !== undefined && filter.kind !== 'contact') return false;
  if (filter.minBytes !== undefined || filter.backgroundOnly || filter.direction !== undefined) return false;
  if (filter.network !== undefined) return false;
  if (filter.uid !== undefined && filter.uid !== app.uid) return false;
  if (filter.app !== undefined && filter.app !== String(app.uid) && !app.packages.includes(filter.app)) return false;
  if (filter.country !== undefined && filter.country !== peer.country) return false;
  if (filter.host !== undefined && filter.host !== peer.host) return false;
  if (filter.optionalOnly === true && app.seed?.service?.[3] !== true) return false;
  if (filter.fromUs !== undefined && contact.toUs < filter.fromUs) return false;
  if (filter.toUs !== undefined && contact.fromUs >= filter.toUs) return false;
  if (filter.text) {
    const hay = `${app.name} ${app.packages.join(' ')} ${app.uid} ${peer.ip} ${peer.host ?? ''}`.toLowerCase();
    if (!hay.includes(filter.text.toLowerCase())) return false;
  }
  return true;
}

/** The lane of a contact; null where it has none. */
export function contactLane(
  contact: MockContact,
  by: LaneBy,
): { key: string; name: string; detail: string | null } | null {
  const { app, peer } = contact;
  if (by === 'app') return { key: String(app.uid), name: app.name, detail: app.packages[0] ?? `uid ${app.uid}` };
  if (by === 'host') return { key: peer.host ?? peer.ip, name: peer.host ?? peer.ip, detail: null };
  if (by === 'country') return { key: peer.country ?? '', name: peer.country ?? 'Country not known', detail: null };
  if (by === 'service') {
    const service = app.seed?.service;
    return service
      ? { key: service[0], name: service[1], detail: service[2] }
      : { key: '-', name: 'No known service', detail: null };
  }
  return null;
}

/** Columns of contacts in order of time; those shorter than a step that begin in one step are merged. */
export function contactColumnsOf(contacts: readonly MockContact[], stepUs: number): ContactColumns {
  const columns: ContactColumns = { from: [], to: [], count: [], first: [], peer: [], country: [] };
  let cell = Number.NaN;
  for (const one of contacts.toSorted((a, b) => a.fromUs - b.fromUs)) {
    const short = one.toUs - one.fromUs < stepUs;
    const at = short ? Math.floor(one.fromUs / stepUs) : Number.NaN;
    const name = `${one.peer.host ?? one.peer.ip}:${one.peer.port}`;
    const last = columns.from.length - 1;
    if (short && at === cell) {
      columns.to[last] = Math.max(columns.to[last]!, one.toUs);
      columns.count[last]! += 1;
      if (columns.peer[last] !== name) columns.peer[last] = null;
      if (columns.country[last] !== one.peer.country) columns.country[last] = null;
      continue;
    }
    cell = at;
    columns.from.push(one.fromUs);
    columns.to.push(one.toUs);
    columns.count.push(1);
    columns.first.push(one.id);
    columns.peer.push(name);
    columns.country.push(one.peer.country);
  }
  return columns;
}

export function contactView(contact: MockContact): EventView {
  const { app, peer } = contact;
  const service = app.seed?.service;
  return {
    id: contact.id,
    kind: 'contact',
    from: isoOf(contact.fromUs),
    to: isoOf(contact.toUs),
    errorUs: 1_012_000,
    uid: app.uid,
    user: app.user,
    packages: [...app.packages],
    app: app.name,
    direction: null,
    sent: null,
    received: null,
    sentPackets: null,
    receivedPackets: null,
    foreground: null,
    tag: null,
    network: null,
    remote: {
      ip: peer.ip,
      port: peer.port,
      protocol: peer.protocol,
      host: peer.host,
      hostFrom: peer.host === null ? null : 'connmetrics, 12 s before',
    },
    seen: {
      openAtFirst: contact.openStart,
      openAtLast: contact.open,
      state: peer.protocol === 'tcp' ? 'established' : null,
      local: `192.168.1.10:${contact.localPort}`,
    },
    place:
      peer.country === null
        ? null
        : { country: peer.country, source: 'address list', date: '2026-10-01', disputed: false },
    operator: null,
    owner: null,
    service: service ? { id: service[0], name: service[1], optional: service[3], confidence: 'high' } : null,
    evidence: { id: 'E31', section: 'proc net sockets', line: 88 + contact.left, offset: 4410 },
    counted: false,
  };
}

export function contactDetail(contact: MockContact): EventDetail {
  const { peer, app } = contact;
  const hex = (n: number) => n.toString(16).toUpperCase().padStart(4, '0');
  const line = (n: number, remote: string, uid: number, hit: boolean) => ({
    n,
    text: `  ${n}: 0A01A8C0:${hex(contact.localPort)} ${remote}:${hex(peer.port)} 01 00000000:00000000 00:00000000 00000000 ${uid} 0 91${n}`,
    hit,
  });
  return {
    event: contactView(contact),
    artifact: 'proc-net-sockets',
    labels: [],
    proves: [
      'At the looks between these times the kernel listed a connection of this uid to this address and port.',
      'The kernel names the uid that owns the socket; apps that share a uid share it here too.',
    ],
    doesNotProve: [
      'That bytes were sent at any moment of it, or what they were.',
      'Who stands behind the address: a provider may serve many.',
      'What went on between two looks.',
    ],
    notCounted: null,
    raw: {
      evidence: 'E31',
      name: 'connections, segment 3',
      sha256: 'b3'.repeat(32),
      section: 'proc net tcp',
      obtained: 'adb shell: cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6',
      lines: [
        line(86, '0A0071CB', 10_120, false),
        line(87, 'BC0071CB', app.uid, true),
        line(88, '500071CB', 1000, false),
      ],
    },
  };
}
