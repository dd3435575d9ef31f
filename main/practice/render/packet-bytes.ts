import type { Connection } from '../world/connections.ts';
import { ACK, FIN, type Packet, packetsOf, SYN } from '../world/packets.ts';
import { hashOf } from '../world/random.ts';

/** One packet of a connection as it went over the air, from its IP header on. */
export interface Frame {
  readonly atUs: number;
  readonly sent: boolean;
  readonly bytes: Uint8Array;
}

/** Address as bytes: four, or sixteen. */
export function addressBytes(ip: string): Buffer {
  if (!ip.includes(':')) return Buffer.from(ip.split('.').map(Number));
  const [head = '', tail = ''] = ip.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((one) => Number.parseInt(one, 16));
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The sum of RFC 1071: sixteen bits, carried round, turned over. */
function checksum(...parts: readonly Uint8Array[]): number {
  const bytes = Buffer.concat(parts);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** The greeting of TLS 1.2 and 1.3 in exactly that many bytes, with the name of the server (RFC 8446, RFC 6066). */
function clientHello(host: string, length: number, seed: number): Buffer {
  const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const extension = (type: number, body: Buffer): Buffer => Buffer.concat([u16(type), u16(body.length), body]);
  const name = Buffer.from(host, 'ascii');
  const random = Buffer.alloc(64);
  for (let at = 0; at < 64; at += 4) random.writeUInt32BE(hashOf(seed, 'hello', host, at), at);
  const entry = Buffer.concat([Buffer.from([0]), u16(name.length), name]);
  const extensions = [
    extension(0, Buffer.concat([u16(entry.length), entry])),
    extension(43, Buffer.from([4, 3, 4, 3, 3])),
    extension(16, Buffer.from([0, 12, 2, 0x68, 0x32, 8, ...Buffer.from('http/1.1')])),
  ];
  const head = Buffer.concat([
    u16(0x0303),
    random.subarray(0, 32),
    Buffer.from([32]),
    random.subarray(32),
    u16(6),
    u16(0x1301),
    u16(0x1302),
    u16(0xc02f),
    Buffer.from([1, 0]),
  ]);
  const used = 5 + 4 + head.length + 2 + extensions.reduce((sum, one) => sum + one.length, 0);
  extensions.push(extension(21, Buffer.alloc(length - used - 4)));
  const all = Buffer.concat(extensions);
  const body = Buffer.concat([head, u16(all.length), all]);
  const handshake = Buffer.concat([Buffer.from([1, 0]), u16(body.length), body]);
  return Buffer.concat([Buffer.from([0x16, 3, 1]), u16(handshake.length), handshake]);
}

/** What was carried: the greeting first, then what nobody without the keys can read. */
function content(connection: Connection, packet: Packet, seed: number, greets: boolean): Buffer {
  if (greets) return clientHello(connection.host, packet.payload, seed);
  const bytes = Buffer.alloc(packet.payload);
  for (let at = 0; at < bytes.length; at += 4) {
    const value = hashOf(seed, connection.key, packet.atUs % 1e9, at);
    for (let n = 0; n < 4 && at + n < bytes.length; n++) bytes[at + n] = (value >>> (8 * n)) & 0xff;
  }
  if (bytes.length >= 5 && connection.protocol === 'tcp') {
    bytes.set([0x17, 3, 3, (bytes.length - 5) >> 8, (bytes.length - 5) & 0xff]);
  }
  return bytes;
}

/** The part above IP, without its checksum. */
function transport(
  connection: Connection,
  packet: Packet,
  ports: readonly [number, number],
  numbers: [number, number],
  load: Buffer,
) {
  const [from, to] = ports;
  if (connection.protocol === 'udp') {
    const head = Buffer.alloc(8);
    head.writeUInt16BE(from, 0);
    head.writeUInt16BE(to, 2);
    head.writeUInt16BE(8 + load.length, 4);
    return { bytes: Buffer.concat([head, load]), sumAt: 6, number: 17 };
  }
  const options = packet.flags & SYN ? Buffer.from([2, 4, 0x05, 0x78]) : Buffer.alloc(0);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(from, 0);
  head.writeUInt16BE(to, 2);
  head.writeUInt32BE(numbers[0] >>> 0, 4);
  head.writeUInt32BE(packet.flags & ACK ? numbers[1] >>> 0 : 0, 8);
  head.writeUInt8(((20 + options.length) / 4) << 4, 12);
  head.writeUInt8(packet.flags, 13);
  head.writeUInt16BE(65_535, 14);
  return { bytes: Buffer.concat([head, options, load]), sumAt: 16, number: 6 };
}

function inIp(from: Buffer, to: Buffer, number: number, id: number, body: Buffer, sumAt: number): Buffer {
  const six = from.length === 16;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const pseudo = six
    ? [from, to, length, Buffer.from([0, 0, 0, number])]
    : [from, to, Buffer.from([0, number, body.length >> 8, body.length & 0xff])];
  // A sum of zero means "none" for UDP; it is written as its opposite.
  const sum = checksum(...pseudo, body);
  body.writeUInt16BE(number === 17 && sum === 0 ? 0xffff : sum, sumAt);
  if (six) {
    const head = Buffer.alloc(8);
    head.writeUInt8(0x60, 0);
    head.writeUInt16BE(body.length, 4);
    head.writeUInt8(number, 6);
    head.writeUInt8(64, 7);
    return Buffer.concat([head, from, to, body]);
  }
  const head = Buffer.alloc(12);
  head.writeUInt8(0x45, 0);
  head.writeUInt16BE(20 + body.length, 2);
  head.writeUInt16BE(id & 0xffff, 4);
  head.writeUInt16BE(0x4000, 6);
  head.writeUInt8(64, 8);
  head.writeUInt8(number, 9);
  head.writeUInt16BE(checksum(head, from, to), 10);
  return Buffer.concat([head, from, to, body]);
}

/** One datagram of UDP from its IP header on, with its sums (RFC 791, 8200, 768). */
export function datagram(
  from: { readonly ip: string; readonly port: number },
  to: { readonly ip: string; readonly port: number },
  id: number,
  load: Uint8Array,
): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(from.port, 0);
  head.writeUInt16BE(to.port, 2);
  head.writeUInt16BE(8 + load.length, 4);
  return inIp(addressBytes(from.ip), addressBytes(to.ip), 17, id, Buffer.concat([head, load]), 6);
}

/**
 * The packets of a connection in (fromUs, toUs] as bytes, with numbers that go on from its beginning and sums that are right: RFC 791,
 * 8200, 9293, 768. Their lengths are those that the account has.
 */
export function* framesOf(connection: Connection, seed: number, fromUs: number, toUs: number): Iterable<Frame> {
  const [own, other] = [addressBytes(connection.local.ip), addressBytes(connection.remote.ip)];
  const [near, far] = [connection.local.port, connection.remote.port];
  let ownNext = hashOf(seed, 'isn', connection.key, 0);
  let otherNext = hashOf(seed, 'isn', connection.key, 1);
  let id = hashOf(seed, 'ip id', connection.key) & 0xffff;
  let greeted = false;
  for (const packet of packetsOf(connection, seed)) {
    if (packet.atUs > toUs) return;
    const { sent } = packet;
    const greets = !greeted && sent && packet.payload === 517 && connection.protocol === 'tcp';
    if (greets) greeted = true;
    if (packet.atUs > fromUs) {
      const numbers: [number, number] = sent ? [ownNext, otherNext] : [otherNext, ownNext];
      const load = content(connection, packet, seed, greets);
      const { bytes, sumAt, number } = transport(connection, packet, sent ? [near, far] : [far, near], numbers, load);
      const [from, to] = sent ? [own, other] : [other, own];
      yield { atUs: packet.atUs, sent, bytes: inIp(from, to, number, id, bytes, sumAt) };
    }
    const step = packet.payload + (packet.flags & (SYN | FIN) ? 1 : 0);
    if (sent) ownNext += step;
    else otherNext += step;
    id += 1;
  }
}
