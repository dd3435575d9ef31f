import { type Amounts, DEVICE_ONLY, KERNEL } from '../../world/ledger.ts';
import type { World } from '../../world/world.ts';
import { interfaceOf } from '../interfaces.ts';

/** The last SDK whose phones are taken to have the module; later kernels count with eBPF. */
export const lastWithModule = 28;

const head =
  'idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes tx_packets rx_tcp_bytes rx_tcp_packets rx_udp_bytes rx_udp_packets rx_other_bytes rx_other_packets tx_tcp_bytes tx_tcp_packets tx_udp_bytes tx_udp_packets tx_other_bytes tx_other_packets';

interface Row extends Amounts {
  readonly iface: string;
  readonly tag: number;
  readonly uid: number;
  readonly set: number;
}

/** `/proc/net/xt_qtaguid/stats`: what the kernel counted by uid since the phone started (FORMATS 4.4). */
export function qtaguidText(world: World): string {
  const rows = new Map<string, Row>();
  for (const entry of world.counted) {
    if (entry.set >= 1000 || entry.set === DEVICE_ONLY || entry.uid === KERNEL || entry.uid < 0) continue;
    const iface = interfaceOf(entry.ident.members[0]!.type, world);
    const key = `${iface} ${entry.tag} ${entry.uid} ${entry.set}`;
    let row = rows.get(key);
    if (!row) {
      const { tag, uid, set } = entry;
      row = { iface, tag, uid, set, sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 };
      rows.set(key, row);
    }
    row.sent += entry.sent;
    row.received += entry.received;
    row.sentPackets += entry.sentPackets;
    row.receivedPackets += entry.receivedPackets;
  }
  const sorted = [...rows.values()].sort(
    (a, b) => (a.iface === b.iface ? 0 : a.iface < b.iface ? -1 : 1) || a.tag - b.tag || a.uid - b.uid || a.set - b.set,
  );
  const lines = sorted.map((row, index) => {
    // The tag stands in the high half of the number; all of it is taken as TCP.
    const tag = row.tag === 0 ? '0x0' : `0x${row.tag.toString(16)}00000000`;
    const { received, receivedPackets, sent, sentPackets } = row;
    return `${index + 2} ${row.iface} ${tag} ${row.uid} ${row.set} ${received} ${receivedPackets} ${sent} ${sentPackets} ${received} ${receivedPackets} 0 0 0 0 ${sent} ${sentPackets} 0 0 0 0`;
  });
  return `${[head, ...lines].join('\n')}\n`;
}
