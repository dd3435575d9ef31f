/** Code lengths of RFC 7541, appendix B, for the bytes 0 to 255 and the end mark; the codes follow from them in order. */
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
];
const END_MARK = 256;

/** RFC 7541, appendix A, as far as requests use it: number to name and value. */
const STATIC: readonly (readonly [string, string])[] = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  ...['200', '204', '206', '304', '400', '404', '500'].map((code) => [':status', code] as const),
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ...(
    'accept-language accept-ranges accept access-control-allow-origin age allow authorization cache-control content-disposition ' +
    'content-encoding content-language content-length content-location content-range content-type cookie date etag expect ' +
    'expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified link location ' +
    'max-forwards proxy-authenticate proxy-authorization range referer refresh retry-after server set-cookie ' +
    'strict-transport-security transfer-encoding user-agent vary via www-authenticate'
  )
    .split(' ')
    .map((name) => [name, ''] as const),
];
const MOST_HEADERS = 100;
const TABLE_BYTES = 4096;

/** Codes by length: the first code of that length, and the symbols that have one. */
const byLength: { first: number; symbols: number[] }[] = [];
{
  let code = 0;
  for (let length = 1; length <= 30; length += 1) {
    code *= 2;
    const symbols: number[] = [];
    for (const [symbol, of] of LENGTHS.entries()) if (of === length) symbols.push(symbol);
    byLength[length] = { first: code, symbols };
    code += symbols.length;
  }
}

function huffman(bytes: Uint8Array, from: number, to: number): string | null {
  let text = '';
  let code = 0;
  let length = 0;
  for (let at = from; at < to; at += 1) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      code = code * 2 + ((bytes[at]! >> bit) & 1);
      length += 1;
      if (length > 30) return null;
      const row = byLength[length]!;
      const symbol = row.symbols[code - row.first];
      if (symbol === undefined || code < row.first) continue;
      if (symbol === END_MARK) return null;
      text += String.fromCharCode(symbol);
      code = 0;
      length = 0;
    }
  }
  return text;
}

/** Undoes the compression of HTTP/2's headers (RFC 7541) for one direction of one connection. */
export class HeaderReader {
  private table: (readonly [string, string])[] = [];
  private held = 0;
  private at = 0;

  /** Name and value pairs of one block, or null where it is damaged. */
  read(block: Uint8Array): (readonly [string, string])[] | null {
    const headers: (readonly [string, string])[] = [];
    this.at = 0;
    while (this.at < block.length && headers.length < MOST_HEADERS) {
      const byte = block[this.at]!;
      if ((byte & 0x80) !== 0) {
        const entry = this.entry(this.number(block, 7));
        if (!entry) return null;
        headers.push(entry);
        continue;
      }
      if ((byte & 0xe0) === 0x20) {
        this.shrink(this.number(block, 5));
        continue;
      }
      const kept = (byte & 0x40) !== 0;
      const place = this.number(block, kept ? 6 : 4);
      const name = place === 0 ? this.text(block) : (this.entry(place)?.[0] ?? null);
      const value = name === null ? null : this.text(block);
      if (name === null || value === null) return null;
      headers.push([name, value]);
      if (kept) this.keep([name, value]);
    }
    return headers;
  }

  private number(block: Uint8Array, bits: number): number {
    const most = 2 ** bits - 1;
    let value = block[this.at]! & most;
    this.at += 1;
    if (value < most) return value;
    for (let shift = 0; shift < 28 && this.at < block.length; shift += 7) {
      const byte = block[this.at]!;
      this.at += 1;
      value += (byte & 127) * 2 ** shift;
      if ((byte & 128) === 0) return value;
    }
    return Number.NaN;
  }

  private text(block: Uint8Array): string | null {
    if (this.at >= block.length) return null;
    const coded = (block[this.at]! & 0x80) !== 0;
    const length = this.number(block, 7);
    const from = this.at;
    const to = from + length;
    if (!(to <= block.length)) return null;
    this.at = to;
    if (coded) return huffman(block, from, to);
    let text = '';
    for (let at = from; at < to; at += 1) text += String.fromCharCode(block[at]!);
    return text;
  }

  private entry(place: number): readonly [string, string] | null {
    if (!(place >= 1)) return null;
    return STATIC[place - 1] ?? this.table[place - 1 - STATIC.length] ?? null;
  }

  private keep(entry: readonly [string, string]): void {
    this.table.unshift(entry);
    this.held += entry[0].length + entry[1].length + 32;
    this.shrink(TABLE_BYTES);
  }

  private shrink(most: number): void {
    while (this.held > Math.min(most, TABLE_BYTES)) {
      const out = this.table.pop();
      if (!out) break;
      this.held -= out[0].length + out[1].length + 32;
    }
  }
}
