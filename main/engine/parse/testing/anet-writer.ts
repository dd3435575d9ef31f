/** Writes netstats collections for tests, by the layout of AOSP's NetworkStatsCollection. Shares nothing with the reader. */
export interface WrittenIdentity {
  readonly type: number;
  readonly rat?: number;
  readonly subscriber?: string | null;
  readonly name?: string | null;
  readonly roaming?: boolean;
  readonly metered?: boolean;
  readonly defaultNetwork?: boolean;
  readonly oem?: number;
  readonly subId?: number;
  readonly transports?: bigint;
}
/** start ms, active ms, rb, rp, tb, tp, op */
export type WrittenBucket = readonly [number, number, number, number, number, number, number];
export interface WrittenSeries {
  readonly identities: readonly WrittenIdentity[];
  readonly uid: number;
  readonly set: number;
  readonly tag: number;
  readonly bucketMs: number;
  readonly buckets: readonly WrittenBucket[];
}

class Pen {
  private readonly parts: Buffer[] = [];
  i32(value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    this.parts.push(bytes);
  }
  i64(value: bigint): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    this.parts.push(bytes);
  }
  u8(value: number): void {
    this.parts.push(Buffer.from([value]));
  }
  varLong(value: number): void {
    let rest = BigInt(value);
    const bytes: number[] = [];
    do {
      const low = Number(rest & 127n);
      rest >>= 7n;
      bytes.push(rest > 0n ? low | 128 : low);
    } while (rest > 0n);
    this.parts.push(Buffer.from(bytes));
  }
  optional(text: string | null): void {
    this.u8(text === null ? 0 : 1);
    if (text === null) return;
    // UTF-16 units one by one: that is what modified UTF-8 is.
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    const bytes = Buffer.concat(units.map((unit) => Buffer.from(unitBytes(unit))));
    const size = Buffer.alloc(2);
    size.writeUInt16BE(bytes.length);
    this.parts.push(size, bytes);
  }
  done(): Buffer {
    return Buffer.concat(this.parts);
  }
}

function unitBytes(unit: number): number[] {
  if (unit > 0 && unit < 0x80) return [unit];
  if (unit < 0x800) return [0xc0 | (unit >> 6), 0x80 | (unit & 63)];
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63)];
}

function identity(pen: Pen, one: WrittenIdentity, version: number): void {
  if (version === 1) pen.i32(0);
  pen.i32(one.type);
  pen.i32(one.rat ?? -1);
  pen.optional(one.subscriber ?? null);
  if (version >= 3) pen.optional(one.name ?? null);
  if (version >= 2) pen.u8(one.roaming ? 1 : 0);
  if (version >= 4) pen.u8(one.metered ? 1 : 0);
  if (version >= 5) pen.u8(one.defaultNetwork ? 1 : 0);
  if (version >= 6) pen.i32(one.oem ?? 0);
  if (version >= 7) pen.i32(one.subId ?? -1);
  if (version >= 8) pen.i64(one.transports ?? 0n);
}

function history(pen: Pen, series: WrittenSeries, version: number): void {
  pen.i32(version);
  pen.i64(BigInt(series.bucketMs));
  const columns = version === 1 ? [0, 2, 4] : version === 2 ? [0, 2, 3, 4, 5, 6] : [0, 1, 2, 3, 4, 5, 6];
  for (const column of columns) {
    pen.i32(series.buckets.length);
    for (const bucket of series.buckets) {
      if (version === 1) pen.i64(BigInt(bucket[column]!));
      else pen.varLong(bucket[column]!);
    }
  }
}

/** A collection of version 16 (or of the version given), each series under an identity set of its own. */
export function anet(
  all: readonly WrittenSeries[],
  versions: { identity?: number; history?: number; collection?: number } = {},
): Buffer {
  const pen = new Pen();
  pen.i32(0x414e4554);
  pen.i32(versions.collection ?? 16);
  pen.i32(all.length);
  for (const series of all) {
    pen.i32(versions.identity ?? 7);
    pen.i32(series.identities.length);
    for (const one of series.identities) identity(pen, one, versions.identity ?? 7);
    pen.i32(1);
    pen.i32(series.uid);
    pen.i32(series.set);
    pen.i32(series.tag);
    history(pen, series, versions.history ?? 3);
  }
  return pen.done();
}
