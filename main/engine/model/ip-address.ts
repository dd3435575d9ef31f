/** An address as numbers: one word of 32 bits, or four, the most significant first. */
export type IpAddress =
  | { readonly family: 4; readonly value: number }
  | { readonly family: 6; readonly words: readonly [number, number, number, number] };

/** Its words: one, or four. */
export const wordsOf = (ip: IpAddress): readonly number[] => (ip.family === 4 ? [ip.value] : ip.words);

function parseIpv4(text: string): number | null {
  let value = 0;
  let octet = -1;
  let dots = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (octet < 0 || dots === 3) return null;
      value = value * 256 + octet;
      octet = -1;
      digits = 0;
      dots += 1;
    } else {
      if (code < 48 || code > 57) return null;
      octet = Math.max(0, octet) * 10 + code - 48;
      digits += 1;
      if (octet > 255 || digits > 3) return null;
    }
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : null;
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const tail = parseIpv4(part);
      if (tail === null) return null;
      groups.push(Math.floor(tail / 65_536), tail % 65_536);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

function parseIpv6(text: string): readonly [number, number, number, number] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (!head || !tail) return null;
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return null;
  const groups = [...head, ...new Array<number>(gap).fill(0), ...tail];
  const word = (at: number) => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0);
  return [word(0), word(2), word(4), word(6)];
}

function read(text: string): IpAddress | null {
  const plain = parseIpv4(text);
  if (plain !== null) return { family: 4, value: plain };
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!bare.includes(':')) {
    const value = parseIpv4(bare);
    return value === null ? null : { family: 4, value };
  }
  const words = parseIpv6(bare);
  return words ? { family: 6, words } : null;
}

/**
 * Reads an IPv4 or IPv6 address as text (RFC 4291 §2.2); a zone after `%` and brackets around are left out. Null where the text is
 * no address.
 */
export function parseIp(text: string): IpAddress | null {
  if (text !== lastText) {
    lastRead = read(text);
    lastText = text;
  }
  return lastRead;
}

/** One address is asked of many databases in a row; reading it anew each time took half of the work. */
let lastText = '';
let lastRead: IpAddress | null = null;

/** An IPv4 address of 32 bits as text. */
export function textOfIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}`;
}

/**
 * The IPv4 address inside of an IPv6 one: mapped (`::ffff:0:0/96`, RFC 4291 §2.5.5.2) or behind a NAT64 with the well-known prefix
 * (`64:ff9b::/96`, RFC 6052), by which a phone on an IPv6 network reaches IPv4 servers. Anything else comes back as it is.
 */
export function unwrapped(ip: IpAddress): IpAddress {
  if (ip.family === 4) return ip;
  const [first, second, third, last] = ip.words;
  const mapped = first === 0 && second === 0 && third === 0xffff;
  const translated = first === 0x0064_ff9b && second === 0 && third === 0;
  return mapped || translated ? { family: 4, value: last } : ip;
}
