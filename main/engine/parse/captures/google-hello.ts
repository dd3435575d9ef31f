import { wireName } from './client-hello.ts';
import { littleWord } from './wire-numbers.ts';

const CHLO = 0x4f4c4843;
const SNI = 0x00494e53;
const UAID = 0x44494155;
const MOST_TAGS = 128;

/** What the greeting of Google's early QUIC (up to Q050) and of Facebook Zero says: a list of tagged values. */
export interface GoogleHello {
  readonly serverName: string | null;
  readonly userAgent: string | null;
}

/**
 * Looks for a greeting within the first bytes from `at`. Null where there is none. The form: `CHLO`, number of tags, then
 * for each its name and the end of its value, then the values. Source: Chromium, crypto_framer.
 */
export function googleHello(bytes: Uint8Array, at: number, end: number): GoogleHello | null {
  const last = Math.min(end - 8, at + 96);
  for (let place = at; place <= last; place += 1) {
    if (bytes[place] !== 0x43 || littleWord(bytes, place) !== CHLO) continue;
    const tags = bytes[place + 4]! | (bytes[place + 5]! << 8);
    const values = place + 8 + tags * 8;
    if (tags === 0 || tags > MOST_TAGS || values > end) return null;
    let from = values;
    let serverName: string | null = null;
    let userAgent: string | null = null;
    for (let n = 0; n < tags; n += 1) {
      const tag = littleWord(bytes, place + 8 + n * 8);
      const to = values + littleWord(bytes, place + 12 + n * 8);
      if (to < from || to > end) break;
      if (tag === SNI) serverName = wireName(bytes, from, to);
      if (tag === UAID) userAgent = printable(bytes, from, to);
      from = to;
    }
    return { serverName, userAgent };
  }
  return null;
}

function printable(bytes: Uint8Array, from: number, to: number): string | null {
  let text = '';
  for (let at = from; at < Math.min(to, from + 200); at += 1) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte > 0x7e) return null;
    text += String.fromCharCode(byte);
  }
  return text || null;
}
