/**
 * Columns of whole numbers as bytes: seven bits a byte, the lowest first, the highest bit set where more follow (LEB128). Signed ones and
 * differences are folded first (0, -1, 1, -2 … as 0, 1, 2, 3 …). Good for every whole number up to 2^52 either way.
 */

const LOW_FOUR = 2 ** 28;
/** Bytes of the largest number that a column of the case can hold. */
const LONGEST = 10;

/** Writes one number; answers the place behind it. */
function put(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest >= 2 ** 31) {
    bytes[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  let small = rest | 0;
  while (small >= 128) {
    bytes[at++] = (small & 127) | 128;
    small >>>= 7;
  }
  bytes[at++] = small;
  return at;
}

/** Bytes that grow. */
export class NumberWriter {
  #bytes: Uint8Array;
  #at = 0;

  constructor(room = 1 << 16) {
    this.#bytes = new Uint8Array(room);
  }

  get length(): number {
    return this.#at;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
    wider.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = wider;
  }

  /** One number, not negative. */
  number(value: number): void {
    this.#reserve(LONGEST);
    this.#at = put(this.#bytes, this.#at, value);
  }

  /** A column, none of its numbers negative. */
  column(values: Float64Array, count: number): void {
    this.#reserve(count * LONGEST);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < count; i += 1) {
      const value = values[i]!;
      if (value < 128) bytes[at++] = value;
      else at = put(bytes, at, value);
    }
    this.#at = at;
  }

  /** A column as differences, each from the one before and the first from `base`; in units that all of them are whole numbers of. */
  differences(values: Float64Array, count: number, base: number, unit = 1): void {
    this.#reserve(count * LONGEST);
    const bytes = this.#bytes;
    let at = this.#at;
    let before = base;
    for (let i = 0; i < count; i += 1) {
      const value = values[i]!;
      const difference = unit === 1 ? value - before : (value - before) / unit;
      const folded = difference >= 0 ? difference * 2 : -difference * 2 - 1;
      if (folded < 128) bytes[at++] = folded;
      else at = put(bytes, at, folded);
      before = value;
    }
    this.#at = at;
  }

  /** What another wrote. */
  bytes(other: NumberWriter): void {
    this.#reserve(other.#at);
    this.#bytes.set(other.#bytes.subarray(0, other.#at), this.#at);
    this.#at += other.#at;
  }

  /** A copy of what was written; writing goes on from the beginning. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#at);
    this.#at = 0;
    return taken;
  }
}

/** Reads in the order of writing. What is not of this form gives wrong numbers, and never reads beyond the bytes. */
export class NumberReader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  number(): number {
    const one = new Float64Array(1);
    this.column(one, 1);
    return one[0]!;
  }

  column(into: Float64Array, count: number): void {
    const bytes = this.#bytes;
    let at = this.at;
    for (let i = 0; i < count; i += 1) {
      let byte = bytes[at++]!;
      if (byte < 128) {
        into[i] = byte;
        continue;
      }
      let value = byte & 127;
      byte = bytes[at++]!;
      value |= (byte & 127) << 7;
      if (byte >= 128) {
        byte = bytes[at++]!;
        value |= (byte & 127) << 14;
        if (byte >= 128) {
          byte = bytes[at++]!;
          value |= (byte & 127) << 21;
          let scale = LOW_FOUR;
          while (byte >= 128) {
            byte = bytes[at++]!;
            value += (byte & 127) * scale;
            scale *= 128;
          }
        }
      }
      into[i] = value;
    }
    this.at = at;
  }

  differences(into: Float64Array, count: number, base: number, unit = 1): void {
    this.column(into, count);
    let before = base;
    for (let i = 0; i < count; i += 1) {
      const folded = into[i]!;
      if (folded < 2 ** 31) before += ((folded >>> 1) ^ -(folded & 1)) * unit;
      else before += (folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2) * unit;
      into[i] = before;
    }
  }
}
