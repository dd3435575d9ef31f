/** The kernel writes an address as 32-bit words in the byte order of the processor; every Android phone has the low byte first. */
function bytesOf(hex: string): number[] {
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8)
    for (let at = 6; at >= 0; at -= 2) bytes.push(Number.parseInt(hex.slice(word + at, word + at + 2), 16));
  return bytes;
}

const dotted = (bytes: readonly number[]): string => bytes.join('.');

/** The longest run of noughts among the eight groups, two at least, becomes `::` (RFC 5952). */
function grouped(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[at * 2]! << 8) | bytes[at * 2 + 1]!);
  let from = -1;
  let length = 1;
  for (let at = 0; at < 8; at += 1) {
    let end = at;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - at > length) {
      from = at;
      length = end - at;
    }
    at = Math.max(at, end - 1);
  }
  const text = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':');
  return from < 0 ? text(groups) : `${text(groups.slice(0, from))}::${text(groups.slice(from + length))}`;
}

/**
 * An address of `/proc/net/tcp` and its like: 8 or 32 hexadecimal digits. An IPv4 address that stands in an IPv6 socket
 * (`::ffff:192.0.2.1`) is given as IPv4, since that is what goes over the network.
 */
export function addressOf(hex: string): string {
  const bytes = bytesOf(hex);
  if (bytes.length === 4) return dotted(bytes);
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return mapped ? dotted(bytes.slice(12)) : grouped(bytes);
}
