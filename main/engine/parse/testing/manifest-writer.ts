/**
 * Writes a binary AndroidManifest.xml with one element, as ResourceTypes.h of AOSP describes it: for tests, and shared with
 * no reader.
 */
export function binaryManifest(facts: {
  readonly package: string;
  readonly versionName: string;
  readonly versionCode: number;
  readonly utf8?: boolean;
}): Buffer {
  // Names that have a resource number come first, as aapt writes them.
  const strings = ['versionCode', 'versionName', 'manifest', 'package', facts.package, facts.versionName];
  const pool = stringPool(strings, facts.utf8 === true);
  const resources = chunk(0x0180, 8, u32(0x0101021b, 0x0101021c));
  const none = 0xffffffff;
  const attribute = (name: number, type: number, data: number, raw: number) =>
    Buffer.concat([u32(none, name, raw), u16(8), Buffer.from([0, type]), u32(data)]);
  const attributes = [attribute(0, 0x10, facts.versionCode, none), attribute(1, 3, 5, 5), attribute(3, 3, 4, 4)];
  const start = chunk(
    0x0102,
    16,
    Buffer.concat([u32(1, none), u32(none, 2), u16(20, 20, attributes.length, 0, 0, 0), ...attributes]),
  );
  const end = chunk(0x0103, 16, Buffer.concat([u32(1, none), u32(none, 2)]));
  return chunk(0x0003, 8, Buffer.concat([pool, resources, start, end]));
}

const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, at * 2);
  return bytes;
};
const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4);
  return bytes;
};

/** `head` counts the bytes of the chunk's own header, of which the first eight are written here. */
function chunk(type: number, head: number, rest: Buffer): Buffer {
  return Buffer.concat([u16(type, head), u32(rest.length + 8), rest]);
}

function stringPool(strings: readonly string[], utf8: boolean): Buffer {
  const texts = strings.map((text) =>
    utf8
      ? Buffer.concat([Buffer.from([text.length, Buffer.byteLength(text)]), Buffer.from(`${text}\0`)])
      : Buffer.concat([u16(text.length), Buffer.from(`${text}\0`, 'utf16le')]),
  );
  let at = 0;
  const offsets = texts.map((text) => {
    const here = at;
    at += text.length;
    return here;
  });
  const data = Buffer.concat([...texts, Buffer.alloc((4 - (at % 4)) % 4)]);
  const stringsAt = 28 + offsets.length * 4;
  return chunk(
    0x0001,
    28,
    Buffer.concat([u32(strings.length, 0, utf8 ? 0x100 : 0, stringsAt, 0), u32(...offsets), data]),
  );
}
