import { hash } from 'node:crypto';
import { half } from './wire-numbers.ts';

/** What a client says before anything is encrypted. */
export interface ClientHello {
  /** Server name (RFC 6066), lower case as sent; null where none is said. */
  readonly serverName: string | null;
  /** Protocols that the client offers (RFC 7301), in its order. */
  readonly alpn: readonly string[];
  /**
   * The greeting has an encrypted part (RFC 9849): the name may be an outer one. Clients also send such a part with nothing in it,
   * and nobody on the way can tell the two apart (§6.2).
   */
  readonly encrypted: boolean;
  /** JA4 fingerprint of the client (FoxIO's published method). */
  readonly ja4: string;
}

/** Values that clients throw in to keep servers tolerant (RFC 8701); they tell nothing. */
const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 255);

const hex = (value: number): string => value.toString(16).padStart(4, '0');

const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 1_000;
/** Clients are few, and say the same in each of their greetings. */
const knownHashes = new Map<string, string>();

function shortHash(text: string): string {
  if (text === '') return '000000000000';
  const known = knownHashes.get(text);
  if (known !== undefined) return known;
  const short = hash('sha256', text, 'hex').slice(0, 12);
  if (knownHashes.size >= MOST_KNOWN) knownHashes.clear();
  if (text.length <= LONGEST_KNOWN) knownHashes.set(text, short);
  return short;
}

const versionNames: Readonly<Record<number, string>> = {
  772: '13',
  771: '12',
  770: '11',
  769: '10',
  768: 's3',
  2: 's2',
  65279: 'd1',
  65277: 'd2',
  65276: 'd3',
};

/** Text that came from the wire: printable ASCII only, else null. */
export function wireName(bytes: Uint8Array, from: number, to: number): string | null {
  if (to <= from || to - from > 255) return null;
  let text = '';
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte < 0x21 || byte > 0x7e) return null;
    text += String.fromCharCode(byte);
  }
  return text.toLowerCase();
}

/** First and last letter of the first protocol, as JA4 wants them. */
function alpnMark(first: Uint8Array | null): string {
  if (!first || first.length === 0) return '00';
  const isAlnum = (byte: number) =>
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  const a = first[0]!;
  const b = first[first.length - 1]!;
  if (isAlnum(a) && isAlnum(b)) return String.fromCharCode(a, b);
  const digits = (byte: number) => byte.toString(16).padStart(2, '0');
  return `${digits(a)[0]}${digits(b)[1]}`;
}

/**
 * Reads the body of a ClientHello (RFC 8446 §4.1.2; RFC 9147 with a cookie where `transport` is `d`). `bytes` is the body
 * behind the four bytes of its head. Null where it is none.
 */
export function readClientHello(bytes: Uint8Array, transport: 't' | 'q' | 'd'): ClientHello | null {
  let at = 34;
  const end = bytes.length;
  if (end < 38) return null;
  const legacy = half(bytes, 0);
  if (legacy >> 8 !== 3 && legacy >> 8 !== 0xfe) return null;
  at += 1 + bytes[at]!;
  if (transport === 'd') {
    if (at >= end) return null;
    at += 1 + bytes[at]!;
  }
  if (at + 2 > end) return null;
  const ciphersEnd = at + 2 + half(bytes, at);
  if (ciphersEnd > end) return null;
  const ciphers: string[] = [];
  for (at += 2; at + 1 < ciphersEnd; at += 2) if (!isGrease(half(bytes, at))) ciphers.push(hex(half(bytes, at)));
  at = ciphersEnd;
  if (at >= end) return null;
  at += 1 + bytes[at]!;
  const extensions: string[] = [];
  const signatures: string[] = [];
  const alpn: string[] = [];
  let firstAlpn: Uint8Array | null = null;
  let serverName: string | null = null;
  let namedAt = false;
  let version = legacy;
  let encrypted = false;
  if (at + 2 <= end) {
    const last = Math.min(end, at + 2 + half(bytes, at));
    at += 2;
    while (at + 4 <= last) {
      const type = half(bytes, at);
      const from = at + 4;
      const to = from + half(bytes, at + 2);
      if (to > last) break;
      at = to;
      if (isGrease(type)) continue;
      extensions.push(hex(type));
      if (type === 0) {
        namedAt = true;
        // A list of names, of which only host names were ever defined.
        if (from + 5 <= to && bytes[from + 2] === 0) {
          serverName = wireName(bytes, from + 5, Math.min(to, from + 5 + half(bytes, from + 3)));
        }
      } else if (type === 16) {
        for (let place = from + 2; place < to; ) {
          const length = bytes[place]!;
          if (length === 0 || place + 1 + length > to) break;
          const raw = bytes.subarray(place + 1, place + 1 + length);
          firstAlpn ??= raw;
          const name = wireName(bytes, place + 1, place + 1 + length);
          if (name !== null && alpn.length < 16) alpn.push(name);
          place += 1 + length;
        }
      } else if (type === 43) {
        let best = 0;
        for (let place = from + 1; place + 1 < to; place += 2) {
          const said = half(bytes, place);
          if (isGrease(said)) continue;
          if (legacy >> 8 === 0xfe ? best === 0 || said < best : said > best) best = said;
        }
        if (best > 0) version = best;
      } else if (type === 13) {
        for (let place = from + 2; place + 1 < to; place += 2) {
          if (!isGrease(half(bytes, place))) signatures.push(hex(half(bytes, place)));
        }
      } else if (type === 0xfe0d) encrypted = bytes[from] === 0 && to - from > 8;
    }
  }
  const two = (count: number) => String(Math.min(99, count)).padStart(2, '0');
  const head = `${transport}${versionNames[version] ?? '00'}${namedAt ? 'd' : 'i'}${two(ciphers.length)}${two(extensions.length)}${alpnMark(firstAlpn)}`;
  const told = extensions.filter((type) => type !== '0000' && type !== '0010').sort();
  const second = told.join(',') + (signatures.length > 0 ? `_${signatures.join(',')}` : '');
  const ja4 = `${head}_${shortHash([...ciphers].sort().join(','))}_${shortHash(told.length === 0 ? '' : second)}`;
  return { serverName, alpn, encrypted, ja4 };
}
