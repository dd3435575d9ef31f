import type { PracticeApp } from './apps.ts';
import { type Connection, connectionsBetween } from './connections.ts';
import { type Amounts, DEFAULT, type Entry } from './ledger.ts';
import { tunnel } from './networks.ts';
import { packetsOf } from './packets.ts';
import { diceOf, hashOf } from './random.ts';
import { DAY_US, HOUR_US, MINUTE_US } from './time.ts';
import { bookings } from './traffic.ts';
import { totalsOf } from './truth.ts';
import type { World } from './world.ts';

/** How long the owner captures. */
export const CAPTURED_US = 3 * MINUTE_US;

/** Who asks name servers on behalf of all apps, as Android numbers it (AID_DNS), and how PCAPdroid calls it. */
export const RESOLVER = { uid: 1051, name: 'netd' } as const;

const PCAPDROID = 'com.emanuelef.remote_capture';
/** Apps that were tried and removed have numbers from here on. */
const FIRST_VISITOR = 10_420;

/** A name that was looked up shortly before a connection to what it stands for. True time, microseconds of UTC. */
export interface NameLookUp {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  readonly id: number;
  readonly askedUs: number;
  readonly answeredUs: number;
}

/** Connections that PCAPdroid sees in that span, of apps that were there already and still are. */
export function capturedConnections(world: World, fromUs: number, toUs: number): Connection[] {
  return connectionsBetween({ ...world, bootUs: 0 }, fromUs, toUs).filter(
    ({ app }) => app.package !== PCAPDROID && app.appId < FIRST_VISITOR && app.firstInstallUs <= fromUs,
  );
}

/** Names that are looked up in that span: each once, before the first connection that needs it. */
export function lookUpsOf(world: World, connections: readonly Connection[], fromUs: number): NameLookUp[] {
  const known = new Set<string>();
  return connections
    .toSorted((a, b) => a.fromUs - b.fromUs)
    .flatMap(({ host, key, remote, fromUs: atUs }) => {
      const dice = diceOf(world.options.seed, 'look-up', key);
      const askedUs = atUs - 30_000 - dice.whole(0, 60_000);
      if (askedUs <= fromUs || known.has(host)) return [];
      known.add(host);
      const answeredUs = atUs - 2_000 - dice.whole(0, 9_000);
      return [
        { host, ip: remote.ip, port: 32_768 + dice.whole(0, 28_000), id: dice.whole(0, 65_535), askedUs, answeredUs },
      ];
    });
}

/** Bytes of a look-up's two packets with their headers, the question first (RFC 1035). */
export function lookUpBytes({ host, ip }: NameLookUp): readonly [number, number] {
  const question = 20 + 8 + 12 + host.length + 2 + 4;
  return [question, question + 12 + (ip.includes(':') ? 16 : 4)];
}

function carried(connection: Connection, seed: number, fromUs: number, toUs: number): Amounts {
  const sum = { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 };
  for (const { atUs, sent, bytes } of packetsOf(connection, seed)) {
    if (atUs <= fromUs || atUs > toUs) continue;
    if (sent) {
      sum.sent += bytes;
      sum.sentPackets += 1;
    } else {
      sum.received += bytes;
      sum.receivedPackets += 1;
    }
  }
  return sum;
}

function entriesIn(world: World, vpnUid: number, fromUs: number): Entry[] {
  const toUs = fromUs + CAPTURED_US;
  const hourUs = Math.floor(fromUs / HOUR_US) * HOUR_US;
  const { book } = world.life;
  const connections = capturedConnections(world, fromUs, toUs);
  const at = (one: Omit<Entry, 'hourUs' | 'trueUs' | 'tag'>): Entry => ({ ...one, hourUs, trueUs: fromUs, tag: 0 });
  const entries = connections.flatMap((one) => {
    const amounts = carried(one, world.options.seed, fromUs, toUs);
    if (amounts.sentPackets + amounts.receivedPackets === 0) return [];
    // The VPN is PCAPdroid's own: it carries the apps, not the system.
    const vpn = one.uid >= 10_000 ? { uid: vpnUid, ident: book.of(tunnel(one.network)) } : null;
    const own = { ident: book.of(one.network), uid: one.uid, set: DEFAULT };
    return bookings(amounts, vpn, own).map((row) =>
      at({ ...row.amounts, ident: row.ident, uid: row.uid, set: row.set }),
    );
  });
  const network = world.life.networkAt(fromUs);
  for (const one of network === null ? [] : lookUpsOf(world, connections, fromUs)) {
    const [sent, received] = lookUpBytes(one);
    const ident = book.of(network!);
    entries.push(at({ ident, uid: RESOLVER.uid, set: DEFAULT, sent, received, sentPackets: 1, receivedPackets: 1 }));
  }
  return entries;
}

/** PCAPdroid as it was installed some days before it was first used. */
function capturer(world: World, firstUs: number): PracticeApp | null {
  const like = world.apps.find((app) => app.imagePath === null && app.installer === 'com.android.vending');
  if (!like) return null;
  const at = (path: string): string => path.replace(like.package, PCAPDROID);
  const installedUs = firstUs - 3 * DAY_US - (hashOf(world.options.seed, 'capturer') % 3600) * 1_000_000;
  return {
    ...like,
    package: PCAPDROID,
    label: 'PCAPdroid',
    labelSaid: true,
    script: 'latin',
    appId: FIRST_VISITOR - 10,
    codePath: at(like.codePath),
    apkPath: at(like.apkPath),
    versionCode: 76,
    versionName: '1.7.5',
    firstInstallUs: installedUs,
    lastUpdateUs: installedUs,
    users: [0],
    enabled: 0,
    habit: 'silent',
    role: null,
    permissions: [],
  };
}

/**
 * The same phone, whose owner captured with PCAPdroid from these instants on, three minutes each: PCAPdroid is installed, the captures and
 * their tables lie among the downloads, and the history counts what they hold, with the rows that a VPN makes. An instant that has not come
 * yet, or at which the phone was off, is passed over, so that two worlds of one phone at two times may be given the same list.
 */
export function withCaptures(world: World, beganUs: readonly number[]): World {
  const began = beganUs.filter(
    (us) => us + CAPTURED_US <= world.polledUs && us >= world.historyFromUs && !world.life.isOff(us),
  );
  const app = began.length === 0 ? null : capturer(world, Math.min(...began));
  if (app === null) return world;
  const entries = [...world.entries, ...began.flatMap((us) => entriesIn(world, app.appId, us))];
  const sinceBoot = entries.filter((entry) => entry.trueUs >= world.bootUs);
  return {
    ...world,
    apps: [...world.apps, app],
    captured: began,
    entries,
    sinceBoot,
    counted: sinceBoot,
    totals: (history = 'complete') => totalsOf(history === 'complete' ? entries : sinceBoot),
  };
}
