const TRAILER = 32;
const word = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

const table = new Uint32Array(256);
for (let n = 0; n < 256; n += 1) {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  table[n] = value >>> 0;
}

/** CRC-32 as Ethernet and zip have it. */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let at = from; at < to; at += 1) crc = (crc >>> 8) ^ table[(crc ^ bytes[at]!) & 255]!;
  return (crc ^ 0xffffffff) >>> 0;
}

/** What PCAPdroid adds to a packet: the app's uid (−1: it does not know) and a name that it cuts after 19 bytes. */
export interface AppTrailer {
  readonly uid: number;
  readonly name: string | null;
}

const decoder = new TextDecoder();

/**
 * The trailer at the end of a frame, or null where there is none. It is believed where its check sum over the frame before
 * it holds. Source: PCAPdroid, dump_extensions: magic 0x01072021, uid, name of 20 bytes, check sum.
 */
export function appTrailer(bytes: Uint8Array, start: number, end: number): AppTrailer | null {
  const at = end - TRAILER;
  if (
    at < start + 14 ||
    bytes[at] !== 0x01 ||
    bytes[at + 1] !== 0x07 ||
    bytes[at + 2] !== 0x20 ||
    bytes[at + 3] !== 0x21
  ) {
    return null;
  }
  const sum = (bytes[end - 4]! | (bytes[end - 3]! << 8) | (bytes[end - 2]! << 16) | (bytes[end - 1]! << 24)) >>> 0;
  if (crc32(bytes, start, end - 4) !== sum) return null;
  let nameEnd = at + 8;
  while (nameEnd < at + 28 && bytes[nameEnd] !== 0) nameEnd += 1;
  return { uid: word(bytes, at + 4) | 0, name: decoder.decode(bytes.subarray(at + 8, nameEnd)) || null };
}

/** Whether a packet stands without a frame where frames are said to be: PCAPdroid, close to the snap length. */
export function isBareFrame(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 20) return false;
  const type = (bytes[start + 12]! << 8) | bytes[start + 13]!;
  if (type === 0x0800 || type === 0x86dd || type === 0x8100 || type < 1536) return false;
  if (bytes[start] !== 0x45) return false;
  const length = (bytes[start + 2]! << 8) | bytes[start + 3]!;
  return length >= end - start && bytes[start + 8]! > 0 && (bytes[start + 9] === 6 || bytes[start + 9] === 17);
}
