import { crc32 } from 'node:zlib';
import { half, littleWord, word } from './wire-numbers.ts';

const TRAILER = 32;

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
  if (crc32(bytes.subarray(start, end - 4)) !== littleWord(bytes, end - 4)) return null;
  let nameEnd = at + 8;
  while (nameEnd < at + 28 && bytes[nameEnd] !== 0) nameEnd += 1;
  return { uid: word(bytes, at + 4) | 0, name: decoder.decode(bytes.subarray(at + 8, nameEnd)) || null };
}

/** Whether a packet stands without a frame where frames are said to be: PCAPdroid, close to the snap length. */
export function isBareFrame(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 20) return false;
  const type = half(bytes, start + 12);
  if (type === 0x0800 || type === 0x86dd || type === 0x8100 || type < 1536) return false;
  if (bytes[start] !== 0x45) return false;
  const length = half(bytes, start + 2);
  return length >= end - start && bytes[start + 8]! > 0 && (bytes[start + 9] === 6 || bytes[start + 9] === 17);
}
