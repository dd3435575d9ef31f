import { hash } from 'node:crypto';

const buffer = Buffer.alloc(40);

/**
 * The flow's name that other tools write too (Community ID, version 1, seed 0): the two ends in order, the protocol and
 * the ports, hashed. `key` are the ten words of the flow table from `at`. Null for ICMP, whose ports are not kept.
 */
export function communityId(key: Uint32Array, at: number): string | null {
  const kind = key[at + 9]!;
  const protocol = kind & 255;
  const version = kind >> 8;
  if (protocol === 1 || protocol === 58) return null;
  const words = version === 4 ? 1 : 4;
  let end = buffer.writeUInt16BE(0, 0);
  for (let n = 0; n < words; n += 1) end = buffer.writeUInt32BE(key[at + n]!, end);
  for (let n = 0; n < words; n += 1) end = buffer.writeUInt32BE(key[at + 4 + n]!, end);
  end = buffer.writeUInt8(protocol, end);
  end = buffer.writeUInt8(0, end);
  if (protocol === 6 || protocol === 17 || protocol === 132) end = buffer.writeUInt32BE(key[at + 8]!, end);
  return `1:${hash('sha1', buffer.subarray(0, end), 'base64')}`;
}
