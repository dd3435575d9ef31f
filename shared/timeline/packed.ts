import { HOUR } from '../base/time.ts';
import type { IntervalColumns } from '../types/timeline.ts';
import { unitOf } from './time-unit.ts';

/*
 * The intervals of a lane as one text, for the way to the window: a fourth of their JSON, and a text is read many times as fast as the
 * numbers in it. The window unpacks only the lanes that it shows. The form is that of source maps: whole numbers in groups of five bits, the
 * lowest first, each group a letter of base64 whose sixth bit says that more follow; where a number may be negative its lowest bit is the
 * sign. First stand the number of entries, a number that says which optional columns there are and the unit of all moments, then the
 * columns, one after another.
 */

const PEAKS = 1;
const ERRORS = 2;
const ONE_ERROR = 4;
const MERGED = 8;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const values = new Uint8Array(128);
for (let n = 0; n < 64; n += 1) values[codes[n]!] = n;

/** Bitwise arithmetic is exact below this. */
const SMALL = 2 ** 30;
/** Letters of the longest number. */
const LONGEST = 12;

/** Node and every browser have it. */
declare const TextDecoder: { new (): { decode(bytes: Uint8Array): string } };

/** Loops over whole columns with all in locals: a window has hundreds of thousands of numbers. */
class Writer {
  #letters = new Uint8Array(1 << 16);
  #length = 0;
  /** False once a number came that is not whole, not finite or below nothing. */
  fits = true;

