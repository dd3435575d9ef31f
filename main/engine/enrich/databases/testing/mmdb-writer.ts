import { parseIp } from '../../../model/ip-address.ts';

/** What a record of a database may hold here. */
export type MmdbValue = string | number | readonly MmdbValue[] | { readonly [key: string]: MmdbValue };

export interface MmdbContent {
  /** `DBIP-Country-Lite` and the like. */
  readonly type: string;
  /** Day on which it was made, ISO. */
  readonly date: string;
  readonly ipVersion: 4 | 6;
  /** Prefixes that do not overlap, each with its record. */
  readonly entries: readonly (readonly [prefix: string, record: MmdbValue])[];
}

const mark = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')]);

function head(type: number, size: number): Buffer {
  if (size >= 285) throw new Error('this writer makes small values only');
  const [short, more] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from(type <= 7 ? [(type << 5) | short, ...more] : [short, type - 7, ...more]);
}

function unsigned(type: number, value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Buffer.concat([head(type, bytes.length), Buffer.from(bytes)]);
}

const types = { text: 2, uint16: 5, uint32: 6, map: 7, uint64: 9, array: 11 };

function encode(value: MmdbValue): Buffer {
  if (typeof value === 'number') return unsigned(types.uint32, value);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(types.text, bytes.length), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(types.array, value.length), ...value.map(encode)]);
  const pairs = Object.entries(value as { readonly [key: string]: MmdbValue });
  return Buffer.concat([head(types.map, pairs.length), ...pairs.flatMap(([key, one]) => [encode(key), encode(one)])]);
}

type Node = [left: Node | number | null, right: Node | number | null];

function bitsOf(prefix: string, ipVersion: 4 | 6): number[] {
  const [address, length] = prefix.split('/');
  const ip = parseIp(address ?? '');
  if (!ip || length === undefined) throw new Error(`${prefix} is no prefix`);
  const words = ip.family === 4 ? [ip.value] : [...ip.words];
  const own = words.flatMap((word) => Array.from({ length: 32 }, (_, at) => (word >>> (31 - at)) & 1));
  // In a tree of IPv6, IPv4 lies below ::/96.
  const before = ip.family === 4 && ipVersion === 6 ? new Array<number>(96).fill(0) : [];
  return [...before, ...own.slice(0, Number(length))];
}

/**
 * Writes a small database in the form of https://maxmind.github.io/MaxMind-DB/ (version 2.0, records of 24 bits), for tests of
 * readers: no official one ships with the program.
 */
export function writeMmdb({ type, date, ipVersion, entries }: MmdbContent): Buffer {
  const root: Node = [null, null];
  const data: Buffer[] = [];
  const places: number[] = [];
  let size = 0;
  for (const [prefix, record] of entries) {
    const bits = bitsOf(prefix, ipVersion);
    let node = root;
    for (const bit of bits.slice(0, -1)) {
      const next = node[bit as 0 | 1];
      if (typeof next === 'number') throw new Error(`${prefix} overlaps another`);
      node[bit as 0 | 1] = next ?? [null, null];
      node = node[bit as 0 | 1] as Node;
    }
    node[bits.at(-1) as 0 | 1] = data.length;
    const bytes = encode(record);
    data.push(bytes);
    places.push(size);
    size += bytes.length;
  }
  const nodes: Node[] = [];
  const numbers = new Map<Node, number>();
  const visit = (node: Node): void => {
    numbers.set(node, nodes.length);
    nodes.push(node);
    for (const side of node) if (Array.isArray(side)) visit(side);
  };
  visit(root);
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [index, node] of nodes.entries()) {
    for (const [side, next] of node.entries()) {
      let value = nodes.length;
      if (Array.isArray(next)) value = numbers.get(next) ?? nodes.length;
      else if (typeof next === 'number') value = nodes.length + 16 + (places[next] ?? 0);
      tree.writeUIntBE(value, index * 6 + side * 3, 3);
    }
  }
  const text = (value: string) => encode(value);
  const metadata = Buffer.concat([
    head(types.map, 9),
    ...[text('node_count'), unsigned(types.uint32, nodes.length)],
    ...[text('record_size'), unsigned(types.uint16, 24)],
    ...[text('ip_version'), unsigned(types.uint16, ipVersion)],
    ...[text('database_type'), text(type)],
    ...[text('languages'), encode(['en'])],
    ...[text('binary_format_major_version'), unsigned(types.uint16, 2)],
    ...[text('binary_format_minor_version'), unsigned(types.uint16, 0)],
    ...[text('build_epoch'), unsigned(types.uint64, Date.parse(`${date}T00:00:00Z`) / 1000)],
    ...[text('description'), encode({ en: 'made for a test' })],
  ]);
  return Buffer.concat([tree, Buffer.alloc(16), ...data, mark, metadata]);
}
