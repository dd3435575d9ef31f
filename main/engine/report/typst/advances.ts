/**
 * How wide the letters of a TrueType font are, from its tables `cmap`, `hmtx`, `hhea` and `head`.
 * Source of the format: OpenType specification 1.9, chapters of those names. All integers are big-endian.
 */
export interface Advances {
  /** Width of a character in parts of the font's height; null where the font does not draw it. Kerning is not in it. */
  widthOf(character: number): number | null;
}

function tablesOf(view: DataView): Map<string, number> {
  const found = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    found.set(tag, view.getUint32(at + 8));
  }
  return found;
}

/** Where the segments of the table of format 4 for Unicode stand; format 4 holds the first 65,536 characters. */
function segmentsOf(view: DataView, cmap: number): number | null {
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const at = cmap + 4 + index * 8;
    const table = cmap + view.getUint32(at + 4);
    const unicode = view.getUint16(at) === 0 || (view.getUint16(at) === 3 && view.getUint16(at + 2) === 1);
    if (unicode && view.getUint16(table) === 4) return table;
  }
  return null;
}

function glyphOf(view: DataView, table: number, character: number): number {
  const size = view.getUint16(table + 6);
  for (let at = 0; at < size; at += 2) {
    if (view.getUint16(table + 14 + at) < character) continue;
    const first = view.getUint16(table + 16 + size + at);
    if (first > character) return 0;
    const delta = view.getUint16(table + 16 + 2 * size + at);
    const rangeAt = table + 16 + 3 * size + at;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (character + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + 2 * (character - first));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/** Reads the widths of a font file. Throws RangeError for bytes that are no such font. */
export function advancesOf(font: Uint8Array): Advances {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = tablesOf(view);
  const at = (tag: string) => {
    const start = tables.get(tag);
    if (start === undefined) throw new RangeError(`The font has no table ${tag}.`);
    return start;
  };
  const height = view.getUint16(at('head') + 18);
  const metrics = view.getUint16(at('hhea') + 34);
  const widths = at('hmtx');
  const segments = segmentsOf(view, at('cmap'));
  const known = new Map<number, number | null>();
  const find = (character: number): number | null => {
    const glyph = segments === null || character > 0xffff ? 0 : glyphOf(view, segments, character);
    // Glyphs beyond the last width of their own share it.
    return glyph === 0 ? null : view.getUint16(widths + 4 * Math.min(glyph, metrics - 1)) / height;
  };
  return {
    widthOf(character) {
      const found = known.get(character);
      if (found !== undefined) return found;
      const width = find(character);
      known.set(character, width);
      return width;
    },
  };
}
