import { hashOf } from '../../world/random.ts';
import { ownAddress, socketsAt } from '../../world/sockets.ts';
import { localOf } from '../../world/time.ts';
import type { World } from '../../world/world.ts';

function clockText(world: World, trueUs: number): string {
  const t = localOf(world.wallUs(trueUs), world.home.zone);
  return `${t.hour}:${t.minute}:${t.second}.${String(Math.floor(trueUs / 1000) % 1000).padStart(3, '0')}`;
}

/** Packets that woke the phone: one of each connection that stood some minutes ago (FORMATS 3.3). */
function wakeups(world: World): string[] {
  const atUs = world.polledUs;
  const ip = ownAddress(world, atUs);
  if (ip === null) return [];
  return socketsAt(world, atUs)
    .filter((socket) => socket.state === 'established' && socket.protocol === 'tcp' && !socket.local.ip.includes(':'))
    .slice(0, 24)
    .map((socket, index) => {
      const whenUs = atUs - (index + 1) * 37_000_000;
      return `WakeupEvent(${clockText(world, whenUs)}, ${world.life.networkAt(atUs)?.ssid ? 'wlan0' : 'rmnet_data0'}, uid: ${socket.uid}, eth=0x800, dstHw=02:00:00:00:00:00, ipNxtHdr=6, srcIp=${socket.remote.ip}, dstIp=${ip}, srcPort=${socket.remote.port}, dstPort=${socket.local.port})`;
    });
}

/** `dumpsys connmetrics list`. */
export function connmetricsText(world: World): string {
  const net = 100 + (hashOf(world.options.seed, 'net id', Math.floor(world.nowUs / 3_600_000_000)) % 50);
  const from = clockText(world, world.bootUs);
  return [
    'metrics events:',
    '',
    'dns/connect events:',
    `ConnectStats(netId=${net}, 41 events, 40 success, 0 blocking, 3 IPv6 dst)`,
    `DnsEvent(netId=${net}, 97 events, 95 success)`,
    '',
    'network statistics:',
    `${from}: {netId=${net}, dns avg=21ms max=140ms err=2.1% tot=97, connect avg=38ms max=210ms err=2.4% tot=41, tcp avg_loss=0.1% total_sent=4110 total_lost=4, tcp rtt=33ms, tcp sent-ack_diff=2ms}`,
    '',
    'packet wakeup events:',
    ...wakeups(world),
    '',
    'default network events:',
    `${from}: DefaultNetworkEvent(netId=${net}, ip=IPv4, duration=${Math.floor((world.nowUs - world.bootUs) / 1e6)}s, validation=99.0%)`,
    '',
  ].join('\n');
}
