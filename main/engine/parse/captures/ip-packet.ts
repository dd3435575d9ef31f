import { half, word } from './wire-numbers.ts';

/** What is read of one IP packet; one object is filled again and again, so that nothing is made for each packet. */
export class IpPacket {
  version: 4 | 6 = 4;
  /** IP protocol: 6 TCP, 17 UDP, 1 and 58 ICMP, … */
  protocol = 0;
  /** Addresses in 32-bit words, the highest first; of IPv4 the first word alone. */
  readonly source = new Uint32Array(4);
  readonly target = new Uint32Array(4);
  sourcePort = 0;
  targetPort = 0;
  /** First byte of the transport's payload, and the first behind what was captured of it. */
  payload = 0;
  payloadEnd = 0;
  /** TCP flags, 0 for others; and the sequence number. */
  flags = 0;
  sequence = 0;
  /** The payload follows on what was seen of its stream, from the SYN on. Whoever keeps the flows says so. */
  inOrder = false;
  /** A later piece of a packet that was cut on its way: it has no ports. */
  laterPiece = false;
  /** The first piece of such a packet. */
  firstPiece = false;
  /** Identification that the pieces of one packet share. */
  identification = 0;
  /** Length of the whole IP packet as it says itself, 0 where it does not (a packet that the card will cut). */
  length = 0;
  /** What was captured ends before the transport header does. */
  short = false;
}

/** Headers that may stand before the transport in IPv6; more than so many are an attack on whoever reads them. */
const MOST_HEADERS = 16;

/**
 * Reads the IP packet at `at`. False where it is none, or too short to say from whom to whom. Sources: RFC 791, 8200
 * (extension headers), 4302 (authentication header), 9293, 768.
 */
export function readIpPacket(packet: IpPacket, bytes: Uint8Array, at: number, end: number): boolean {
  packet.laterPiece = false;
  packet.firstPiece = false;
  packet.short = false;
  packet.flags = 0;
  packet.sequence = 0;
  packet.sourcePort = 0;
  packet.targetPort = 0;
  const version = bytes[at]! >> 4;
  if (version === 4) return readFour(packet, bytes, at, end);
  return version === 6 && readSix(packet, bytes, at, end);
}

function readFour(packet: IpPacket, bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 20 > end) return false;
  const header = (bytes[at]! & 15) << 2;
  if (header < 20) return false;
  const length = half(bytes, at + 2);
  packet.version = 4;
  packet.length = length;
  packet.protocol = bytes[at + 9]!;
  const { source, target } = packet;
  source[0] = word(bytes, at + 12);
  target[0] = word(bytes, at + 16);
  source[1] = source[2] = source[3] = target[1] = target[2] = target[3] = 0;
  const piece = half(bytes, at + 6);
  packet.identification = half(bytes, at + 4);
  packet.laterPiece = (piece & 0x1fff) !== 0;
  packet.firstPiece = !packet.laterPiece && (piece & 0x2000) !== 0;
  // What stands behind the packet in the frame is padding, or PCAPdroid's trailer.
  const packetEnd = length >= header && at + length < end ? at + length : end;
  let place = at + header;
  // What an authentication header proves stands behind it in the clear.
  while (packet.protocol === 51 && !packet.laterPiece && place + 12 <= packetEnd) {
    packet.protocol = bytes[place]!;
    place += (bytes[place + 1]! + 2) << 2;
  }
  transport(packet, bytes, place, packetEnd);
  return true;
}

function readSix(packet: IpPacket, bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 40 > end) return false;
  const length = half(bytes, at + 4);
  packet.version = 6;
  packet.length = length === 0 ? 0 : length + 40;
  const { source, target } = packet;
  for (let n = 0; n < 4; n += 1) {
    source[n] = word(bytes, at + 8 + 4 * n);
    target[n] = word(bytes, at + 24 + 4 * n);
  }
  const packetEnd = length > 0 && at + 40 + length < end ? at + 40 + length : end;
  let next = bytes[at + 6]!;
  let place = at + 40;
  for (let headers = 0; headers < MOST_HEADERS; headers += 1) {
    if (next !== 0 && next !== 43 && next !== 44 && next !== 51 && next !== 60 && next !== 135 && next !== 139) break;
    if (place + 8 > packetEnd) {
      packet.protocol = next;
      packet.short = true;
      packet.payload = packet.payloadEnd = packetEnd;
      return true;
    }
    if (next === 44) {
      const piece = half(bytes, place + 2);
      packet.laterPiece = (piece & 0xfff8) !== 0;
      packet.firstPiece = !packet.laterPiece && (piece & 1) !== 0;
      packet.identification = word(bytes, place + 4);
    }
    const size = next === 44 ? 8 : next === 51 ? (bytes[place + 1]! + 2) << 2 : (bytes[place + 1]! + 1) << 3;
    next = bytes[place]!;
    place += size;
    if (packet.laterPiece) break;
  }
  packet.protocol = next;
  transport(packet, bytes, place, packetEnd);
  return true;
}

function transport(packet: IpPacket, bytes: Uint8Array, at: number, end: number): void {
  packet.payload = Math.min(at, end);
  packet.payloadEnd = end;
  if (packet.laterPiece) return;
  if (packet.protocol === 6) {
    if (at + 4 > end) {
      packet.short = true;
      return;
    }
    packet.sourcePort = half(bytes, at);
    packet.targetPort = half(bytes, at + 2);
    if (at + 20 > end) {
      packet.short = true;
      packet.payload = end;
      return;
    }
    packet.sequence = word(bytes, at + 4);
    packet.flags = bytes[at + 13]!;
    const header = (bytes[at + 12]! >> 4) << 2;
    const payload = header < 20 ? end : at + header;
    packet.payload = Math.min(payload, end);
    return;
  }
  if (packet.protocol === 17 || packet.protocol === 136) {
    if (at + 8 > end) {
      packet.short = true;
      if (at + 4 > end) return;
    }
    packet.sourcePort = half(bytes, at);
    packet.targetPort = half(bytes, at + 2);
    packet.payload = Math.min(at + 8, end);
    return;
  }
  if (packet.protocol === 132 || packet.protocol === 33) {
    if (at + 4 > end) packet.short = true;
    else {
      packet.sourcePort = half(bytes, at);
      packet.targetPort = half(bytes, at + 2);
    }
  }
}

/** Sequence number of the payload's first byte: a SYN takes one of its own (RFC 7413 puts bytes behind it). */
export const firstByte = ({ sequence, flags }: IpPacket): number =>
  (flags & 2) !== 0 ? (sequence + 1) >>> 0 : sequence;

/** An address as people write it; IPv6 in the short form of RFC 5952. */
export function addressText(version: 4 | 6, words: ArrayLike<number>, from = 0): string {
  const first = words[from]!;
  if (version === 4) return `${first >>> 24}.${(first >>> 16) & 255}.${(first >>> 8) & 255}.${first & 255}`;
  const groups: number[] = [];
  for (let n = 0; n < 4; n += 1) groups.push(words[from + n]! >>> 16, words[from + n]! & 0xffff);
  if (groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff) {
    return `::ffff:${addressText(4, [words[from + 3]!])}`;
  }
  let best = -1;
  let bestLength = 1;
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length += 1;
    if (length > bestLength) {
      best = at;
      bestLength = length;
    }
    at += Math.max(0, length - 1);
  }
  const text = groups.map((one) => one.toString(16));
  if (best < 0) return text.join(':');
  return `${text.slice(0, best).join(':')}::${text.slice(best + bestLength).join(':')}`;
}
