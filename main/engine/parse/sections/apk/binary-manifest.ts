/** What a package says of itself. Null: it does not say, or says it elsewhere. */
export interface ManifestFacts {
  readonly package: string | null;
  readonly versionName: string | null;
  readonly versionCode: string | null;
}

const chunk = { xml: 0x0003, strings: 0x0001, resources: 0x0180, start: 0x0102 } as const;
const attribute = { code: 0x0101021b, name: 0x0101021c, codeMajor: 0x01010576 } as const;
const typed = { string: 3, decimal: 0x10, hexadecimal: 0x11 } as const;
const longestText = 1000;

/** Strings of the pool, read one by one when they are needed: a pool may claim more than there are. */
function poolOf(bytes: Buffer, at: number): (index: number) => string | null {
  const count = bytes.readUInt32LE(at + 8);
  const utf8 = (bytes.readUInt32LE(at + 16) & 0x100) !== 0;
  const stringsAt = at + bytes.readUInt32LE(at + 20);
  const indexAt = at + bytes.readUInt16LE(at + 2);
  return (index) => {
    if (index >= count) return null;
    let from = stringsAt + bytes.readUInt32LE(indexAt + index * 4);
    if (!utf8) {
      const length = bytes.readUInt16LE(from);
      if (length >= 0x8000 || length > longestText) return null;
      return bytes.toString('utf16le', from + 2, from + 2 + length * 2);
    }
    // Letters, then bytes; each in one byte or two.
    from += bytes.readUInt8(from) >= 0x80 ? 2 : 1;
    const first = bytes.readUInt8(from);
    const length = first >= 0x80 ? ((first & 0x7f) << 8) | bytes.readUInt8(from + 1) : first;
    from += first >= 0x80 ? 2 : 1;
    return length > longestText ? null : bytes.toString('utf8', from, from + length);
  };
}

/**
 * Reads package and version from the first element of a binary AndroidManifest.xml. Throws with the rest of a sentence where it
 * is not of that form. Source: ResourceTypes.h of AOSP.
 */
export function readManifest(bytes: Buffer): ManifestFacts {
  if (bytes.length < 8 || bytes.readUInt16LE(0) !== chunk.xml) throw new Error('is no binary XML');
  let text: (index: number) => string | null = () => null;
  let resources: (index: number) => number | null = () => null;
  for (let at = bytes.readUInt16LE(2); at + 8 <= bytes.length; ) {
    const type = bytes.readUInt16LE(at);
    const size = bytes.readUInt32LE(at + 4);
    if (size < 8 || size > bytes.length - at) throw new Error('breaks off');
    if (type === chunk.strings) text = poolOf(bytes, at);
    if (type === chunk.resources) {
      const head = bytes.readUInt16LE(at + 2);
      const count = (size - head) / 4;
      const from = at + head;
      resources = (index) => (index < count ? bytes.readUInt32LE(from + index * 4) : null);
    }
    if (type === chunk.start) return manifestElement(bytes, at, text, resources);
    at += size;
  }
  throw new Error('has no element');
}

function manifestElement(
  bytes: Buffer,
  at: number,
  text: (index: number) => string | null,
  resources: (index: number) => number | null,
): ManifestFacts {
  const body = at + bytes.readUInt16LE(at + 2);
  if (text(bytes.readUInt32LE(body + 4)) !== 'manifest') throw new Error('does not begin with the element “manifest”');
  const first = body + bytes.readUInt16LE(body + 8);
  const size = bytes.readUInt16LE(body + 10);
  const count = bytes.readUInt16LE(body + 12);
  if (size < 20) throw new Error('has attributes of an impossible size');
  let name: string | null = null;
  let versionName: string | null = null;
  let code: number | null = null;
  let major = 0;
  for (let n = 0; n < count; n += 1) {
    const from = first + n * size;
    const nameIndex = bytes.readUInt32LE(from + 4);
    const type = bytes.readUInt8(from + 15);
    const data = bytes.readUInt32LE(from + 16);
    const said = type === typed.string ? text(data) : null;
    const number = type === typed.decimal || type === typed.hexadecimal ? data : null;
    const id = resources(nameIndex);
    // What is Android's own has a number, whatever its name; `package` has none.
    if (id === attribute.code) code = number;
    else if (id === attribute.codeMajor) major = number ?? 0;
    else if (id === attribute.name) versionName = said ?? (number === null ? null : String(number));
    else if (text(nameIndex) === 'package') name = said;
  }
  const versionCode = code === null ? null : String((BigInt(major) << 32n) | BigInt(code));
  return { package: name, versionName, versionCode };
}
