import { type Amounts, DEVICE_ONLY } from '../world/ledger.ts';
import { MOBILE } from '../world/networks.ts';
import type { World } from '../world/world.ts';
import { interfaceOf } from './interfaces.ts';

const maps = ['mCookieTagMap', 'mUidCounterSetMap', 'mAppUidStatsMap', 'mStatsMapA', 'mStatsMapB', 'mIfaceStatsMap'];

function sinceLastPoll(world: World): string[] {
  return world.pending
    .filter((entry) => entry.set < 1000 && entry.uid >= 0)
    .map((entry) => {
      const iface = interfaceOf(entry.ident.members[0]!.type, world);
      const index = iface === 'wlan0' ? 24 : iface === 'tun0' ? 31 : 12;
      return `    ${index} ${iface} 0x${entry.tag.toString(16)} ${entry.uid} ${entry.set} ${entry.received} ${entry.receivedPackets} ${entry.sent} ${entry.sentPackets}`;
    });
}

/**
 * The kernel's own counters, which Android 14 and later add to every dump (FORMATS 4.4). Counts per uid are those since
 * the start and are not corrected for a VPN: what the tunnel carried stands with the VPN's app once more.
 */
export function bpfText(world: World): string[] {
  const byUid = new Map<number, Amounts>();
  const add = (uid: number, from: Amounts): void => {
    const to = byUid.get(uid) ?? { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 };
    to.sent += from.sent;
    to.received += from.received;
    to.sentPackets += from.sentPackets;
    to.receivedPackets += from.receivedPackets;
    byUid.set(uid, to);
  };
  const all = {
    wlan: { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 },
    cell: { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 },
  };
  for (const entry of world.counted) {
    if (entry.tag !== 0 || entry.ident.virtual || entry.set === 1001) continue;
    if (entry.set < 1000 && entry.set !== DEVICE_ONLY) {
      const to = entry.ident.members[0]!.type === 1 ? all.wlan : all.cell;
      to.sent += entry.sent;
      to.received += entry.received;
      to.sentPackets += entry.sentPackets;
      to.receivedPackets += entry.receivedPackets;
    }
    if (entry.uid >= 0) add(entry.uid, entry);
  }
  // What was counted since the last poll stands in one of two maps in turn; a poll empties it.
  const statsLines = (active: boolean): string[] => [
    '    ifaceIndex ifaceName tag_hex uid_int cnt_set rxBytes rxPackets txBytes txPackets',
    ...(active ? sinceLastPoll(world) : []),
  ];
  const even = world.polls % 2 === 0;
  const numbers = (a: Amounts): string => `${a.received} ${a.receivedPackets} ${a.sent} ${a.sentPackets}`;
  const uids = [...byUid.keys()].sort((a, b) => a - b);
  return [
    'BPF map status:',
    ...maps.map((name) => `  ${name}: OK`),
    '',
    'BPF map content:',
    '  mCookieTagMap:',
    '  mUidCounterSetMap:',
    world.sdk >= 34 ? '    uid=1000 set=1' : '    1000 1',
    '  mAppUidStatsMap:',
    '    uid rxBytes rxPackets txBytes txPackets',
    ...uids.map((uid) => `    ${uid} ${numbers(byUid.get(uid)!)}`),
    '  mStatsMapA:',
    ...statsLines(even),
    '  mStatsMapB:',
    ...statsLines(!even),
    '  mIfaceStatsMap:',
    '    ifaceIndex ifaceName rxBytes rxPackets txBytes txPackets',
    `    12 ${interfaceOf(MOBILE, world)} ${numbers(all.cell)}`,
    `    24 wlan0 ${numbers(all.wlan)}`,
    '',
  ];
}
