import { hash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

const numbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132 };

/** The bytes of an address, or null for what is none. IPv4: 4, IPv6: 16. */
function addressBytes(text: string): Buffer | null {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number));
  if (!isIPv6(text) || text.includes('%')) return null;
  const bytes = Buffer.alloc(16);
  // The last four bytes may be written as an address of IPv4.
  const four = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain = four
    ? `${four[1]}${((Number(four[2]) << 8) | Number(four[3])).toString(16)}:${((Number(four[4]) << 8) | Number(four[5])).toString(16)}`
    : text;
  const [before = '', behind] = plain.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  for (const [n, group] of groups(before).entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), 2 * n);
  const last = groups(behind ?? '');
  for (const [n, group] of last.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), 16 - 2 * (last.length - n));
  return bytes;
}

interface End {
  readonly ip: string | null;
  readonly port: number | null;
}

/**
 * The flow's name that other tools write too (Community ID, version 1, seed 0): the two ends in order, the protocol and the
 * ports, hashed. Null where an end or a port is not known, and for protocols whose ports are not kept (ICMP).
 */
export function communityIdOf(protocol: string, one: End, other: End): string | null {
  const number = numbers[protocol];
  const [a, b] = [one, other].map(({ ip }) => (ip === null ? null : addressBytes(ip)));
  if (number === undefined || !a || !b || a.length !== b.length || one.port === null || other.port === null)
    return null;
  const order = Buffer.compare(a, b) || one.port - other.port;
  const ends = [
    { bytes: a, port: one.port },
    { bytes: b, port: other.port },
  ];
  if (order > 0) ends.reverse();
  const ports = Buffer.alloc(4);
  ports.writeUInt16BE(ends[0]!.port, 0);
  ports.writeUInt16BE(ends[1]!.port, 2);
  const said = Buffer.concat([Buffer.alloc(2), ends[0]!.bytes, ends[1]!.bytes, Buffer.from([number, 0]), ports]);
  return `1:${hash('sha1', said, 'base64')}`;
}
