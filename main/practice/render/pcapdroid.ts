import { crc32 } from 'node:zlib';
import { capturedConnections, lookUpBytes, lookUpsOf, type NameLookUp, RESOLVER } from '../world/captured.ts';
import type { Connection } from '../world/connections.ts';
import { packetsOf } from '../world/packets.ts';
import { localText, offsetText } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { lookUpPackets } from './name-question.ts';
import { framesOf } from './packet-bytes.ts';
import { linkTypes, pcapHeader, pcapRecord } from './pcap-bytes.ts';

/** PCAPdroid's own end of the tunnel, and the name server that it puts into it (FORMATS 10). */
const ends = { four: '10.215.173.1', six: 'fd00:2:fd00:1::1', names: '10.215.173.2' } as const;

const inTunnel = (one: Connection): Connection => ({
  ...one,
  local: { ...one.local, ip: one.local.ip.includes(':') ? ends.six : ends.four },
});

/** What PCAPdroid recorded in that span. */
function seen(world: World, fromUs: number, toUs: number): { connections: Connection[]; lookUps: NameLookUp[] } {
  const connections = capturedConnections(world, fromUs, toUs);
  return { connections: connections.map(inTunnel), lookUps: lookUpsOf(world, connections, fromUs) };
}

/** Fake Ethernet before, a trailer behind that tells the app: magic, uid, name, sum; big-endian but the sum (FORMATS 10). */
function withTrailer(packet: Uint8Array, uid: number, name: string): Uint8Array {
  const head = Buffer.alloc(14);
  head.writeUInt16BE(packet[0]! >> 4 === 6 ? 0x86dd : 0x0800, 12);
  const pad = Buffer.alloc((4 - ((14 + packet.length) % 4)) % 4);
  const trailer = Buffer.alloc(28);
  trailer.writeUInt32BE(0x01072021, 0);
  trailer.writeInt32BE(uid, 4);
  trailer.write(name, 8, 19, 'utf8');
  const frame = Buffer.concat([head, packet, pad, trailer]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(frame));
  return Buffer.concat([frame, sum]);
}

/** A capture of PCAPdroid with its extensions. */
export function pcapdroidCapture(world: World, fromUs: number, toUs: number): Uint8Array {
  const { connections, lookUps } = seen(world, fromUs, toUs);
  const carried = connections.flatMap((one) =>
    [...framesOf(one, world.options.seed, fromUs, toUs)].map(({ atUs, bytes }) => ({
      atUs,
      bytes,
      uid: one.uid,
      name: one.app.label ?? one.app.package,
    })),
  );
  const asked = lookUps.flatMap((one) => {
    const [question, answer] = lookUpPackets(one, ends.four, ends.names);
    return [
      { atUs: one.askedUs, bytes: question, ...RESOLVER },
      { atUs: one.answeredUs, bytes: answer, ...RESOLVER },
    ];
  });
  const records = [...carried, ...asked]
    .filter(({ atUs }) => atUs <= toUs)
    .sort((a, b) => a.atUs - b.atUs)
    .map(({ atUs, bytes, uid, name }) => pcapRecord(world.wallUs(atUs), withTrailer(bytes, uid, name)));
  return new Uint8Array(Buffer.concat([pcapHeader(linkTypes.ethernet), ...records]));
}

/** `2026-03-01T19:05:12.345+05:30` */
function isoLocal(world: World, us: number): string {
  const wallUs = world.wallUs(us);
  const { zone } = world.home;
  const offset = offsetText(wallUs, zone);
  const ms = String(Math.floor(wallUs / 1000) % 1000).padStart(3, '0');
  const behind = world.sdk >= 24 ? (offset === '+0000' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3)}`) : offset;
  return `${localText(wallUs, zone).replace(' ', 'T')}.${ms}${behind}`;
}

/** The table of connections of the same capture. Nothing in it is quoted, as PCAPdroid does not (FORMATS 10). */
export function pcapdroidTable(world: World, fromUs: number, toUs: number): string {
  const { connections, lookUps } = seen(world, fromUs, toUs);
  const rows = connections.map((one) => {
    const sum = { sent: 0, received: 0, out: 0, in: 0, firstUs: Number.POSITIVE_INFINITY, lastUs: 0 };
    for (const packet of packetsOf(one, world.options.seed)) {
      if (packet.atUs <= fromUs || packet.atUs > toUs) continue;
      sum.firstUs = Math.min(sum.firstUs, packet.atUs);
      sum.lastUs = packet.atUs;
      if (packet.sent) {
        sum.sent += packet.bytes;
        sum.out += 1;
      } else {
        sum.received += packet.bytes;
        sum.in += 1;
      }
    }
    return { one, sum };
  });
  const asked = lookUps.map((one) => {
    const [sent, received] = lookUpBytes(one);
    const names = [RESOLVER.uid, RESOLVER.name, RESOLVER.name, 'DNS', 'Closed', one.host];
    const times = [isoLocal(world, one.askedUs), isoLocal(world, one.answeredUs)];
    return {
      atUs: one.askedUs,
      line: [17, ends.four, one.port, ends.names, 53, ...names, sent, received, 1, 1, ...times].join(),
    };
  });
  const lines = rows
    .filter(({ sum }) => sum.out + sum.in > 0)
    .map(({ one, sum }) => ({
      atUs: sum.firstUs,
      line: [
        one.protocol === 'tcp' ? 6 : 17,
        one.local.ip,
        one.local.port,
        one.remote.ip,
        one.remote.port,
        one.uid,
        one.app.label ?? one.app.package,
        one.app.package,
        one.protocol === 'tcp' ? 'TLS' : 'QUIC',
        one.toUs <= toUs ? 'Closed' : 'Open',
        one.host,
        sum.sent,
        sum.received,
        sum.out,
        sum.in,
        isoLocal(world, sum.firstUs),
        isoLocal(world, sum.lastUs),
      ].join(),
    }));
  const inOrder = [...lines, ...asked].sort((a, b) => a.atUs - b.atUs).map(({ line }) => line);
  const head =
    'IPProto,SrcIP,SrcPort,DstIp,DstPort,UID,App,PackageName,Proto,Status,Info,BytesSent,BytesRcvd,PktsSent,PktsRcvd,FirstSeen,LastSeen';
  return `${[head, ...inOrder].join('\n')}\n`;
}

/** The name that PCAPdroid gives to what begins at that time. */
export function pcapdroidName(world: World, us: number): string {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const [, month = '01', day = '01', hour, minute, second] = localText(world.wallUs(us), world.home.zone).split(
    /[- :]/,
  );
  return `PCAPdroid_${day}_${months[Number(month) - 1]}_${hour}_${minute}_${second}`;
}
