/**
 * Which characters a TrueType or OpenType font can draw, from its `cmap` table.
 * Source of the format: OpenType specification 1.9, chapters “cmap” and “Font file”. All integers are big-endian.
 */
interface Table {
  readonly start: number;
  readonly view: DataView;
}

function cmapOf(font: Uint8Array): Table | null {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const at = 12 + index * 16;
    if (view.getUint32(at) === 0x636d6170) return { start: view.getUint32(at + 8), view };
  }
  return null;
}

/** Format 12: groups of first and last character. */
function readGroups({ start, view }: Table, into: Set<number>): void {
  const groups = view.getUint32(start + 12);
  for (let index = 0; index < groups; index += 1) {
    const at = start + 16 + index * 12;
    const last = view.getUint32(at + 4);
    for (let character = view.getUint32(at); character <= last; character += 1) into.add(character);
  }
}

/** Format 4: segments of the first 65,536 characters; a glyph number of 0 means “not there”. */
function readSegments({ start, view }: Table, into: Set<number>): void {
  const size = view.getUint16(start + 6);
  for (let at = 0; at < size; at += 2) {
    const last = view.getUint16(start + 14 + at);
    const first = view.getUint16(start + 16 + size + at);
    const delta = view.getUint16(start + 16 + 2 * size + at);
    const rangeAt = start + 16 + 3 * size + at;
    const range = view.getUint16(rangeAt);
    for (let character = first; character <= last && character !== 0xffff; character += 1) {
      const glyph = range === 0 ? character + delta : view.getUint16(rangeAt + range + 2 * (character - first));
      if ((glyph & 0xffff) !== 0) into.add(character);
    }
  }
}

/** Every character that the font maps to a glyph. Tables of forms other than 4 and 12 are passed over. */
export function charactersOf(font: Uint8Array): Set<number> {
  const into = new Set<number>();
  const cmap = cmapOf(font);
  if (!cmap) return into;
  const { start, view } = cmap;
  const count = view.getUint16(start + 2);
  for (let index = 0; index < count; index += 1) {
    const at = start + 4 + index * 8;
    const platform = view.getUint16(at);
    // Unicode, or Windows with Unicode: others name characters in encodings of their own.
    if (platform !== 0 && !(platform === 3 && [1, 10].includes(view.getUint16(at + 2)))) continue;
    const table = { start: start + view.getUint32(at + 4), view };
    const format = view.getUint16(table.start);
    if (format === 12) readGroups(table, into);
    else if (format === 4) readSegments(table, into);
  }
  return into;
}
