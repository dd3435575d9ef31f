/** Thrown inside this artifact where the bytes end or cannot be what they should be; never leaves it. */
export class BadBytes extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Reads Java's DataOutput forms, big-endian, without ever looking past the end. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  private take(size: number, what: string): number {
    if (this.left < size) throw new BadBytes(this.at, `the file ends inside ${what}`);
    const { at } = this;
    this.at += size;
    return at;
  }

  u8(what: string): number {
    return this.view.getUint8(this.take(1, what));
  }

  i32(what: string): number {
    return this.view.getInt32(this.take(4, what));
  }

  i64(what: string): bigint {
    return this.view.getBigInt64(this.take(8, what));
  }

  /** A count of things that take at least `each` bytes; more than can follow is damage, found before memory is taken. */
  count(each: number, what: string): number {
    const at = this.at;
    const count = this.i32(what);
    if (count < 0 || count * each > this.left) throw new BadBytes(at, `${what} is said to be ${count}`);
    return count;
  }

  /**
   * LEB128, seven bits a byte, lowest first, at most ten bytes. NaN stands for a number that cannot be held exactly
   * (above 2^53, or below zero in Java's reading).
   */
  varLong(what: string): number {
    const { bytes } = this;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i += 1) {
      if (this.at >= bytes.length) throw new BadBytes(this.at, `the file ends inside ${what}`);
      const byte = bytes[this.at]!;
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return Number.isSafeInteger(value) ? value : Number.NaN;
      scale *= 128;
    }
    throw new BadBytes(this.at, `${what} has more than ten bytes`);
  }

  /** Modified UTF-8 with a 16-bit length, behind a byte that says whether there is one. */
  optionalText(what: string): string | null {
    const at = this.at;
    const present = this.u8(what);
    if (present === 0) return null;
    if (present !== 1) throw new BadBytes(at, `${what} begins with ${present}, neither 0 nor 1`);
    const size = this.view.getUint16(this.take(2, what));
    const from = this.take(size, what);
    return modifiedUtf8(this.bytes.subarray(from, from + size));
  }
}

/** Java's modified UTF-8: NUL as C0 80, and code points above FFFF as two surrogates of three bytes each. */
function modifiedUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const a = bytes[i]!;
    const b = bytes[i + 1] ?? 0;
    const c = bytes[i + 2] ?? 0;
    if (a < 0x80) {
      text += String.fromCharCode(a);
      i += 1;
    } else if ((a & 0xe0) === 0xc0 && (b & 0xc0) === 0x80) {
      text += String.fromCharCode(((a & 0x1f) << 6) | (b & 0x3f));
      i += 2;
    } else if ((a & 0xf0) === 0xe0 && (b & 0xc0) === 0x80 && (c & 0xc0) === 0x80) {
      text += String.fromCharCode(((a & 0x0f) << 12) | ((b & 0x3f) << 6) | (c & 0x3f));
      i += 3;
    } else {
      text += '\ufffd';
      i += 1;
    }
  }
  return text;
}
