import { crc32, deflateRawSync } from 'node:zlib';

/** A member of a zip archive. */
export interface ZipMember {
  /** As it is written; a hostile one may be any bytes. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Kept as it is, beginning at a multiple of so many bytes; left out, it is compressed. */
  readonly storedAt?: number;
  /** Already compressed: then `bytes` is that, and these tell of what it was. */
  readonly packed?: { readonly size: number; readonly crc: number };
}

/** The three parts of an archive; what is put between the first two is no part of any member. */
export interface ZipParts {
  readonly members: Buffer;
  readonly directory: Buffer;
  /** The end, for a directory that begins at that byte. */
  end(directoryAt: number): Buffer;
}

/** The first of January 2009, as archives of builds have it. */
const dosDate = ((2009 - 1980) << 9) | (1 << 5) | 1;

/** An archive by its format's description (PKWARE APPNOTE): local headers, a central directory, its end. No ZIP64. */
export function zipParts(members: readonly ZipMember[]): ZipParts {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, storedAt, packed } of members) {
    const text = Buffer.from(name, 'utf8');
    const body = packed || storedAt !== undefined ? bytes : deflateRawSync(bytes);
    const size = packed?.size ?? bytes.length;
    const crc = packed?.crc ?? crc32(bytes);
    const method = storedAt === undefined ? 8 : 0;
    const start = at + 30 + text.length;
    const pad = storedAt === undefined ? 0 : (storedAt - (start % storedAt)) % storedAt;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    // Names are UTF-8.
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt16LE(dosDate, 8);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(text.length, 22);
    const extra = Buffer.from(shared);
    extra.writeUInt16LE(pad, 24);
    local.push(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), extra, text, Buffer.alloc(pad), body]));
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, text]));
    at += 30 + text.length + pad + body.length;
  }
  const directory = Buffer.concat(central);
  return {
    members: Buffer.concat(local),
    directory,
    end(directoryAt) {
      const end = Buffer.alloc(22);
      end.write('PK\x05\x06', 0, 'latin1');
      end.writeUInt16LE(members.length, 8);
      end.writeUInt16LE(members.length, 10);
      end.writeUInt32LE(directory.length, 12);
      end.writeUInt32LE(directoryAt, 16);
      return end;
    },
  };
}

/** A whole archive. */
export function zipOf(members: readonly ZipMember[]): Uint8Array {
  const { members: local, directory, end } = zipParts(members);
  return new Uint8Array(Buffer.concat([local, directory, end(local.length)]));
}

/** An archive of some megabytes that unpacks to `gigabytes`: many members of zeros, none of them out of the ordinary by itself. */
export function zipBomb(name: (index: number) => string, gigabytes: number): Uint8Array {
  const plain = new Uint8Array(16 * 1024 * 1024);
  const bytes = deflateRawSync(plain);
  const packed = { size: plain.length, crc: crc32(plain) };
  return zipOf(Array.from({ length: gigabytes * 64 }, (_, index) => ({ name: name(index), bytes, packed })));
}
