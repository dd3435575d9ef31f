/** What the manifest of a package says. */
export interface ManifestWords {
  readonly package: string;
  readonly versionCode: number;
  readonly versionName: string;
  readonly minSdk: number;
  readonly targetSdk: number;
  /** Of a split, its name. */
  readonly split: string | null;
}

const android = 'http://schemas.android.com/apk/res/android';
/** Numbers of attributes in the public resources of Android. Their names come first in the pool. */
const attributes = {
  versionCode: 0x0101021b,
  versionName: 0x0101021c,
  minSdkVersion: 0x0101020c,
  targetSdkVersion: 0x01010270,
};

function chunk(type: number, headerBytes: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(headerBytes, 2);
  head.writeUInt32LE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

function words(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) out.writeUInt32LE(value >>> 0, index * 4);
  return out;
}

function stringPool(strings: readonly string[]): Buffer {
  const parts = strings.map((text) => {
    const head = Buffer.alloc(2);
    head.writeUInt16LE(text.length);
    return Buffer.concat([head, Buffer.from(text, 'utf16le'), Buffer.alloc(2)]);
  });
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    offsets.push(at);
    at += part.length;
  }
  const pad = Buffer.alloc((4 - (at % 4)) % 4);
  const start = 28 + 4 * strings.length;
  return chunk(0x0001, 28, Buffer.concat([words(strings.length, 0, 0, start, 0), words(...offsets), ...parts, pad]));
}

type Value = string | number;

/** `AndroidManifest.xml` in its binary form: pool of texts, numbers of attributes, elements (AOSP ResourceTypes.h). */
export function manifestBytes(of: ManifestWords): Uint8Array {
  const strings: string[] = Object.keys(attributes);
  const at = (text: string): number => {
    if (!strings.includes(text)) strings.push(text);
    return strings.indexOf(text);
  };
  const none = 0xffffffff;
  const start = (name: string, list: readonly (readonly [string, Value, boolean])[]): Buffer => {
    const bodies = list.map(([key, value, ofAndroid]) => {
      const space = ofAndroid ? at(android) : none;
      const typed = typeof value === 'string' ? [at(value), 0x03000008, at(value)] : [none, 0x10000008, value];
      return words(space, at(key), ...typed);
    });
    const counts = Buffer.alloc(12);
    counts.writeUInt16LE(20, 0);
    counts.writeUInt16LE(20, 2);
    counts.writeUInt16LE(list.length, 4);
    return chunk(0x0102, 16, Buffer.concat([words(2, none, none, at(name)), counts, ...bodies]));
  };
  const end = (name: string): Buffer => chunk(0x0103, 16, words(2, none, none, at(name)));
  const space = words(1, none, at('android'), at(android));
  const split = of.split === null ? [] : [['split', of.split, false] as const];
  const body = [
    chunk(0x0100, 16, space),
    start('manifest', [
      ['versionCode', of.versionCode, true],
      ['versionName', of.versionName, true],
      ['package', of.package, false],
      ...split,
    ]),
    start('uses-sdk', [
      ['minSdkVersion', of.minSdk, true],
      ['targetSdkVersion', of.targetSdk, true],
    ]),
    end('uses-sdk'),
    start('application', []),
    end('application'),
    end('manifest'),
    chunk(0x0101, 16, space),
  ];
  const map = chunk(0x0180, 8, words(...Object.values(attributes)));
  return new Uint8Array(chunk(0x0003, 8, Buffer.concat([stringPool(strings), map, ...body])));
}
