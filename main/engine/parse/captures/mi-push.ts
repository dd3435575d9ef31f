import { half, word } from './wire-numbers.ts';

/** What a phone says of itself when it opens its push connection to Xiaomi, in the clear. Unknown is null. */
export interface MiPushHello {
  /** The server that the phone meant to reach. */
  readonly host: string | null;
  readonly model: string | null;
  /** Version of the maker's system. */
  readonly system: string | null;
  /** Number of the push software. */
  readonly sdk: number | null;
  /** A number that stands for the device, as the software derives it. */
  readonly device: string | null;
  readonly network: string | null;
  readonly locale: string | null;
  /** Android's SDK number. */
  readonly android: number | null;
}

const MAGIC = 0xc2fe;
const LONGEST = 0x8000;

/** Whether a stream begins with a block of Mi Push: `C2 FE`, version 5, a length below 32 KiB. */
export function beginsMiPush(bytes: Uint8Array, at: number, end: number): boolean {
  return end - at >= 8 && half(bytes, at) === MAGIC && half(bytes, at + 2) === 5 && word(bytes, at + 4) <= LONGEST;
}

interface Field {
  readonly number: number;
  readonly text: string | null;
  readonly value: number | null;
}

const decoder = new TextDecoder();

/** Fields of a protocol buffer message; null where it is damaged. Groups and fixed numbers do not occur here. */
function fields(bytes: Uint8Array, from: number, to: number): Field[] | null {
  const found: Field[] = [];
  let at = from;
  const variable = (): number => {
    let value = 0;
    for (let shift = 0; shift < 56; shift += 7) {
      if (at >= to) return Number.NaN;
      const byte = bytes[at]!;
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  while (at < to) {
    const tag = variable();
    if (Number.isNaN(tag) || tag === 0) return null;
    const number = Math.floor(tag / 8);
    if (tag % 8 === 0) {
      const value = variable();
      if (Number.isNaN(value)) return null;
      found.push({ number, text: null, value });
    } else if (tag % 8 === 2) {
      const length = variable();
      if (!(length >= 0) || at + length > to) return null;
      found.push({ number, text: decoder.decode(bytes.subarray(at, Math.min(at + length, at + 300))), value: null });
      at += length;
    } else return null;
  }
  return found;
}

/**
 * Reads the phone's first block: magic, version, length, then kind, length of the head, length of the body, both protocol
 * buffers. Only the block that opens the connection is in the clear; those behind it are encrypted. Source: the classes
 * `com.xiaomi.slim.BlobWriter` and `ChannelMessage.XMMsgConn` of Xiaomi's software, as taken apart in public.
 */
export function readMiPush(bytes: Uint8Array, at: number, end: number): MiPushHello | null {
  if (!beginsMiPush(bytes, at, end)) return null;
  const last = at + 8 + word(bytes, at + 4);
  if (last > end || last - at < 16) return null;
  const head = half(bytes, at + 10);
  const body = word(bytes, at + 12);
  const from = at + 16 + head;
  if (from + body > last) return null;
  const said = fields(bytes, from, from + body);
  if (!said || said.length < 2) return null;
  const text = (number: number) => said.find((one) => one.number === number)?.text ?? null;
  const value = (number: number) => said.find((one) => one.number === number)?.value ?? null;
  return {
    host: text(7),
    model: text(2),
    system: text(3),
    sdk: value(5),
    device: text(4),
    network: text(6),
    locale: text(8),
    android: value(10),
  };
}
