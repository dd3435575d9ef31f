/**
 * Columns of whole numbers as bytes that are read as they stand: of each column its least number is told once, and of every number what it is
 * above that, in as few bytes as the largest needs (none, one, two, four, eight as a double). Larger than numbers of seven bits a byte, and read
 * ten times as fast, any part of any column by itself. All of it is little-endian, as every machine is that this program runs on.
 *
 * The form: as doubles, how many numbers a column has, how many columns there are, and of each column its width and its least number; then
 * the columns, each filled up to eight bytes.
 */

const DOUBLE = 8;
const HEAD = 2;
const OF_COLUMN = 2;

type Narrow = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function view(width: number, buffer: ArrayBufferLike, at: number, count: number): Narrow {
  if (width === 1) return new Uint8Array(buffer, at, count);
  if (width === 2) return new Uint16Array(buffer, at, count);
  if (width === 4) return new Uint32Array(buffer, at, count);
  return new Float64Array(buffer, at, count);
}

function widthOf(range: number): number {
  if (range === 0) return 0;
  if (range < 2 ** 8) return 1;
  if (range < 2 ** 16) return 2;
  return range < 2 ** 32 ? 4 : DOUBLE;
}

const filledUp = (bytes: number) => Math.ceil(bytes / DOUBLE) * DOUBLE;

/** Packs the first `count` numbers of each column. */
export function packNarrow(columns: readonly Float64Array[], count: number): Uint8Array {
  const head = new Float64Array(HEAD + OF_COLUMN * columns.length);
  head[0] = count;
  head[1] = columns.length;
  let size = head.byteLength;
  for (const [n, column] of columns.entries()) {
    let [least, most] = [count > 0 ? column[0]! : 0, count > 0 ? column[0]! : 0];
    for (let i = 1; i < count; i += 1) {
      const value = column[i]!;
      if (value < least) least = value;
      else if (value > most) most = value;
    }
    const width = widthOf(most - least);
    head[HEAD + OF_COLUMN * n] = width;
    head[HEAD + OF_COLUMN * n + 1] = least;
    size += filledUp(width * count);
  }
  const bytes = new Uint8Array(size);
  bytes.set(new Uint8Array(head.buffer));
  let at = head.byteLength;
  for (const [n, column] of columns.entries()) {
    const width = head[HEAD + OF_COLUMN * n]!;
    const least = head[HEAD + OF_COLUMN * n + 1]!;
    if (width > 0) {
      const into = view(width, bytes.buffer, at, count);
      for (let i = 0; i < count; i += 1) into[i] = column[i]! - least;
    }
    at += filledUp(width * count);
  }
  return bytes;
}

/** Packed columns behind each other: each block says where it ends. */
export function joinedBlocks(blocks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return bytes;
}

/** Packed columns, read where they are asked for. Bytes of another form give wrong numbers, or none; their check is the case's `verify`. */
export class NarrowColumns {
  readonly count: number;
  /** Where the bytes of these columns end. */
  readonly end: number;
  readonly #buffer: ArrayBufferLike;
  readonly #head: Float64Array;
  readonly #places: number[] = [];

  constructor(from: Uint8Array, start = 0) {
    // Views of doubles begin at a multiple of eight.
    const bytes = from.byteOffset % DOUBLE === 0 ? from : from.slice();
    this.#buffer = bytes.buffer;
    const room = Math.floor(bytes.length / DOUBLE);
    const all = new Float64Array(bytes.buffer, bytes.byteOffset, room);
    const at = start / DOUBLE;
    const [count = 0, columns = 0] = all.subarray(at, at + HEAD);
    const head = all.subarray(at + HEAD, at + HEAD + OF_COLUMN * columns);
    let end = at + HEAD + head.length;
    for (let n = 0; n < head.length; n += OF_COLUMN) {
      this.#places.push(bytes.byteOffset + end * DOUBLE);
      end += filledUp(head[n]! * count) / DOUBLE;
    }
    const whole = head.length === OF_COLUMN * columns && end <= room && count < 2 ** 32;
    this.#head = head;
    this.count = whole ? count : 0;
    this.end = end * DOUBLE;
  }

  /** Reads the numbers `start` to `end` of column `n` into `into`, from its beginning on. */
  read(n: number, into: Float64Array, start = 0, end = this.count): void {
    const width = this.#head[OF_COLUMN * n] ?? 0;
    const least = this.#head[OF_COLUMN * n + 1] ?? 0;
    const count = end - start;
    if (width === 0) {
      into.fill(least, 0, count);
      return;
    }
    into.set(view(width, this.#buffer, this.#places[n]! + start * width, count));
    if (least !== 0) for (let i = 0; i < count; i += 1) into[i]! += least;
  }
}
