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

/** Numbers of one list of a greeting, without those that clients throw in. Filled anew for each greeting. */
class Numbers {
  values = new Uint16Array(128);
  count = 0;

  add(value: number): void {
    if (isGrease(value)) return;
    if (this.count === this.values.length) {
      const wider = new Uint16Array(this.count * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.count] = value;
    this.count += 1;
  }

  /** Takes all numbers of two bytes between two places. */
  addAll(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at + 1 < to; at += 2) this.add(half(bytes, at));
  }

  sort(): void {
    this.values.subarray(0, this.count).sort();
  }

  text(): string {
    return Array.from(this.values.subarray(0, this.count), (one) => one.toString(16).padStart(4, '0')).join(',');
  }
}

const ciphers = new Numbers();
const extensions = new Numbers();
const signatures = new Numbers();
const none = new Numbers();

const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 200;
interface KnownLists {
  readonly first: Uint16Array;
  readonly second: Uint16Array;
  readonly short: string;
}
/** Clients are few, and say the same lists in each of their greetings. */
const known = new Map<number, KnownLists>();

function isSame(one: Uint16Array, { values, count }: Numbers): boolean {
  if (one.length !== count) return false;
  for (let n = 0; n < count; n += 1) if (one[n] !== values[n]) return false;
  return true;
}

/** The first twelve digits of the hash over two lists as JA4 writes them. */
function shortHash(first: Numbers, second: Numbers): string {
  if (first.count === 0) return '000000000000';
  let key = first.count;
  for (let n = 0; n < first.count; n += 1) key = Math.imul(key ^ first.values[n]!, 0x9e3779b1);
  for (let n = 0; n < second.count; n += 1) key = Math.imul(key ^ second.values[n]!, 0x85ebca6b);
  const before = known.get(key);
  if (before && isSame(before.first, first) && isSame(before.second, second)) return before.short;
  const text = second.count > 0 ? `${first.text()}_${second.text()}` : first.text();
  const short = hash('sha256', text, 'hex').slice(0, 12);
  if (first.count + second.count > LONGEST_KNOWN) return short;
  if (known.size >= MOST_KNOWN) known.clear();
  const kept = ({ values, count }: Numbers) => values.slice(0, count);
  known.set(key, { first: kept(first), second: kept(second), short });
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
  ciphers.count = extensions.count = signatures.count = 0;
  ciphers.addAll(bytes, at + 2, ciphersEnd);
  at = ciphersEnd;
  if (at >= end) return null;
  at += 1 + bytes[at]!;
  let offered = 0;
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
      offered += 1;
      if (type !== 0 && type !== 16) extensions.add(type);
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
        signatures.addAll(bytes, from + 2, to);
      } else if (type === 0xfe0d) encrypted = bytes[from] === 0 && to - from > 8;
    }
  }
  const two = (count: number) => String(Math.min(99, count)).padStart(2, '0');
  const head = `${transport}${versionNames[version] ?? '00'}${namedAt ? 'd' : 'i'}${two(ciphers.count)}${two(offered)}${alpnMark(firstAlpn)}`;
  ciphers.sort();
  extensions.sort();
  const ja4 = `${head}_${shortHash(ciphers, none)}_${shortHash(extensions, signatures)}`;
  return { serverName, alpn, encrypted, ja4 };
}
