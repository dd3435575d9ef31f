/** A reader of captures of its own, for the tests: it takes apart what the writers put together, and adds the sums up again. */
export interface ReadPacket {
  readonly atUs: number;
  /** Bytes of the IP packet by its own length. */
  readonly bytes: number;
  readonly protocol: number;
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly flags: number;
  readonly sequence: number;
  readonly payload: Buffer;
  /** What stands behind the IP packet. */
  readonly behind: Buffer;
}

function sumOf(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt8(at) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

/** Sixteen bytes as eight groups, nothing shortened. */
const sixText = (bytes: Buffer): string => bytes.toString('hex').replace(/(.{4})(?!$)/g, '$1:');

function readIp(frame: Buffer, atUs: number): ReadPacket {
  const six = frame[0]! >> 4 === 6;
  const length = six ? 40 + frame.readUInt16BE(4) : frame.readUInt16BE(2);
  const ip = frame.subarray(0, length);
  const head = six ? 40 : (ip[0]! & 15) * 4;
  if (!six && sumOf(ip.subarray(0, head)) !== 0xffff) throw new Error('the sum of an IP header is wrong');
  const protocol = six ? ip[6]! : ip[9]!;
  const [from, to] = six ? [ip.subarray(8, 24), ip.subarray(24, 40)] : [ip.subarray(12, 16), ip.subarray(16, 20)];
  const body = ip.subarray(head);
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(body.length, 0);
  pseudo.writeUInt32BE(protocol, 4);
  if (sumOf(Buffer.concat([from, to, pseudo, body])) !== 0xffff) throw new Error('the sum of a packet is wrong');
  const text = (bytes: Buffer): string => (six ? sixText(bytes) : [...bytes].join('.'));
  const tcp = protocol === 6;
  return {
    atUs,
    bytes: length,
    protocol,
    from: text(from),
    to: text(to),
    fromPort: body.readUInt16BE(0),
    toPort: body.readUInt16BE(2),
    flags: tcp ? body[13]! : 0,
    sequence: tcp ? body.readUInt32BE(4) : 0,
    payload: body.subarray(tcp ? (body[12]! >> 4) * 4 : 8),
    behind: frame.subarray(length),
  };
}

/** All whole packets of a capture. Throws where a sum is wrong. */
export function readPcap(bytes: Uint8Array): { readonly linkType: number; readonly packets: ReadPacket[] } {
  const all = Buffer.from(bytes);
  if (all.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error('not a capture');
  const linkType = all.readUInt32LE(20);
  const before = linkType === 1 ? 14 : linkType === 113 ? 16 : 0;
  const packets: ReadPacket[] = [];
  for (let at = 24; at + 16 <= all.length; ) {
    const size = all.readUInt32LE(at + 8);
    if (at + 16 + size > all.length) break;
    const atUs = all.readUInt32LE(at) * 1_000_000 + all.readUInt32LE(at + 4);
    packets.push(readIp(all.subarray(at + 16 + before, at + 16 + size), atUs));
    at += 16 + size;
  }
  return { linkType, packets };
}
