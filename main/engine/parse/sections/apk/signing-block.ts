import type { RandomBytes } from './random-bytes.ts';

/** Where the parts of a signed package lie, in bytes from its beginning. */
export interface PackageLayout {
  /** Where the signing block begins; null: there is none. */
  readonly blockAt: number | null;
  readonly directoryAt: number;
  readonly endAt: number;
  readonly size: number;
  /** Values of the block by their number, as far as they are signatures. */
  readonly signatures: ReadonlyMap<number, Buffer>;
}

/** Numbers of the values that hold signatures. */
export const schemeIds = { v2: 0x7109871a, v3: 0xf05368c0, 'v3.1': 0x1b93ad61 } as const;
const ids: ReadonlySet<number> = new Set(Object.values(schemeIds));

const endMagic = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
const blockMagic = 'APK Sig Block 42';
/** Real ones have some kilobytes; what a shop adds stays below a megabyte. */
const longestBlock = 32 * 1024 * 1024;

/**
 * Finds the end record, the central directory and the signing block before it. Throws with the rest of a sentence where the
 * file is none. Source: the documentation of APK Signature Scheme v2, source.android.com; APPNOTE.TXT 4.3.16.
 */
export async function layoutOf(bytes: RandomBytes): Promise<PackageLayout> {
  const { size } = bytes;
  const tailAt = Math.max(0, size - endBytes - longestComment);
  const tail = await bytes.at(tailAt, size - tailAt);
  let end = -1;
  for (let at = tail.length - endBytes; at >= 0 && end < 0; at -= 1) {
    if (tail.readUInt32LE(at) === endMagic && tail.readUInt16LE(at + 20) === tail.length - at - endBytes) end = at;
  }
  if (end < 0) throw new Error('has no list of contents at its end: it is cut short or no archive');
  const endAt = tailAt + end;
  const directoryAt = tail.readUInt32LE(end + 16);
  const directoryBytes = tail.readUInt32LE(end + 12);
  if (directoryAt + directoryBytes > endAt) throw new Error('has a list of contents that does not lie inside of it');
  const none = { blockAt: null, directoryAt, endAt, size, signatures: new Map<number, Buffer>() };
  if (directoryAt < 32) return none;
  const foot = await bytes.at(directoryAt - 24, 24);
  if (foot.toString('latin1', 8) !== blockMagic) return none;
  const length = foot.readBigUInt64LE(0);
  if (length < 24n || length > BigInt(Math.min(longestBlock, directoryAt - 8))) {
    throw new Error('has a signing block of an impossible length');
  }
  const blockAt = directoryAt - Number(length) - 8;
  const block = await bytes.at(blockAt, Number(length) + 8);
  if (block.readBigUInt64LE(0) !== length) throw new Error('has a signing block whose two lengths differ');
  return { ...none, blockAt, signatures: valuesOf(block) };
}

/** The pairs of a number and a value between the block's first length and its foot. */
function valuesOf(block: Buffer): Map<number, Buffer> {
  const values = new Map<number, Buffer>();
  const end = block.length - 24;
  for (let at = 8; at < end; ) {
    if (end - at < 12) throw new Error('has a signing block that breaks off');
    const length = Number(block.readBigUInt64LE(at));
    if (!(length >= 4 && length <= end - at - 8)) throw new Error('has a signing block whose values overlap its end');
    const id = block.readUInt32LE(at + 8);
    if (ids.has(id) && !values.has(id)) values.set(id, block.subarray(at + 12, at + 8 + length));
    at += 8 + length;
  }
  return values;
}
