import { type ClientHello, readClientHello } from './client-hello.ts';
import type { HttpRequest } from './http-request.ts';
import { readRequest } from './http-request.ts';
import { half } from './wire-numbers.ts';

/** STUN carries a fixed number in its fifth to eighth byte (RFC 8489). */
export function isStun(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= 20 &&
    (bytes[at]! & 0xc0) === 0 &&
    bytes[at + 4] === 0x21 &&
    bytes[at + 5] === 0x12 &&
    bytes[at + 6] === 0xa4 &&
    bytes[at + 7] === 0x42 &&
    (half(bytes, at + 2) & 3) === 0
  );
}

/** The name that a machine gives itself when it asks for an address (RFC 2132, option 12), or null. */
export function dhcpName(bytes: Uint8Array, at: number, end: number): string | null {
  if (end - at < 241 || bytes[at + 236] !== 0x63 || bytes[at + 237] !== 0x82) return null;
  for (let place = at + 240; place + 1 < end && bytes[place] !== 255; ) {
    if (bytes[place] === 0) {
      place += 1;
      continue;
    }
    const length = bytes[place + 1]!;
    if (place + 2 + length > end) return null;
    if (bytes[place] === 12) {
      let name = '';
      for (let n = 0; n < length; n += 1) {
        const byte = bytes[place + 2 + n]!;
        if (byte < 0x20 || byte > 0x7e) return null;
        name += String.fromCharCode(byte);
      }
      return name.toLowerCase() || null;
    }
    place += 2 + length;
  }
  return null;
}

/** A search or a notice of SSDP, which has the form of an HTTP request. */
export const readSsdp = (bytes: Uint8Array, at: number, end: number): HttpRequest | null => readRequest(bytes, at, end);

/** The client's hello of DTLS where it stands in one record and one piece (RFC 6347 §4.2, RFC 9147 §5.2), else null. */
export function dtlsHello(bytes: Uint8Array, at: number, end: number): ClientHello | null {
  const body = at + 25;
  if (body > end || bytes[at] !== 22 || bytes[at + 13] !== 1) return null;
  const three = (place: number) => (bytes[place]! << 16) | half(bytes, place + 1);
  const length = three(at + 14);
  if (three(at + 19) !== 0 || three(at + 22) !== length || body + length > end) return null;
  return readClientHello(bytes.subarray(body, body + length), 'd');
}

/** The name that a NetBIOS message asks for or tells, lower case with its last byte as a number (RFC 1002 §4.1), or null. */
export function netbiosName(bytes: Uint8Array, at: number, end: number): string | null {
  const from = at + 13;
  if (from + 33 > end || bytes[at + 12] !== 32 || bytes[from + 32] !== 0) return null;
  const letters: number[] = [];
  for (let n = 0; n < 32; n += 2) {
    const high = bytes[from + n]! - 0x41;
    const low = bytes[from + n + 1]! - 0x41;
    if (high < 0 || high > 15 || low < 0 || low > 15) return null;
    letters.push(high * 16 + low);
  }
  const kind = letters.pop()!;
  if (letters.some((code) => code > 0x7e || (code !== 0 && code < 0x20))) return null;
  const name = String.fromCharCode(...letters.filter((code) => code !== 0))
    .trim()
    .toLowerCase();
  return name === '' ? null : `${name}<${kind.toString(16).padStart(2, '0')}>`;
}

/** A tunnel whose inside is not opened: GTP-U (3GPP TS 29.281 §5.1), Teredo (RFC 4380 §5.1.1); null where it is neither. */
function tunnelService(bytes: Uint8Array, at: number, end: number, has: (port: number) => boolean): string | null {
  const length = end - at;
  if (has(2152) && length >= 8 && (bytes[at]! & 0xf0) === 0x30 && half(bytes, at + 2) + 8 >= length) return 'GTP-U';
  if (!has(3544) || length < 13) return null;
  const marked = bytes[at] === 0 && bytes[at + 1]! <= 1;
  const inside = bytes[at]! >> 4 === 6 && length >= 40 && half(bytes, at + 4) + 40 >= length;
  return marked || inside ? 'Teredo' : null;
}

/** What a datagram is by its form and its port, where that is certain enough to be said; else null. */
export function datagramService(bytes: Uint8Array, at: number, end: number, low: number, high: number): string | null {
  if (isStun(bytes, at, end)) return 'STUN';
  const has = (port: number) => low === port || high === port;
  if (has(123) && end - at >= 48 && (bytes[at]! >> 3) % 8 <= 4 && (bytes[at]! & 7) >= 1) return 'NTP';
  if (has(67) || has(68)) return 'DHCP';
  if (has(546) || has(547)) return 'DHCPv6';
  if (has(1900)) return 'SSDP';
  if (has(137) && end - at >= 12) return 'NetBIOS';
  const tunnel = tunnelService(bytes, at, end, has);
  if (tunnel !== null) return tunnel;
  if (end - at >= 13 && bytes[at]! >= 20 && bytes[at]! <= 25 && bytes[at + 1] === 0xfe && bytes[at + 2]! >= 0xfd)
    return 'DTLS';
  return null;
}
