import type { PracticeApp } from './apps.ts';
import { habits } from './habits.ts';
import type { NetworkSpec } from './networks.ts';
import { diceOf, hashOf } from './random.ts';
import { publishedServer } from './servers.ts';
import { SECOND_US } from './time.ts';
import type { World } from './world.ts';

/** One connection of an app, from its first packet to its last. True time, microseconds of UTC. */
export interface Connection {
  /** Names its dice, and nothing else has the same. */
  readonly key: string;
  readonly app: PracticeApp;
  readonly uid: number;
  readonly protocol: 'tcp' | 'udp';
  readonly local: { readonly ip: string; readonly port: number };
  readonly remote: { readonly ip: string; readonly port: number };
  /** The name that was looked up for it: of a domain that is reserved for examples (RFC 2606), or a published one (servers.ts). */
  readonly host: string;
  /** Apps open sockets of both families in one; the system's own speak IPv4 only. */
  readonly dual: boolean;
  readonly inode: number;
  /** The network that it goes over; it ends where the phone leaves that network. */
  readonly network: NetworkSpec;
  readonly fromUs: number;
  readonly toUs: number;
  /** Seconds between two exchanges, about; those that wait for messages only say that they are still there. */
  readonly paceS: number;
  readonly waits: boolean;
}

/** RFC 5737 and RFC 3849: nobody lives there, so nobody is accused by a simulated phone. */
const blocks = ['192.0.2', '198.51.100', '203.0.113'] as const;
const block6 = '2001:db8';

/** After the start of a phone no app is online before so much time has passed. */
const wakesUs = 12 * SECOND_US;

/** The address that the phone has on that network. */
export function addressOn(seed: number, network: NetworkSpec): string {
  if (network.ssid === null) return `10.${hashOf(seed, 'cell') % 200}.12.34`;
  return `192.168.${hashOf(seed, 'net', network.ssid) % 250}.${20 + (hashOf(seed, 'host', network.ssid) % 200)}`;
}

/** Its second address there, of the block for documentation; some networks have none. */
export function address6On(seed: number, network: NetworkSpec): string | null {
  const n = hashOf(seed, 'six', network.ssid ?? 'cell');
  return n % 3 === 0 ? null : `${block6}:${(n >>> 16).toString(16)}::${((n & 0xfff) + 16).toString(16)}`;
}

function endpoint(seed: number, name: string, index: number, six: boolean): { ip: string; port: number } {
  const n = hashOf(seed, 'endpoint', name, index);
  const push = index === 0 && (hashOf(seed, 'push port', name) & 7) === 0;
  const port = push ? 5228 : 443;
  if (six) return { ip: `${block6}:${(n & 0xffff).toString(16)}::${(1 + ((n >>> 16) % 4000)).toString(16)}`, port };
  return { ip: `${blocks[n % 3]}.${1 + ((n >>> 4) % 250)}`, port };
}

const services = ['push', 'api', 'cdn'] as const;

/** `com.example.app` calls `api.example.com.example`. */
function hostOf(name: string, index: number): string {
  const parts = name.toLowerCase().replaceAll('_', '-').split('.').slice(0, 2).reverse();
  return [services[index] ?? 'www', ...parts, 'example'].join('.');
}

interface Lane {
  readonly number: number;
  readonly periodUs: number;
  /** How likely it is used in a period. */
  readonly used: number;
  readonly kind: 'waits' | 'works' | 'brief';
}

/** Up to three connections at a time that last for a while, and brief ones that come and go within seconds. */
function lanesOf(app: PracticeApp, busy: number): Lane[] {
  const lanes: Lane[] = [];
  for (let number = 0; number < Math.min(3, Math.ceil(busy / 4)); number += 1) {
    const waits = number === 0 && ['gms', 'xmsf', 'push', 'chat'].includes(app.habit);
    const seconds = waits ? 3600 : 20 + (hashOf('round', app.package, number) % 240);
    lanes.push({
      number,
      periodUs: seconds * SECOND_US,
      used: waits ? 1 : Math.min(0.9, busy / 12),
      kind: waits ? 'waits' : 'works',
    });
  }
  const seconds = 9 + (hashOf('brief', app.package) % 30);
  lanes.push({ number: 9, periodUs: seconds * SECOND_US, used: Math.min(0.5, busy / 20), kind: 'brief' });
  return lanes;
}

