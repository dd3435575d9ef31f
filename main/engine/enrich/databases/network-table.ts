import { constants as zlib, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { parseIp } from '../../model/ip-address.ts';

/**
 * The table of networks: which network number announces a range. A file of our own form, since the tables that are published as
 * text take seconds to read:
 *
 *     one line of JSON: {"form":"phonehome networks 1","networks":N,"ipv4":R,"ipv6":S,"columns":[bytes of each]}
 *     names     UTF-8, one a line, in the order of the numbers
 *     numbers   of the networks, each as the difference to the one before
 *     ipv4      gap to the end of the range before, size less one, place in `numbers`
 *     ipv6      the upper 64 bits in two words: first word as difference, second word; the end's words: first as difference to the
 *               start's, second inverted; place in `numbers`
 *
 * Numbers are base-128, the lowest group first. The whole is one zstd frame (RFC 8878). Ranges finer than /64 are not kept.
 */
const form = 'phonehome networks 1';
const COLUMNS = 10;

export interface NetworkRange {
  /** First and last address: a number for IPv4; for IPv6 the two upper words. */
  readonly first: readonly [number] | readonly [number, number];
  readonly last: readonly [number] | readonly [number, number];
  readonly asn: number;
}

function writer() {
  const bytes: number[] = [];
  return {
    bytes,
    put(value: number) {
      let left = value;
      while (left >= 128) {
        bytes.push((left % 128) | 128);
        left = Math.floor(left / 128);
      }
      bytes.push(left);
    },
  };
}

/**
 * Writes the table. Ranges are sorted within their family and do not overlap; every `asn` has its name. Used by the script that
 * renews the shipped file, and by tests.
 */
export function encodeNetworks(
  names: ReadonlyMap<number, string>,
  ipv4: readonly NetworkRange[],
  ipv6: readonly NetworkRange[],
): Buffer {
  const numbers = [...names.keys()].sort((a, b) => a - b);
  const places = new Map(numbers.map((asn, place) => [asn, place]));
  const columns = Array.from({ length: COLUMNS - 1 }, writer);
  const put = (column: number, value: number) => columns[column]?.put(value);
  const placeOf = (asn: number) => {
    const place = places.get(asn);
    if (place === undefined) throw new Error(`The network ${asn} has no name.`);
    return place;
  };
  let before = 0;
  for (const asn of numbers) {
    put(0, asn - before);
    before = asn;
  }
  let next = 0;
  for (const { first, last, asn } of ipv4) {
    put(1, first[0] - next);
    put(2, last[0] - first[0]);
    put(3, placeOf(asn));
    next = last[0] + 1;
  }
  before = 0;
  for (const { first, last, asn } of ipv6) {
    put(4, first[0] - before);
    put(5, first[1] ?? 0);
    put(6, last[0] - first[0]);
    put(7, 0xffff_ffff - (last[1] ?? 0));
    put(8, placeOf(asn));
    before = first[0];
  }
  const parts = [
    Buffer.from(numbers.map((asn) => (names.get(asn) ?? '').replaceAll('\n', ' ')).join('\n')),
    ...columns.map((column) => Buffer.from(column.bytes)),
  ];
  const sizes = { networks: numbers.length, ipv4: ipv4.length, ipv6: ipv6.length };
  const head = JSON.stringify({ form, ...sizes, columns: parts.map((part) => part.length) });
  return zstdCompressSync(Buffer.concat([Buffer.from(`${head}\n`), ...parts]), {
    params: { [zlib.ZSTD_c_compressionLevel]: 19 },
  });
}

/** Reads `count` numbers of one column. Most are of one or two bytes. */
function numbersOf(column: Uint8Array, count: number): Uint32Array {
  const values = new Uint32Array(count);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    let value = column[at]!;
    at += 1;
    if (value >= 128) {
      value -= 128;
      for (let scale = 128; ; scale *= 128) {
        const byte = column[at]!;
        at += 1;
        value += (byte & 127) * scale;
        if (!(byte >= 128)) break;
      }
    }
    values[index] = value;
  }
  if (at > column.length) throw new Error('a column ends early');
  return values;
}

interface Head {
  readonly form: string;
  readonly networks: number;
  readonly ipv4: number;
  readonly ipv6: number;
  readonly columns: readonly number[];
}

