/**
 * Tag, length, value: the little of ITU-T X.690 that keys and time stamps need. Writing is DER. Reading takes BER too,
 * because some time-stamp authorities send the outer layers with indefinite lengths.
 */

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Bytes that are not what they are taken for. Callers turn it into a sentence that names the file. */
export class DerFault extends Error {}

const DEEPEST = 32;

/** One element, with its bytes as received. */
export interface DerNode {
  readonly tag: number;
  /** Tag, length and content. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

interface Read {
  readonly node: DerNode;
  readonly next: number;
}

function readAt(bytes: Uint8Array, at: number, depth: number): Read {
  if (depth > DEEPEST) throw new DerFault(`more than ${DEEPEST} layers`);
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerFault('it ends in the middle');
  if ((tag & 0x1f) === 0x1f) throw new DerFault('a tag of several bytes');
  if (first === 0x80) return readIndefinite(bytes, at, tag, depth);
  let start = at + 2;
  let length = first;
  if (first > 0x80) {
    const digits = first & 0x7f;
    if (digits > 4) throw new DerFault('a length that no file has');
    start += digits;
    length = 0;
    for (let digit = at + 2; digit < start; digit += 1) {
      const value = bytes[digit];
      if (value === undefined) throw new DerFault('it ends in the middle');
      length = length * 256 + value;
    }
  }
  const end = start + length;
  if (end > bytes.length) throw new DerFault('it ends in the middle');
  return { node: { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(start, end) }, next: end };
}

/** Content up to its end mark, two zero bytes. */
function readIndefinite(bytes: Uint8Array, at: number, tag: number, depth: number): Read {
  if ((tag & 0x20) === 0) throw new DerFault('a plain value without a length');
  let end = at + 2;
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) end = readAt(bytes, end, depth + 1).next;
  return {
    node: { tag, bytes: bytes.subarray(at, end + 2), content: bytes.subarray(at + 2, end) },
    next: end + 2,
  };
}

/** Reads one element that fills `bytes` to the end. Throws `DerFault`. */
export function readDer(bytes: Uint8Array): DerNode {
  const { node, next } = readAt(bytes, 0, 0);
  if (next !== bytes.length) throw new DerFault(`${bytes.length - next} bytes after its end`);
  return node;
}

/** The elements inside of one. */
export function childrenOf(node: DerNode): DerNode[] {
  const children: DerNode[] = [];
  for (let at = 0; at < node.content.length; ) {
    const { node: child, next } = readAt(node.content, at, 0);
    children.push(child);
    at = next;
  }
  return children;
}

/** The bytes of an octet string, also of one that comes in pieces. */
export function octetsOf(node: DerNode): Uint8Array {
  if (node.tag === tags.octets) return node.content;
  if (node.tag === (tags.octets | 0x20)) return Buffer.concat(childrenOf(node).map(octetsOf));
  throw new DerFault('something else where bytes were expected');
}

/** An object identifier as its dotted numbers. */
export function oidOf(node: DerNode): string {
  if (node.tag !== tags.oid || node.content.length === 0 || node.content.length > 64)
    throw new DerFault('something else where an object identifier was expected');
  const numbers: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const first = numbers[0] ?? 0;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...numbers.slice(1)].join('.');
}

/** A whole number that fits in a double. */
export function numberOf(node: DerNode): number {
  if (node.tag !== tags.integer || node.content.length === 0 || node.content.length > 6)
    throw new DerFault('something else where a number was expected');
  return Buffer.from(node.content).readIntBE(0, node.content.length);
}

/**
 * A GeneralizedTime or UTCTime in UTC (X.680 §46, RFC 5280 §4.1.2.5), as microseconds of UTC. Two-digit years from 50 on are
 * of the twentieth century.
 */
export function timeOf(node: DerNode): number {
  const text = Buffer.from(node.content).toString('latin1');
  const long = node.tag === tags.utcTime ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text;
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{1,6})\d*)?Z$/.exec(long);
  if (!match || (node.tag !== tags.utcTime && node.tag !== tags.generalizedTime))
    throw new DerFault('something else where a time was expected');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Some readers take a day that the month has not for one of the next.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) throw new DerFault('a time that is none');
  return ms * 1000 + Number(fraction.padEnd(6, '0'));
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(0x80 | digits.length, ...digits);
}

/** Writes one element around its parts. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag), lengthBytes(length), ...parts]));
}

/** Writes a sequence. */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tags.sequence, ...parts);
}

/** Writes a whole number that is not negative. */
export function wholeNumber(value: number): Uint8Array {
  const digits: number[] = [];
  for (let rest = value; rest > 0 || digits.length === 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0);
  return der(tags.integer, Uint8Array.from(digits));
}

/** Writes an object identifier from its dotted numbers. */
export function objectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const number of [first * 40 + second, ...rest]) {
    const digits = [number & 0x7f];
    for (let more = number >>> 7; more > 0; more >>>= 7) digits.unshift((more & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(tags.oid, Uint8Array.from(bytes));
}
