import { DEVICE_ONLY } from '../../world/ledger.ts';
import { MOBILE } from '../../world/networks.ts';
import { ownAddress } from '../../world/sockets.ts';
import type { World } from '../../world/world.ts';
import { interfaceOf } from '../interfaces.ts';

interface Carried {
  sent: number;
  received: number;
  sentPackets: number;
  receivedPackets: number;
}

/** What each interface carried since the phone started. */
function carried(world: World): Map<string, Carried> {
  const all = new Map<string, Carried>();
  for (const entry of world.counted) {
    if (entry.tag !== 0 || entry.set >= 1000 || entry.set === DEVICE_ONLY || entry.ident.virtual) continue;
    const name = interfaceOf(entry.ident.members[0]!.type, world);
    const to = all.get(name) ?? { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 };
    to.sent += entry.sent;
    to.received += entry.received;
    to.sentPackets += entry.sentPackets;
    to.receivedPackets += entry.receivedPackets;
    all.set(name, to);
  }
  return all;
}

const wide = (n: number, width: number): string => String(n).padStart(width);

/** `/proc/net/dev`. */
export function interfaceTable(world: World): string {
  const head = [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
  ];
  const line = (name: string, of: Carried): string =>
    `${name.padStart(6)}: ${wide(of.received, 7)} ${wide(of.receivedPackets, 7)}    0    0    0     0          0         0 ${wide(of.sent, 8)} ${wide(of.sentPackets, 7)}    0    0    0     0       0          0`;
  const loopback = { sent: 8308, received: 8308, sentPackets: 116, receivedPackets: 116 };
  const rows = [...carried(world)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => line(name, of));
  return `${[...head, line('lo', loopback), ...rows].join('\n')}\n`;
}

function littleEndian(ip: string): string {
  return ip
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}

/** The interface of the moment, and the network that it belongs to. */
function way(world: World, atUs: number): { name: string; net: string; gateway: string } | null {
  const ip = ownAddress(world, atUs);
  const network = world.life.networkAt(atUs);
  if (ip === null || network === null) return null;
  const net = ip.split('.').slice(0, 3).join('.');
  return { name: interfaceOf(network.ssid === null ? MOBILE : network.type, world), net, gateway: `${net}.1` };
}

/** `/proc/net/route`: the network that the phone is in. The way out of it stands in tables that this file does not show. */
export function routeTable(world: World, atUs: number): string {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
  const at = way(world, atUs);
  const rows =
    at === null ? [] : [`${at.name}\t${littleEndian(`${at.net}.0`)}\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0`];
  return [head, ...rows].map((line) => `${line.padEnd(127)}\n`).join('');
}

/** `/proc/net/arp`: the neighbours of a Wi-Fi, with addresses that belong to no maker. */
export function arpTable(world: World, atUs: number): string {
  const head = 'IP address       HW type     Flags       HW address            Mask     Device';
  const at = way(world, atUs);
  const rows =
    at?.name === 'wlan0'
      ? [`${at.gateway.padEnd(16)} 0x1         0x2         02:00:5e:10:00:01     *        ${at.name}`]
      : [];
  return `${[head, ...rows].join('\n')}\n`;
}

/** `/proc/net/if_inet6`: the loopback and a link-local address. */
export function addressTable(world: World, atUs: number): string {
  const at = way(world, atUs);
  const own = at === null ? [] : [`fe8000000000000000005efffe100001 18 40 20 80 ${at.name.padStart(8)}`];
  return `${['00000000000000000000000000000001 01 80 10 80       lo', ...own].join('\n')}\n`;
}
