import type { SqlValue } from '../ports/case-handle.ts';

/**
 * Rows in SQLite's binary form of JSON (sqlite.org/jsonb.html): each element is a head with its type and size, then its bytes. Written
 * here, nothing is escaped and nothing is parsed again: a third of the time that text takes.
 */
const NULL = 0;
const INTEGER = 3;
const FLOAT = 5;
const RAW_TEXT = 10;
const ARRAY = 11;
/** Heads whose upper half says that the size stands in the next byte, or in the next four. */
const SIZE_IN_ONE = 12 << 4;
const SIZE_IN_FOUR = 14 << 4;
const LONG_HEAD = 5;

const BILLION = 1_000_000_000;

export class BinaryRows {
  #bytes = Buffer.allocUnsafe(1 << 18);
  #at = 0;

  /** Rows of the chosen columns as one list of lists. The answer is good until the next call. */
  write(rows: readonly (readonly SqlValue[])[], columns: readonly number[]): Buffer {
    this.#at = LONG_HEAD;
    for (const row of rows) {
      const from = this.#at;
      this.#room(LONG_HEAD);
      this.#at += LONG_HEAD;
      for (const column of columns) this.#cell(row[column]);
      this.#head(from, ARRAY, this.#at - from - LONG_HEAD);
    }
    this.#head(0, ARRAY, this.#at - LONG_HEAD);
    return this.#bytes.subarray(0, this.#at);
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + more));
    wider.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = wider;
  }

  #head(at: number, type: number, size: number): void {
    this.#bytes[at] = SIZE_IN_FOUR | type;
    this.#bytes.writeUInt32BE(size, at + 1);
  }

  #cell(value: SqlValue | undefined): void {
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number' && Number.isSafeInteger(value)) this.#integer(value);
    else if (typeof value === 'number' && Number.isFinite(value)) this.#digits(String(value));
    else {
      this.#room(1);
      this.#bytes[this.#at] = NULL;
      this.#at += 1;
    }
  }

  /** Nearly all text is short and of ASCII: then no call into the runtime is needed. */
  #text(text: string): void {
    const { length } = text;
    this.#room(LONG_HEAD + length * 3);
    const bytes = this.#bytes;
    const at = this.#at;
    if (length < 256) {
      let n = 0;
      for (; n < length; n += 1) {
        const code = text.charCodeAt(n);
        if (code > 127) break;
        bytes[at + 2 + n] = code;
      }
      if (n === length) {
        bytes[at] = SIZE_IN_ONE | RAW_TEXT;
        bytes[at + 1] = length;
        this.#at = at + 2 + length;
        return;
      }
    }
    const size = bytes.write(text, at + LONG_HEAD, 'utf8');
    this.#head(at, RAW_TEXT, size);
    this.#at = at + LONG_HEAD + size;
  }

  #digits(text: string): void {
    this.#room(2 + text.length);
    this.#bytes[this.#at] = SIZE_IN_ONE | FLOAT;
    this.#bytes[this.#at + 1] = this.#bytes.write(text, this.#at + 2, 'latin1');
    this.#at += 2 + text.length;
  }

  #integer(value: number): void {
    this.#room(20);
    const head = this.#at;
    this.#at += 2;
    let rest = value;
    if (value < 0) {
      this.#bytes[this.#at] = 45;
      this.#at += 1;
      rest = -value;
    }
    const high = Math.floor(rest / BILLION);
    if (high > 0) {
      this.#decimal(high, 1);
      this.#decimal(rest - high * BILLION, 9);
    } else this.#decimal(rest, 1);
    this.#bytes[head] = SIZE_IN_ONE | INTEGER;
    this.#bytes[head + 1] = this.#at - head - 2;
  }

  /** Digits of a number below a billion, with zeros before them up to a width. */
  #decimal(value: number, width: number): void {
    let digits = width;
    for (let limit = 10 ** width; value >= limit; limit *= 10) digits += 1;
    let rest = value | 0;
    for (let at = this.#at + digits - 1; at >= this.#at; at -= 1) {
      const next = (rest / 10) | 0;
      this.#bytes[at] = 48 + rest - next * 10;
      rest = next;
    }
    this.#at += digits;
  }
}
