/**
 * Cuts a stream of bytes into lines. `\n`, `\r\n` and `\r\r\n` (an old phone's terminal) end a line. Offsets are bytes of
 * the stream, lines count from 1. Memory holds one chunk and one unfinished line at most.
 */
import { isAscii } from 'node:buffer';

/** `whole`; `open`: the last line has no line end; `long`: only the beginning is handed over. */
export type LineState = 'whole' | 'open' | 'long';
export type LineTaker = (text: string, line: number, offset: number, state: LineState, bytes: number) => void;

export interface Splitter {
  push(chunk: Buffer): void;
  /** Hands over what has no line end; returns the number of bytes seen. */
  end(): number;
}

/** A longer line is no line of a dump: its beginning is handed over, the rest passed over. */
export const longestLine = 1 << 20;
/** How many bytes of a line that is too long are handed over. */
export const longLineShown = 1_000;

const LF = 10;
const notAscii = /[\x80-\xff]/;

/** For UTF-8 and whatever else has one byte for `\n`. Damaged bytes become U+FFFD. */
class ByteSplitter implements Splitter {
  private readonly take: LineTaker;
  private line = 1;
  /** Bytes before the chunk at hand. */
  private passed = 0;
  private parts: Buffer[] = [];
  private partBytes = 0;

  constructor(take: LineTaker) {
    this.take = take;
  }

  push(chunk: Buffer): void {
    let from = 0;
    if (this.partBytes > 0) {
      const end = chunk.indexOf(LF);
      if (end < 0) {
        this.hold(chunk);
        this.passed += chunk.length;
        return;
      }
      this.hold(chunk.subarray(0, end));
      this.handOverHeld(this.passed + end, 'whole');
      from = end + 1;
    }
    const last = chunk.lastIndexOf(LF);
    if (last >= from) this.whole(chunk, from, last + 1);
    const rest = Math.max(from, last + 1);
    if (rest < chunk.length) this.hold(chunk.subarray(rest));
    this.passed += chunk.length;
  }

  /** Every line of a stretch that ends with a line end. Decoded at once; only lines with other bytes are decoded anew. */
  private whole(chunk: Buffer, from: number, to: number): void {
    const body = chunk.toString('latin1', from, to);
    const plain = isAscii(chunk.subarray(from, to));
    const { take } = this;
    for (let at = 0; at < body.length; ) {
      const end = body.indexOf('\n', at);
      let stop = end;
      while (stop > at && body.charCodeAt(stop - 1) === 13) stop -= 1;
      let text = body.slice(at, stop);
      const offset = this.passed + from + at;
      if (end - at > longestLine) {
        this.long(chunk.subarray(from + at, from + at + longLineShown), offset, end - at);
      } else {
        if (!plain && notAscii.test(text)) text = this.decode(chunk.subarray(from + at, from + stop), offset);
        take(text, this.line, offset, 'whole', end - at);
      }
      this.line += 1;
      at = end + 1;
    }
  }

  private hold(bytes: Buffer): void {
    // Of a line that is too long already, no more is kept.
    if (this.partBytes <= longestLine && bytes.length > 0) this.parts.push(Buffer.from(bytes));
    this.partBytes += bytes.length;
  }

  private handOverHeld(end: number, state: 'whole' | 'open'): void {
    const bytes = this.partBytes;
    const offset = end - bytes;
    const held = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    this.parts = [];
    this.partBytes = 0;
    if (bytes > longestLine) this.long(held.subarray(0, longLineShown), offset, bytes);
    else {
      let stop = held.length;
      while (stop > 0 && held[stop - 1] === 13) stop -= 1;
      this.take(this.decode(held.subarray(0, stop), offset), this.line, offset, state, bytes);
    }
    this.line += 1;
  }

  private long(beginning: Buffer, offset: number, bytes: number): void {
    this.take(this.decode(beginning, offset), this.line, offset, 'long', bytes);
  }

  private decode(bytes: Buffer, offset: number): string {
    const text = bytes.toString('utf8');
    return offset === 0 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  end(): number {
    if (this.partBytes > 0) this.handOverHeld(this.passed, 'open');
    return this.passed;
  }
}

/** For UTF-16, little end first: what a Windows console writes when the output of adb is redirected. */
class Utf16Splitter implements Splitter {
  private readonly take: LineTaker;
  private line = 1;
  private passed = 0;
  private held: Buffer = Buffer.alloc(0);
  /** Bytes of an over-long line that were let go. */
  private dropped = 0;

  constructor(take: LineTaker) {
    this.take = take;
  }

  push(chunk: Buffer): void {
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
    const even = bytes.length - (bytes.length % 2);
    const text = bytes.toString('utf16le', 0, even);
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.handOver(text.slice(at, end), (end - at) * 2, 'whole');
      this.passed += 2;
      at = end + 1;
    }
    this.held = Buffer.from(bytes.subarray(at * 2));
    if (this.held.length > longestLine * 2) {
      const keep = longLineShown * 2;
      const odd = this.held.length % 2;
      this.dropped += this.held.length - keep - odd;
      this.held = Buffer.concat([this.held.subarray(0, keep), this.held.subarray(this.held.length - odd)]);
    }
  }

  private handOver(said: string, size: number, state: 'whole' | 'open'): void {
    const bytes = size + this.dropped;
    const long = bytes > longestLine * 2;
    let text = long ? said.slice(0, longLineShown) : said.replace(/\r+$/, '');
    if (this.passed === 0 && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    this.take(text, this.line, this.passed, long ? 'long' : state, bytes);
    this.line += 1;
    this.passed += bytes;
    this.dropped = 0;
  }

  end(): number {
    const size = this.held.length;
    if (size > 0) this.handOver(this.held.toString('utf16le', 0, size - (size % 2)), size, 'open');
    return this.passed;
  }
}

/** Makes the splitter that fits the first bytes of a text. */
export function splitterFor(beginning: Uint8Array, take: LineTaker): Splitter {
  return beginning[0] === 0xff && beginning[1] === 0xfe ? new Utf16Splitter(take) : new ByteSplitter(take);
}
