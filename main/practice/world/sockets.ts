import type { PracticeApp } from './apps.ts';
import { habits } from './habits.ts';
import { diceOf, hashOf } from './random.ts';
import { SECOND_US } from './time.ts';
import type { World } from './world.ts';

/** One socket of the phone at an instant. Addresses are IPv4, of the blocks that are reserved for documentation. */
export interface PracticeSocket {
  readonly protocol: 'tcp' | 'udp';
  readonly uid: number;
  readonly local: { readonly ip: string; readonly port: number };
  readonly remote: { readonly ip: string; readonly port: number };
  /** `closing`: the app is gone and the kernel still waits. */
  readonly state: 'established' | 'closing' | 'listening';
  /** Apps open sockets of both families in one; the system's own speak IPv4 only. */
  readonly dual: boolean;
  readonly inode: number;
}

/** RFC 5737: nobody lives there, so nobody is accused by a simulated phone. */
const blocks = ['192.0.2', '198.51.100', '203.0.113'] as const;
const closingUs = 20 * SECOND_US;

/** The address that the phone itself has on the network of that moment, or null while it is off. */
export function ownAddress(world: World, atUs: number): string | null {
  const network = world.life.networkAt(atUs);
  if (network === null) return null;
  if (network.ssid === null) return `10.${hashOf(world.options.seed, 'cell') % 200}.12.34`;
  return `192.168.${hashOf(world.options.seed, 'net', network.ssid) % 250}.${20 + (hashOf(world.options.seed, 'host', network.ssid) % 200)}`;
}

function endpoint(seed: number, name: string, index: number): { ip: string; port: number } {
  const n = hashOf(seed, 'endpoint', name, index);
  const push = index === 0 && (hashOf(seed, 'push port', name) & 7) === 0;
  return { ip: `${blocks[n % 3]}.${1 + ((n >>> 4) % 250)}`, port: push ? 5228 : 443 };
}

/** How long one connection of the app lives, in seconds; apps that wait for messages hold theirs for an hour. */
function roundUs(app: PracticeApp, lane: number): number {
  const waits = lane === 0 && ['gms', 'xmsf', 'push', 'chat'].includes(app.habit);
  return (waits ? 3600 : 20 + (hashOf('round', app.package, lane) % 240)) * SECOND_US;
}

function* ofApp(world: World, app: PracticeApp, atUs: number, ip: string): Iterable<PracticeSocket> {
  const { seed } = world.options;
  const habit = habits[app.habit]!;
  const busy = habit.background + habit.foreground;
  const silenced = app.role !== null && !world.cloudOn;
  if (busy === 0 || app.enabled === 3 || silenced) return;
  for (let lane = 0; lane < Math.min(3, Math.ceil(busy / 4)); lane += 1) {
    const period = roundUs(app, lane);
    const round = Math.floor(atUs / period);
    const dice = diceOf(seed, 'socket', app.package, lane, round);
    const used = lane === 0 && period > 1800 * SECOND_US ? 1 : Math.min(0.9, busy / 12);
    if (!dice.chance(used)) continue;
    const fromUs = round * period + dice.next() * period * 0.2;
    const toUs = fromUs + period * (0.5 + dice.next() * 0.3);
    if (atUs < fromUs || atUs >= toUs + closingUs) continue;
    const udp = dice.chance(0.15);
    if (udp && atUs >= toUs) continue;
    yield {
      protocol: udp ? 'udp' : 'tcp',
      uid: app.appId,
      local: { ip, port: 32_768 + dice.whole(0, 28_000) },
      remote: endpoint(seed, app.package, dice.whole(0, 2)),
      state: atUs < toUs ? 'established' : 'closing',
      dual: app.appId >= 10_000,
      inode: 20_000 + dice.whole(0, 900_000),
    };
  }
}

/** Every socket that is open at that true time, in an order of its own; none carries traffic that the account lacks a user for. */
export function socketsAt(world: World, atUs: number): PracticeSocket[] {
  const ip = ownAddress(world, atUs);
  const adb: PracticeSocket = {
    protocol: 'tcp',
    uid: 2000,
    local: { ip: '127.0.0.1', port: 5037 },
    remote: { ip: '0.0.0.0', port: 0 },
    state: 'listening',
    dual: false,
    inode: 10_321,
  };
  if (ip === null) return [adb];
  return [adb, ...world.apps.flatMap((app) => [...ofApp(world, app, atUs, ip)])];
}