/** The table in memory: sorted typed arrays, searched by halves. About 10 MB. */
export class NetworkTable {
  readonly #names: Buffer;
  #nameStarts: Uint32Array | null = null;
  readonly #cached = new Map<number, { readonly asn: number; readonly name: string }>();
  readonly #numbers: Uint32Array;
  readonly #first4: Uint32Array;
  readonly #last4: Uint32Array;
  readonly #place4: Uint32Array;
  readonly #first6: readonly [Uint32Array, Uint32Array];
  readonly #last6: readonly [Uint32Array, Uint32Array];
  readonly #place6: Uint32Array;

  /** Reads the file's bytes. Throws an Error that says what is wrong with them. */
  constructor(file: Uint8Array) {
    const bytes = zstdDecompressSync(file);
    const lineEnd = bytes.indexOf(10);
    const head = JSON.parse(bytes.toString('utf8', 0, Math.max(lineEnd, 0))) as Head;
    if (head.form !== form || head.columns?.length !== COLUMNS) throw new Error('it is no table of networks of form 1');
    const columns: Buffer[] = [];
    let at = lineEnd + 1;
    for (const size of head.columns) {
      columns.push(bytes.subarray(at, at + size));
      at += size;
    }
    if (at !== bytes.length) throw new Error('its columns and its size do not agree');
    const column = (index: number, count: number) => numbersOf(columns[index] ?? Buffer.alloc(0), count);
    // A copy, so that the unpacked file itself can be let go.
    this.#names = Buffer.from(columns[0] ?? []);
    this.#numbers = column(1, head.networks);
    const numbers = this.#numbers;
    for (let index = 1; index < head.networks; index += 1) numbers[index]! += numbers[index - 1]!;
    this.#first4 = column(2, head.ipv4);
    this.#last4 = column(3, head.ipv4);
    this.#place4 = column(4, head.ipv4);
    const [first4, last4] = [this.#first4, this.#last4];
    let next = 0;
    for (let index = 0; index < head.ipv4; index += 1) {
      const first = next + first4[index]!;
      const last = first + last4[index]!;
      first4[index] = first;
      last4[index] = last;
      next = last + 1;
    }
    this.#first6 = [column(5, head.ipv6), column(6, head.ipv6)];
    this.#last6 = [column(7, head.ipv6), column(8, head.ipv6)];
    this.#place6 = column(9, head.ipv6);
    const [first6] = this.#first6;
    const [last6, lastLower6] = this.#last6;
    let before = 0;
    for (let index = 0; index < head.ipv6; index += 1) {
      before += first6[index]!;
      first6[index] = before;
      last6[index] = before + last6[index]!;
      lastLower6[index] = 0xffff_ffff - lastLower6[index]!;
    }
  }

  /** How many ranges the table has. */
  get ranges(): number {
    return this.#place4.length + this.#place6.length;
  }

  /** The network that announces the address, or null: the same object for the same network. */
  of(ip: string): { readonly asn: number; readonly name: string } | null {
    const parsed = parseIp(ip);
    if (!parsed) return null;
    const place = parsed.family === 4 ? this.#placeOf4(parsed.value) : this.#placeOf6(parsed.words[0], parsed.words[1]);
    return place === null ? null : this.#networkAt(place);
  }

  #placeOf4(value: number): number | null {
    let low = 0;
    let high = this.#first4.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#first4[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return low > 0 && value <= (this.#last4[low - 1] ?? -1) ? (this.#place4[low - 1] ?? null) : null;
  }

  #placeOf6(upper: number, lower: number): number | null {
    const [firsts, firstLowers] = this.#first6;
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const first = firsts[middle] ?? 0;
      if (first < upper || (first === upper && (firstLowers[middle] ?? 0) <= lower)) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return null;
    const last = this.#last6[0][low - 1] ?? 0;
    const within = upper < last || (upper === last && lower <= (this.#last6[1][low - 1] ?? 0));
    return within ? (this.#place6[low - 1] ?? null) : null;
  }

  #networkAt(place: number): { readonly asn: number; readonly name: string } | null {
    const held = this.#cached.get(place);
    if (held !== undefined) return held;
    const asn = this.#numbers[place];
    if (asn === undefined) return null;
    this.#nameStarts ??= startsOf(this.#names, this.#numbers.length);
    const start = this.#nameStarts[place] ?? 0;
    const name = this.#names.toString('utf8', start, (this.#nameStarts[place + 1] ?? this.#names.length + 1) - 1);
    const network = { asn, name };
    this.#cached.set(place, network);
    return network;
  }
}

function startsOf(names: Buffer, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let at = 0;
  for (let index = 1; index < count; index += 1) {
    at = names.indexOf(10, at) + 1;
    starts[index] = at;
  }
  starts[count] = names.length + 1;
  return starts;
}
