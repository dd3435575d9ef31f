import { half } from './wire-numbers.ts';

/** One answer of a name server. */
export interface DnsAnswer {
  readonly name: string;
  /** `A`, `AAAA`, `CNAME`, `HTTPS`, …, or the number. */
  readonly type: string;
  /** Address or name, or null for what is not read. */
  readonly value: string | null;
  readonly ttl: number;
}

export interface DnsMessage {
  readonly id: number;
  readonly isResponse: boolean;
  /** 0: done; 3: no such name; … */
  readonly code: number;
  readonly name: string;
  readonly type: string;
  readonly answers: readonly DnsAnswer[];
}

const types: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  64: 'SVCB',
  65: 'HTTPS',
  255: 'ANY',
};

const MOST_ANSWERS = 64;
const LONGEST_NAME = 255;

/** Where the name that was read last ends. */
let nameEnd = 0;

/**
 * A name of a message, lower case, without the last dot; a byte that is no letter stands as `\DDD` (RFC 4343). Null where it
 * is damaged. Pointers may only point back, each further than the one before, so that none goes round in a circle.
 */
function nameAt(bytes: Uint8Array, from: number, at: number, end: number): string | null {
  let text = '';
  let place = at;
  let floor = at;
  nameEnd = -1;
  for (let steps = 0; steps < 128; steps += 1) {
    if (place >= end) return null;
    const length = bytes[place]!;
    if (length === 0) {
      if (nameEnd < 0) nameEnd = place + 1;
      return text;
    }
    if (length >= 0xc0) {
      if (place + 1 >= end) return null;
      const target = from + (((length & 0x3f) << 8) | bytes[place + 1]!);
      if (nameEnd < 0) nameEnd = place + 2;
      if (target >= floor) return null;
      floor = target;
      place = target;
      continue;
    }
    if (length > 63 || place + 1 + length > end) return null;
    if (text !== '') text += '.';
    for (let n = 1; n <= length; n += 1) {
      const byte = bytes[place + n]!;
      if (byte >= 0x41 && byte <= 0x5a) text += String.fromCharCode(byte + 32);
      else if (byte > 0x20 && byte < 0x7f && byte !== 0x2e && byte !== 0x5c) text += String.fromCharCode(byte);
      else text += `\\${String(byte).padStart(3, '0')}`;
    }
    if (text.length > LONGEST_NAME * 4) return null;
    place += 1 + length;
  }
  return null;
}

function dotted(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

function answerValue(
  type: number,
  bytes: Uint8Array,
  from: number,
  at: number,
  length: number,
  end: number,
  six: SixText,
): string | null {
  if (type === 1 && length === 4) return dotted(bytes, at);
  if (type === 28 && length === 16) return six(bytes, at);
  if (type === 5 || type === 12 || type === 2) return nameAt(bytes, from, at, end);
  return null;
}

/** Writes sixteen bytes as an IPv6 address. */
export type SixText = (bytes: Uint8Array, at: number) => string;

/**
 * Reads a DNS message between `at` and `end` (RFC 1035). Null where it is none: more than one question, names that do not
 * end, counts that no packet holds. Answers behind damage are left out.
 */
export function readDns(bytes: Uint8Array, at: number, end: number, six: SixText): DnsMessage | null {
  if (end - at < 17) return null;
  const flags = half(bytes, at + 2);
  if ((flags & 0x7800) !== 0 || (flags & 0x0040) !== 0) return null;
  const questions = half(bytes, at + 4);
  const counted = half(bytes, at + 6);
  const isResponse = (flags & 0x8000) !== 0;
  // Multicast answers have no question; there the first answer tells the name.
  if (questions > 16 || (questions === 0 && !(isResponse && counted > 0))) return null;
  let place = at + 12;
  let name: string | null = null;
  let type = 0;
  for (let n = 0; n < questions; n += 1) {
    const said = nameAt(bytes, at, place, end);
    if (said === null || nameEnd + 4 > end) return null;
    if (n === 0) {
      name = said;
      type = half(bytes, nameEnd);
    }
    place = nameEnd + 4;
  }
  const answers: DnsAnswer[] = [];
  for (let n = 0; isResponse && n < counted && n < MOST_ANSWERS; n += 1) {
    const said = nameAt(bytes, at, place, end);
    if (said === null || nameEnd + 10 > end) break;
    const head = nameEnd;
    const kind = half(bytes, head);
    const length = half(bytes, head + 8);
    if (head + 10 + length > end) break;
    const value = answerValue(kind, bytes, at, head + 10, length, end, six);
    answers.push({
      name: said,
      type: types[kind] ?? String(kind),
      value,
      ttl: half(bytes, head + 4) * 65_536 + half(bytes, head + 6),
    });
    if (name === null) {
      name = said;
      type = kind;
    }
    place = head + 10 + length;
  }
  if (name === null) return null;
  return { id: half(bytes, at), isResponse, code: flags & 15, name, type: types[type] ?? String(type), answers };
}
