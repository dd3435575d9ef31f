import { half } from './wire-numbers.ts';

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const LONGEST_HELLO = 32 * 1024;

/** True where these bytes can be the beginning of a client's side of TLS. */
export function beginsTls(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 3 || bytes[at] !== HANDSHAKE || bytes[at + 1] !== 3 || bytes[at + 2]! > 4) return false;
  return end - at < 6 || bytes[at + 5] === CLIENT_HELLO;
}

/** The body of the ClientHello at the beginning of a stream; `more`: it goes on behind what is there; `none`: it is none. */
export function clientHelloIn(stream: Uint8Array): Uint8Array | 'more' | 'none' {
  if (stream.length < 9) return stream.length < 3 || beginsTls(stream, 0, stream.length) ? 'more' : 'none';
  if (!beginsTls(stream, 0, stream.length)) return 'none';
  const length = (stream[6]! << 16) | (stream[7]! << 8) | stream[8]!;
  if (length > LONGEST_HELLO) return 'none';
  const record = half(stream, 3);
  if (record >= length + 4) return 9 + length <= stream.length ? stream.subarray(9, 9 + length) : 'more';
  // A hello may be spread over several records: their payloads make it together.
  const body = new Uint8Array(length + 4);
  let filled = 0;
  for (let at = 0; filled < body.length; ) {
    if (at + 5 > stream.length) return 'more';
    if (stream[at] !== HANDSHAKE) return 'none';
    const size = half(stream, at + 3);
    if (size === 0) return 'none';
    const take = Math.min(size, body.length - filled);
    if (at + 5 + take > stream.length) return 'more';
    body.set(stream.subarray(at + 5, at + 5 + take), filled);
    filled += take;
    at += 5 + size;
  }
  return body.subarray(4);
}
