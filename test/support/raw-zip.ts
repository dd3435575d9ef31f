import { crc32 } from 'node:zlib';

/**
 * A zip of one entry, written by hand (APPNOTE 4.3), because zip libraries refuse to write hostile ones. `data` is taken
 * as already packed by `method` (0 stored, 8 deflate); `size` is what the entry claims to unpack to.
 */
export function zipWithEntry(name: string, data: Buffer, claim: { method?: number; size?: number } = {}): Buffer {
  const method = claim.method ?? 0;
  const size = claim.size ?? data.length;
  const label = Buffer.from(name);
  const large = size > 0xffff_ffff;
  const extra = large ? Buffer.alloc(12) : Buffer.alloc(0);
  if (large) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(size), 4);
  }
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(large ? 45 : 20, 0);
  facts.writeUInt16LE(method, 4);
  facts.writeUInt32LE(crc32(data), 10);
  facts.writeUInt32LE(data.length, 14);
  facts.writeUInt32LE(large ? 0xffff_ffff : size, 18);
  facts.writeUInt16LE(label.length, 22);
  facts.writeUInt16LE(extra.length, 24);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, label, extra, data]);
  const tail = Buffer.alloc(14);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), facts, tail, label, extra]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
