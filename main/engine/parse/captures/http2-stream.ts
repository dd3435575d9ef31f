import { HeaderReader } from './header-compression.ts';
import type { HttpRequest } from './http-request.ts';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const HEADERS = 1;
const CONTINUATION = 9;
const LONGEST_BLOCK = 16_384;

/** Whether a client begins HTTP/2 without encryption (RFC 9113 §3.4). */
export function beginsHttp2(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 14) return false;
  for (let n = 0; n < Math.min(PREFACE.length, end - at); n += 1)
    if (bytes[at + n] !== PREFACE.charCodeAt(n)) return false;
  return true;
}

/** Reads the requests in the client's side of HTTP/2 in the clear, as far as the stream is there. At most `most`. */
export function http2Requests(stream: Uint8Array, most: number): HttpRequest[] {
  const reader = new HeaderReader();
  const requests: HttpRequest[] = [];
  let at = PREFACE.length;
  let block: Uint8Array[] = [];
  while (at + 9 <= stream.length && requests.length < most) {
    const length = (stream[at]! << 16) | (stream[at + 1]! << 8) | stream[at + 2]!;
    const type = stream[at + 3]!;
    const flags = stream[at + 4]!;
    if (length > LONGEST_BLOCK || at + 9 + length > stream.length) break;
    let from = at + 9;
    let to = from + length;
    at = to;
    if (type !== HEADERS && type !== CONTINUATION) continue;
    if (type === HEADERS) {
      block = [];
      if ((flags & 0x08) !== 0) {
        to -= stream[from]!;
        from += 1;
      }
      if ((flags & 0x20) !== 0) from += 5;
      if (from > to) break;
    }
    block.push(stream.subarray(from, to));
    if ((flags & 0x04) === 0) continue;
    const size = block.reduce((sum, one) => sum + one.length, 0);
    if (size > LONGEST_BLOCK) break;
    const whole = new Uint8Array(size);
    let filled = 0;
    for (const one of block) {
      whole.set(one, filled);
      filled += one.length;
    }
    const headers = reader.read(whole);
    if (!headers) break;
    const of = (name: string) => headers.find(([key]) => key === name)?.[1] ?? null;
    const method = of(':method');
    if (method === null) continue;
    requests.push({
      method: shown(method),
      target: shown(of(':path') ?? ''),
      host: (of(':authority') ?? of('host'))?.toLowerCase() ?? null,
      userAgent: of('user-agent'),
      whole: true,
    });
  }
  return requests;
}

/** Characters that a terminal or a page might take for more than a letter stand as their number. */
function shown(text: string): string {
  return text
    .slice(0, 2048)
    .replace(/[^\x20-\x7e]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
