import type { Frame } from './packet-bytes.ts';

/** Link types of pcap files: Ethernet, plain IP, and the form in which Linux shows all interfaces at once. */
export const linkTypes = { ethernet: 1, raw: 101, cooked: 113 } as const;
export type Link = keyof typeof linkTypes;

/** The phone's end and the way out of its network; both belong to no maker. */
const phoneMac = Buffer.from([0x02, 0, 0x5e, 0x10, 0, 0x02]);
const routerMac = Buffer.from([0x02, 0, 0x5e, 0x10, 0, 0x01]);

/** Header of a pcap file with microseconds, little-endian. Source: the pcap format, draft-ietf-opsawg-pcap. */
export function pcapHeader(linkType: number, snapLength = 262_144): Uint8Array {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(0xa1b2c3d4, 0);
  bytes.writeUInt16LE(2, 4);
  bytes.writeUInt16LE(4, 6);
  bytes.writeUInt32LE(snapLength, 16);
  bytes.writeUInt32LE(linkType, 20);
  return bytes;
}

/** One record; `atUs` is what the phone's own clock showed. */
export function pcapRecord(atUs: number, bytes: Uint8Array, wireLength = bytes.length): Uint8Array {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(Math.floor(atUs / 1_000_000), 0);
  head.writeUInt32LE(atUs % 1_000_000, 4);
  head.writeUInt32LE(bytes.length, 8);
  head.writeUInt32LE(wireLength, 12);
  return Buffer.concat([head, bytes]);
}

/** The packet with what its link puts before it. */
export function onLink({ bytes, sent }: Frame, link: Link): Uint8Array {
  if (link === 'raw') return bytes;
  const type = bytes[0]! >> 4 === 6 ? 0x86dd : 0x0800;
  if (link === 'cooked') {
    const head = Buffer.alloc(16);
    head.writeUInt16BE(sent ? 4 : 0, 0);
    head.writeUInt16BE(1, 2);
    head.writeUInt16BE(6, 4);
    (sent ? phoneMac : routerMac).copy(head, 6);
    head.writeUInt16BE(type, 14);
    return Buffer.concat([head, bytes]);
  }
  const [to, from] = sent ? [routerMac, phoneMac] : [phoneMac, routerMac];
  return Buffer.concat([to, from, Buffer.from([type >> 8, type & 0xff]), bytes]);
}