  #reserve(numbers: number): void {
    const room = this.#length + numbers * LONGEST;
    if (room <= this.#letters.length) return;
    const grown = new Uint8Array(Math.max(this.#letters.length * 2, room));
    grown.set(this.#letters);
    this.#letters = grown;
  }

  count(number: number): void {
    this.counts([number], 1);
  }

  /** A column of numbers that are not negative. */
  counts(column: ArrayLike<number>, count: number): void {
    this.#reserve(count);
    const letters = this.#letters;
    let at = this.#length;
    for (let i = 0; i < count; i += 1) {
      let rest = column[i]!;
      if (rest < SMALL && rest >= 0 && (rest | 0) === rest) {
        while (rest >= 32) {
          letters[at++] = codes[32 | (rest & 31)]!;
          rest >>= 5;
        }
        letters[at++] = codes[rest]!;
      } else at = this.#large(at, rest);
    }
    this.#length = at;
  }

  /** A column as steps from one number to the next. */
  steps(column: ArrayLike<number>, count: number): void {
    const folded = scratch(FOLDED, count);
    let last = 0;
    for (let i = 0; i < count; i += 1) {
      const step = column[i]! - last;
      folded[i] = step < 0 ? -step * 2 - 1 : step * 2;
      last = column[i]!;
    }
    this.counts(folded, count);
  }

  #large(start: number, number: number): number {
    if (!(Number.isSafeInteger(number) && number >= 0)) {
      this.fits = false;
      return start;
    }
    let at = start;
    let rest = number;
    while (rest >= 32) {
      this.#letters[at++] = codes[32 | (rest % 32)]!;
      rest = Math.floor(rest / 32);
    }
    this.#letters[at++] = codes[rest]!;
    return at;
  }

  text(): string {
    return decoder.decode(this.#letters.subarray(0, this.#length));
  }

  /** Writing begins anew. */
  clear(): void {
    this.#length = 0;
    this.fits = true;
  }
}

const decoder = new TextDecoder();
/** One after another is packed, a window of hundreds of lanes: with memory of their own each they would be mostly garbage. */
const writer = new Writer();
const kept: Float64Array[] = [];
const [FOLDED, STARTS, LENGTHS, LENGTHS_IN_UNITS, ABOVE_SENT, ABOVE_RECEIVED] = [0, 1, 2, 3, 4, 5] as const;

/** A column to work in, with room for so many numbers and anything in them. */
function scratch(name: number, count: number): Float64Array {
  const column = kept[name];
  if (column && column.length >= count) return column;
  const made = new Float64Array(Math.max(1024, 2 * count));
  kept[name] = made;
  return made;
}

/** Highest bytes an hour beyond the mean of an entry, whole bytes, so that entries of one interval have none. */
function beyondMean(peak: number, bytes: number, us: number): number {
  return Math.max(0, Math.round(peak - meanOf(bytes, us)));
}

function meanOf(bytes: number, us: number): number {
  return us > 0 ? (bytes / us) * HOUR : 0;
}

/** The intervals of a lane as numbers: like `IntervalColumns`, with the number of the event in place of its id. */
export interface NumberColumns {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly sent: ArrayLike<number>;
  readonly received: ArrayLike<number>;
  readonly sentBackground: ArrayLike<number>;
  readonly receivedBackground: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  readonly top: ArrayLike<number>;
  readonly peakSent?: ArrayLike<number> | undefined;
  readonly peakReceived?: ArrayLike<number> | undefined;
  readonly error?: number | ArrayLike<number> | undefined;
}

/**
 * Packs the intervals of a lane: microseconds and bytes, whole numbers. Peaks are kept to a byte an hour, and only where something was merged.
 * Null for columns that the form cannot hold (an event that is no volume, parts of bytes): they go as they are.
 */
export function packIntervals(columns: IntervalColumns): string | null {
  const tops = new Float64Array(columns.top.length);
  for (let i = 0; i < tops.length; i += 1) {
    const id = columns.top[i]!;
    const number = id.charCodeAt(0) === 118 ? Number(id.slice(1)) : Number.NaN;
    if (!Number.isSafeInteger(number)) return null;
    tops[i] = number;
  }
  return packNumbers({ ...columns, top: tops });
}

/** The same of columns that name events by their numbers. */
export function packNumbers(columns: NumberColumns): string | null {
  const { from, to, sent, received, peakSent, peakReceived, error, top } = columns;
  const count = from.length;
  const unit = unitOf([from, to], count);
  const starts = scratch(STARTS, count);
  const lengths = scratch(LENGTHS, count);
  const lengthsInUnits = scratch(LENGTHS_IN_UNITS, count);
  for (let i = 0; i < count; i += 1) {
    lengths[i] = to[i]! - from[i]!;
    starts[i] = from[i]! / unit;
    lengthsInUnits[i] = lengths[i]! / unit;
  }
  const above = [
    aboveMean(peakSent, sent, lengths, count, scratch(ABOVE_SENT, count)),
    aboveMean(peakReceived, received, lengths, count, scratch(ABOVE_RECEIVED, count)),
  ];
  const peaked = above.some(({ any }) => any);
  const merged = peakSent !== undefined || peakReceived !== undefined;
  writer.clear();
  writer.count(count);
  writer.count(
    (merged ? MERGED : 0) |
      (peaked ? PEAKS : 0) |
      (error === undefined ? 0 : typeof error === 'number' ? ONE_ERROR : ERRORS),
  );
  writer.count(unit);
  writer.steps(starts, count);
  writer.steps(lengthsInUnits, count);
  for (const column of [sent, received, columns.sentBackground, columns.receivedBackground, columns.events])
    writer.counts(column, count);
  if (peaked) for (const { column } of above) writer.counts(column, count);
  if (typeof error === 'number') writer.count(error);
  else if (error) writer.counts(error, count);
  writer.steps(top, count);
  return writer.fits ? writer.text() : null;
}

/** What the highest of each entry is above its mean, bytes an hour; and whether any is. */
function aboveMean(
  peaks: ArrayLike<number> | undefined,
  bytes: ArrayLike<number>,
  lengths: Float64Array,
  count: number,
  column: Float64Array,
): { readonly column: Float64Array; readonly any: boolean } {
  let any = false;
  if (!peaks) column.fill(0, 0, count);
  else {
    for (let i = 0; i < count; i += 1) {
      const above = beyondMean(peaks[i]!, bytes[i]!, lengths[i]!);
      column[i] = above;
      if (above > 0) any = true;
    }
  }
  return { column, any };
}

class Reader {
  readonly #text: string;
  /** The letter that is read next. */
  at: number;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.at = at;
  }

  count(): number {
    return this.column(1)[0]!;
  }

  column(count: number): Float64Array {
    const text = this.#text;
    const column = new Float64Array(count);
    let { at } = this;
    for (let i = 0; i < count; i += 1) {
      let digit = values[text.charCodeAt(at++)]!;
      let number = digit & 31;
      for (let shift = 5; digit >= 32; shift += 5) {
        digit = values[text.charCodeAt(at++)]!;
        number = shift < 25 ? number | ((digit & 31) << shift) : number + (digit & 31) * 2 ** shift;
      }
      column[i] = number;
    }
    this.at = at;
    return column;
  }

  /** Numbers that were written as steps from one to the next. */
  steps(count: number): Float64Array {
    const column = this.column(count);
    let last = 0;
    for (let i = 0; i < count; i += 1) {
      const folded = column[i]!;
      if (folded < SMALL) last += (folded >> 1) ^ -(folded & 1);
      else last += folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
      column[i] = last;
    }
    return column;
  }
}

/** How many intervals a packed text holds. */
export function packedCount(text: string): number {
  return new Reader(text).count();
}

/** Whether entries of a packed text may stand for several intervals. */
export function packedMerged(text: string): boolean {
  return (new Reader(text).column(2)[1]! & MERGED) !== 0;
}

/** The intervals of a lane to be read: like `IntervalColumns`, of any kind of list. */
export interface ReadColumns extends Omit<NumberColumns, 'top'> {
  /** Ids of events. */
  readonly top: ArrayLike<string>;
}

/** Rates are kept as what they are above the mean of their interval. */
function addMeans(above: Float64Array, bytes: Float64Array, from: Float64Array, to: Float64Array): Float64Array {
  for (let i = 0; i < above.length; i += 1) above[i]! += meanOf(bytes[i]!, to[i]! - from[i]!);
  return above;
}

/** The columns of a packed text, as they were but for peaks below a byte an hour. Ids of events are made when they are first asked for. */
export function unpackIntervals(text: string): ReadColumns {
  const reader = new Reader(text);
  const count = reader.count();
  const optional = reader.count();
  const unit = reader.count();
  const from = reader.steps(count);
  const to = reader.steps(count);
  for (let i = 0; i < count; i += 1) {
    from[i]! *= unit;
    to[i] = from[i]! + to[i]! * unit;
  }
  const sent = reader.column(count);
  const received = reader.column(count);
  const sentBackground = reader.column(count);
  const receivedBackground = reader.column(count);
  const events = reader.column(count);
  const peaks =
    optional & PEAKS
      ? {
          peakSent: addMeans(reader.column(count), sent, from, to),
          peakReceived: addMeans(reader.column(count), received, from, to),
        }
      : optional & MERGED
        ? { peakSent: [], peakReceived: [] }
        : {};
  const error =
    optional & ONE_ERROR ? { error: reader.count() } : optional & ERRORS ? { error: reader.column(count) } : {};
  const ids = reader.at;
  let top: readonly string[] | null = null;
  return {
    ...{ from, to, sent, received, sentBackground, receivedBackground, events, ...peaks, ...error },
    get top() {
      top ??= Array.from(new Reader(text, ids).steps(count), (id) => `v${id}`);
      return top;
    },
  };
}
