import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { AppView } from '../../../shared/types/app.ts';
import type { EventDetail, EventView } from '../../../shared/types/event.ts';
import { isNight, type MockApp, type MockEvent, type World } from './world.ts';

export const netstatsHash = '5b0e6a2f9d41c7783e1fa09bb7d2c4e85f60913a7c2d4be8190f3a6d5c7e8b12';

export function eventViewOf(event: MockEvent): EventView {
  const { app, network } = event;
  const service = app.seed?.service;
  return {
    id: event.id,
    kind: 'volume',
    from: isoOf(event.fromUs),
    to: isoOf(event.toUs),
    errorUs: 1_200_000,
    uid: app.uid,
    user: app.user,
    packages: [...app.packages],
    app: app.name,
    direction: 'both',
    sent: event.sent,
    received: event.received,
    sentPackets: event.sentPackets,
    receivedPackets: event.receivedPackets,
    foreground: event.foreground,
    tag: null,
    network: {
      type: network.type,
      name: network.name,
      roaming: network.roaming,
      metered: network.type === 'mobile',
      vpn: false,
    },
    remote: null,
    place: null,
    operator: null,
    owner: null,
    service: service ? { id: service[0], name: service[1], optional: service[3], confidence: 'high' } : null,
    evidence: { id: 'E19', section: 'dumpsys netstats', line: event.line, offset: event.line * 61 },
    counted: event.counted,
  };
}

function rawLines(event: MockEvent): EventDetail['raw']['lines'] {
  const { app, network } = event;
  const ident =
    network.type === 'wifi'
      ? `{type=1, ratType=-1, wifiNetworkKey="${network.name}"wpa2-psk, metered=false, defaultNetwork=true, oemManaged=OEM_NONE, subId=-1}`
      : `{type=0, ratType=-1, subscriberId=405854..., roaming=${network.roaming}, metered=true, defaultNetwork=true, oemManaged=OEM_NONE, subId=1}`;
  const set = event.foreground ? 'FOREGROUND' : 'DEFAULT';
  const bucket = (n: number, rb: number, rp: number, tb: number, tp: number) =>
    `      st=${Math.floor(event.fromUs / 1_000_000) + n * 7200} rb=${rb} rp=${rp} tb=${tb} tp=${tp} op=0`;
  const lines: EventDetail['raw']['lines'] = [
    { n: event.line - 5, text: `  ident=[${ident}] uid=${app.uid} set=${set} tag=0x0`, hit: false },
    { n: event.line - 4, text: '    NetworkStatsHistory: bucketDuration=7200', hit: false },
  ];
  for (let n = -3; n <= 3; n += 1) {
    const hit = n === 0;
    lines.push({
      n: event.line + n,
      text: hit
        ? bucket(0, event.received, event.receivedPackets, event.sent, event.sentPackets)
        : bucket(n, 4096 + 977 * (n + 4), 12 + n, 2048 + 311 * (n + 4), 9 + n),
      hit,
    });
  }
  return lines;
}

export function detailOf(world: World, id: string, live: readonly MockEvent[] = []): EventDetail {
  const event = (id.startsWith('l') ? live : world.events)[Number(id.slice(1)) - 1];
  if (!event) throw new Failure('not-found', `Event ${id} is not in this case.`, 'Go back and choose another event.');
  const service = event.app.seed?.service;
  const labels: EventDetail['labels'] = [];
  if (service) {
    labels.push({
      kind: 'service',
      value: `${service[1]} (${service[2]})`,
      source: 'Phonehome service list',
      date: '2026-10-30',
      confidence: 'high',
      why: `The package ${event.app.packages[0]} belongs to this service by its maker's own documentation.`,
    });
    labels.push({
      kind: 'vendor',
      value: service[2],
      source: 'Package name',
      date: '2026-10-30',
      confidence: 'medium',
      why: 'The package name begins with a name that this vendor uses.',
    });
  }
  return {
    event: eventViewOf(event),
    artifact: 'netstats',
    labels,
    proves: [
      'The phone counted these bytes for this uid on this network within this interval.',
      event.foreground
        ? 'The phone says that an app of this uid was in the foreground for these bytes.'
        : 'The phone did not count these bytes as foreground traffic.',
    ],
    doesNotProve: [
      'To whom the bytes went, or what was in them.',
      'At what moment inside the interval they were sent.',
      'That a person asked for the transmission.',
    ],
    notCounted: event.counted ? null : 'A row of a tag: its bytes are also in the row of the app.',
    raw: {
      evidence: 'E19',
      name: 'dumpsys netstats --full --uid --tag',
      sha256: netstatsHash,
      section: 'UID stats',
      obtained: 'adb shell: dumpsys netstats --full --uid --tag',
      lines: rawLines(event),
    },
  };
}

function installerOf(app: MockApp): string | null {
  if (app.seed?.from === 'store') return 'com.android.vending';
  if (app.seed?.from === 'maker' && app.index % 3 === 0) return 'com.xiaomi.mipicks';
  return null;
}

export function appViews(world: World): AppView[] {
  const views = world.apps.map((app): AppView => {
    const service = app.seed?.service;
    const own = app.seed !== null && (app.seed.from === 'store' || app.seed.from === 'file');
    return {
      key: String(app.uid),
      uid: app.uid,
      user: app.user,
      userName: app.user === 0 ? 'Owner' : 'दूसरा फ़ोन',
      name: app.name,
      packages: [...app.packages],
      kind: app.kind,
      preinstalled: app.seed === null ? null : !own,
      installer: installerOf(app),
      firstInstall: own ? isoOf(1_741_000_000_000_000 + app.index * 400_000_000_000) : null,
      service: service ? { id: service[0], name: service[1], vendor: service[2], optional: service[3] } : null,
      sent: 0,
      received: 0,
      sentPackets: 0,
      receivedPackets: 0,
      sentBackground: 0,
      sentNight: app.kind === 'unknown' ? null : 0,
      sentMobile: 0,
      sentRoaming: 0,
      events: 0,
      first: null,
      last: null,
    };
  });
  for (const event of world.events) {
    const view = views[event.app.index]!;
    view.sent += event.sent;
    view.received += event.received;
    view.sentPackets += event.sentPackets;
    view.receivedPackets += event.receivedPackets;
    if (!event.foreground) view.sentBackground += event.sent;
    if (view.sentNight !== null && isNight(event.fromUs)) view.sentNight += event.sent;
    if (event.network.type === 'mobile') view.sentMobile += event.sent;
    if (event.network.roaming) view.sentRoaming += event.sent;
    view.events += 1;
    view.first ??= isoOf(event.fromUs);
    view.last = isoOf(event.toUs);
  }
  return views.sort((a, b) => b.sent - a.sent);
}
