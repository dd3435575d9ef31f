import { frontEvents } from '../../world/front.ts';
import { type Amounts, counts } from '../../world/ledger.ts';
import { WIFI } from '../../world/networks.ts';
import type { World } from '../../world/world.ts';

/** Versions of the form that are known; between them the next lower holds. */
function formOf(sdk: number): number {
  if (sdk >= 34) return 36;
  if (sdk >= 30) return 35;
  return sdk >= 29 ? 34 : sdk - 5;
}

interface Carried {
  readonly mobile: Amounts;
  readonly wifi: Amounts;
}

function carried(world: World): Map<number, Carried> {
  const zero = (): Amounts => ({ sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 });
  const all = new Map<number, Carried>();
  for (const entry of world.counted) {
    if (!counts(entry) || entry.uid < 0) continue;
    const own = all.get(entry.uid) ?? { mobile: zero(), wifi: zero() };
    all.set(entry.uid, own);
    const to = entry.ident.members[0]!.type === WIFI ? own.wifi : own.mobile;
    to.sent += entry.sent;
    to.received += entry.received;
    to.sentPackets += entry.sentPackets;
    to.receivedPackets += entry.receivedPackets;
  }
  return all;
}

/** The screen's history since the phone started, as differences in milliseconds of running time. */
function history(world: World): string[] {
  const startMs = Math.floor(world.bootUs / 1000);
  const out = [`9,h,0:RESET:TIME:${Math.floor(world.wallUs(world.bootUs) / 1000)}`];
  let lastMs = startMs;
  for (const event of frontEvents(world, 0, world.bootUs)) {
    if (event.kind !== 'screen on' && event.kind !== 'screen off') continue;
    const atMs = Math.floor(event.atUs / 1000);
    out.push(`9,h,${atMs - lastMs},${event.kind === 'screen on' ? '+S' : '-S'}`);
    lastMs = atMs;
  }
  return out;
}

/** `dumpsys batterystats -c` (FORMATS 6.3): the uids, what each carried since the phone was last charged, the screen. */
export function batteryText(world: World): string {
  const form = formOf(world.sdk);
  const build = world.model.buildId;
  const out = [`9,0,i,vers,${form},${form + 152},${build},${build}`, ...history(world)];
  for (const app of world.apps)
    for (const user of app.users) out.push(`9,0,i,uid,${user * 100_000 + app.appId},${app.package}`);
  const total = { mobile: [0, 0], wifi: [0, 0] };
  for (const [uid, { mobile, wifi }] of [...carried(world)].sort(([a], [b]) => a - b)) {
    total.mobile[0]! += mobile.received;
    total.mobile[1]! += mobile.sent;
    total.wifi[0]! += wifi.received;
    total.wifi[1]! += wifi.sent;
    const base = [
      mobile.received,
      mobile.sent,
      wifi.received,
      wifi.sent,
      mobile.receivedPackets,
      mobile.sentPackets,
      wifi.receivedPackets,
      wifi.sentPackets,
      0,
      0,
    ];
    const more = world.sdk >= 26 ? Array(12).fill(0) : world.sdk >= 24 ? [0, 0] : [];
    out.push(`9,${uid},l,nt,${[...base, ...more].join(',')}`);
  }
  out.push(`9,0,l,gn,${[...total.mobile, ...total.wifi].join(',')},0,0,0,0,0,0`);
  return `${out.join('\n')}\n`;
}
