import { parseIp, textOfIpv4, unwrapped, wordsOf } from '../../model/ip-address.ts';

/** Where an address can be reached from. Only `public` ones have a place. */
export type Scope = 'public' | 'private' | 'link' | 'loopback' | 'multicast' | 'reserved';

type Block = readonly [start: string, bits: number, scope: Scope];

/**
 * Blocks with a meaning of their own, from the IANA special-purpose address registries (RFC 6890 and its updates). The first that
 * holds the address counts. Addresses of carriers behind a translator (100.64.0.0/10, RFC 6598) are private: they lie in many
 * networks at once.
 */
const ipv4Blocks: readonly Block[] = [
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link'],
  ['172.16.0.0', 12, 'private'],
  // The two anycast addresses inside of a block that is otherwise for protocols (RFC 7723, RFC 8155).
  ['192.0.0.9', 32, 'public'],
  ['192.0.0.10', 32, 'public'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
];

const ipv6Blocks: readonly Block[] = [
  ['::1', 128, 'loopback'],
  ['64:ff9b:1::', 48, 'private'],
  ['fc00::', 7, 'private'],
  ['fec0::', 10, 'private'],
  ['fe80::', 10, 'link'],
  ['ff00::', 8, 'multicast'],
  // Inside of 2001::/23 only these are reached from everywhere.
  ['2001:1::1', 128, 'public'],
  ['2001:1::2', 128, 'public'],
  ['2001:1::3', 128, 'public'],
  ['2001:3::', 32, 'public'],
  ['2001:4:112::', 48, 'public'],
  ['2001:20::', 28, 'reserved'],
  ['2001::', 23, 'reserved'],
  ['2001:db8::', 32, 'reserved'],
  ['3fff::', 20, 'reserved'],
  ['2000::', 3, 'public'],
];

interface Compiled {
  readonly words: readonly number[];
  readonly masks: readonly number[];
  readonly scope: Scope;
}

function compiled([start, bits, scope]: Block): Compiled {
  const ip = parseIp(start);
  if (!ip) throw new Error(`${start} is no address`);
  const words = wordsOf(ip);
  const masks = words.map((_, index) => {
    const left = Math.min(32, Math.max(0, bits - index * 32));
    return left === 0 ? 0 : (0xffff_ffff << (32 - left)) >>> 0;
  });
  return { words, masks, scope };
}

const blocks = { 4: ipv4Blocks.map(compiled), 6: ipv6Blocks.map(compiled) };

/** The blocks of IPv4 by the first byte of what they hold: nearly every address is asked about none of them. */
const byFirstByte = Array.from({ length: 256 }, (_, byte) =>
  blocks[4].filter(({ words: [word = 0], masks: [mask = 0] }) => (((byte << 24) ^ word) & mask & 0xff00_0000) === 0),
);

const holds = (block: Compiled, words: readonly number[]) =>
  block.words.every((word, index) => ((words[index] ?? 0) & (block.masks[index] ?? 0)) >>> 0 === word);

/**
 * The scope of an address, and its plain form as enrichers want it: an IPv4 address that stands inside of an IPv6 one (mapped, or
 * behind NAT64) comes out as IPv4. What is no address at all is `reserved` and comes back unchanged.
 */
export function scopeOf(ip: string): { readonly scope: Scope; readonly plain: string } {
  const parsed = parseIp(ip);
  if (!parsed) return { scope: 'reserved', plain: ip };
  const inner = unwrapped(parsed);
  const near = inner.family === 4 ? byFirstByte[inner.value >>> 24] : blocks[6];
  const words = near?.length ? wordsOf(inner) : [];
  const found = near?.find((block) => holds(block, words));
  if (inner.family === 6)
    return { scope: found?.scope ?? 'reserved', plain: ip.replace(/^\[|\]$/g, '').replace(/%.*$/, '') };
  return { scope: found?.scope ?? 'public', plain: textOfIpv4(inner.value) };
}
