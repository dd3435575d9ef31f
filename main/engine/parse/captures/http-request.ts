/** The first line and the host of a request in the clear (RFC 9112). */
export interface HttpRequest {
  readonly method: string;
  /** As sent, at most 2,048 characters. */
  readonly target: string;
  readonly host: string | null;
  readonly userAgent: string | null;
  /** All of its head is there. */
  readonly whole: boolean;
}

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'HEAD',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'CONNECT',
  'PROPFIND',
  'NOTIFY',
  'M-SEARCH',
] as const;
const firstLetters = new Set(METHODS.map((method) => method.charCodeAt(0)));
const LONGEST = 2048;

function textOf(bytes: Uint8Array, from: number, to: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, to - from)).toString('latin1');
  return text.replace(/[^\x20-\x7e]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Whether these bytes begin a request, so that no text is made of what is none. */
export function beginsRequest(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 5 || !firstLetters.has(bytes[at]!)) return false;
  return METHODS.some((method) => {
    if (at + method.length >= end) return false;
    for (let n = 0; n < method.length; n += 1) if (bytes[at + n] !== method.charCodeAt(n)) return false;
    return bytes[at + method.length] === 0x20;
  });
}

/** Reads a request as far as it stands in `bytes`; null where it is none. Header names may be written in any case. */
export function readRequest(bytes: Uint8Array, at: number, end: number): HttpRequest | null {
  if (!beginsRequest(bytes, at, end)) return null;
  let lineEnd = at;
  const last = Math.min(end, at + 8192);
  while (lineEnd < last && bytes[lineEnd] !== 10) lineEnd += 1;
  const line = textOf(bytes, at, Math.min(bytes[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd, at + LONGEST + 32));
  const method = line.slice(0, line.indexOf(' '));
  const rest = line.slice(method.length + 1);
  const version = rest.lastIndexOf(' HTTP/');
  const target = (version < 0 ? rest : rest.slice(0, version)).slice(0, LONGEST);
  let host: string | null = null;
  let userAgent: string | null = null;
  let whole = false;
  for (let from = lineEnd + 1, headers = 0; from < last && headers < 100; headers += 1) {
    let to = from;
    while (to < last && bytes[to] !== 10) to += 1;
    const stop = bytes[to - 1] === 13 ? to - 1 : to;
    if (stop <= from) {
      whole = to < last;
      break;
    }
    const letter = bytes[from]! | 32;
    if (letter === 0x68 || letter === 0x75) {
      const header = textOf(bytes, from, Math.min(stop, from + 600));
      const colon = header.indexOf(':');
      const name = header.slice(0, colon).toLowerCase();
      // A header that the capture or the packet cuts off is not believed.
      if (name === 'host' && to < end)
        host ??=
          header
            .slice(colon + 1)
            .trim()
            .toLowerCase() || null;
      if (name === 'user-agent' && to < end) userAgent ??= header.slice(colon + 1).trim() || null;
    }
    from = to + 1;
  }
  return { method, target, host, userAgent, whole };
}
