import { littleWord, word } from './wire-numbers.ts';

const decoder = new TextDecoder();
const LONGEST_TEXT = 1000;

/** Numbers, options and texts of one section of the newer form, in the section's own byte order. */
export class SectionBytes {
  readonly word: (bytes: Uint8Array, at: number) => number;
  private readonly little: boolean;

  constructor(little: boolean) {
    this.little = little;
    this.word = little ? littleWord : word;
  }

  half(bytes: Uint8Array, at: number): number {
    return this.little ? bytes[at]! | (bytes[at + 1]! << 8) : (bytes[at]! << 8) | bytes[at + 1]!;
  }

  /** Eight bytes with a sign; beyond 2^53 the last digits are lost. */
  long(bytes: Uint8Array, at: number): number {
    const [low, high] = this.little ? [at, at + 4] : [at + 4, at];
    return (this.word(bytes, high!) | 0) * 4_294_967_296 + this.word(bytes, low!);
  }

  /** Options: code, length, value padded to four bytes. */
  options(bytes: Uint8Array, from: number, to: number, take: (code: number, at: number, end: number) => void): void {
    for (let at = from; at + 4 <= to; ) {
      const code = this.half(bytes, at);
      const length = this.half(bytes, at + 2);
      if (code === 0 || at + 4 + length > to) return;
      take(code, at + 4, at + 4 + length);
      at += 4 + ((length + 3) & ~3);
    }
  }

  /** At most the first thousand bytes as text. */
  text(bytes: Uint8Array, at: number, end: number): string {
    return decoder.decode(bytes.subarray(at, Math.min(end, at + LONGEST_TEXT)));
  }
}