function inLane(world: World, app: PracticeApp, user: number, lane: Lane, round: number): Connection | null {
  const { seed } = world.options;
  const { periodUs } = lane;
  const key = `${app.package}/${user}/${lane.number}/${round}`;
  const dice = diceOf(seed, 'socket', key);
  if (!dice.chance(lane.used)) return null;
  const fromUs = Math.floor(round * periodUs + dice.next() * periodUs * 0.2);
  const lastsUs = lane.kind === 'brief' ? (0.8 + dice.next() * 4.5) * SECOND_US : periodUs * (0.5 + dice.next() * 0.3);
  const network = world.life.networkAt(fromUs);
  if (network === null || fromUs < world.bootUs + wakesUs) return null;
  const toUs = Math.floor(fromUs + lastsUs);
  const endUs = world.life.changeWithin(fromUs, toUs) ?? toUs;
  // What is cut off in its greeting is none.
  if (endUs - fromUs < 0.7 * SECOND_US) return null;
  const six = app.appId >= 10_000 && dice.chance(0.3) ? address6On(seed, network) : null;
  const toServer = world.vpnApp === app && lane.kind === 'waits';
  const datagrams = dice.chance(0.15) || toServer;
  const port = 32_768 + dice.whole(0, 28_000);
  const which = dice.whole(0, 2);
  const { servers } = world.options;
  const published = servers === undefined ? null : publishedServer(app.package, which, fromUs >= servers.movedUs);
  // Those who push messages are called by TCP, and all of those that were published by IPv4.
  const udp = datagrams && (published === null || published.port === 443);
  return {
    key,
    app,
    uid: user * 100_000 + app.appId,
    protocol: udp ? 'udp' : 'tcp',
    local: { ip: (published === null ? six : null) ?? addressOn(seed, network), port },
    remote: published ?? endpoint(seed, app.package, which, six !== null),
    host: published?.host ?? hostOf(app.package, which),
    dual: app.appId >= 10_000,
    inode: 20_000 + dice.whole(0, 900_000),
    network,
    fromUs,
    toUs: endUs,
    paceS: lane.kind === 'waits' ? 25 + dice.whole(0, 35) : lane.kind === 'brief' ? 0.7 : 2 + dice.next() * 9,
    waits: lane.kind === 'waits',
  };
}

/** Since when Xiaomi's cloud services are off. */
function cloudOffUs({ options: { cloud, maker } }: World): number {
  return maker === 'xiaomi' && cloud !== undefined && cloud !== 'on' ? cloud.offSinceUs : Number.POSITIVE_INFINITY;
}

function* ofApp(world: World, app: PracticeApp, fromUs: number, toUs: number): Iterable<Connection> {
  const habit = habits[app.habit]!;
  const busy = habit.background + habit.foreground;
  if (busy === 0 || app.enabled === 3) return;
  // Push goes on for other apps.
  const silencedUs = app.role === null || app.role === 'push' ? Number.POSITIVE_INFINITY : cloudOffUs(world);
  const lanes = lanesOf(app, busy);
  // The VPN's app holds a connection to its server at all times.
  if (app === world.vpnApp) lanes.push({ number: 8, periodUs: 1800 * SECOND_US, used: 1, kind: 'waits' });
  for (const user of app.users) {
    const other = world.users.find((one) => one.id === user);
    if (!other?.running) continue;
    for (const lane of lanes) {
      const last = Math.floor(toUs / lane.periodUs);
      for (let round = Math.floor(fromUs / lane.periodUs) - 1; round <= last; round += 1) {
        // Others than the owner have the app open seldom.
        if (user !== 0 && hashOf(world.options.seed, 'other user', app.package, round) % 4 !== 0) continue;
        const one = inLane(world, app, user, lane, round);
        if (one !== null && one.toUs >= fromUs && one.fromUs <= toUs && one.fromUs < silencedUs) yield one;
      }
    }
  }
}

/** Every connection that was open at some time of that span, ends included, and since the phone started. */
export function connectionsBetween(world: World, fromUs: number, toUs: number): Connection[] {
  return world.apps.flatMap((app) => [...ofApp(world, app, fromUs, toUs)]);
}
