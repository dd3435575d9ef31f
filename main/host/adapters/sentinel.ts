/**
 * For phones without shell v2: the command is followed by a line that no output contains by chance and that carries
 * the exit status. Where it is missing at the end, nothing proves that the command ran to its end.
 */
export function withSentinel(command: string, nonce: string): string {
  return `${command}; echo __PHONEHOME_${nonce}_$?__`;
}

/** Hands output on and holds back as much of its end as could be the sentinel. */
export class SentinelReader {
  readonly #longest: number;
  readonly #pattern: RegExp;
  #held: Buffer = Buffer.alloc(0);

  constructor(nonce: string) {
    this.#pattern = new RegExp(`__PHONEHOME_${nonce}_(\\d{1,3})__\\r?\\n$`);
    this.#longest = `__PHONEHOME_${nonce}_255__\r\n`.length;
  }

  /** What is output for sure, in order. The pieces are valid until the chunk is used again. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    const held = this.#held;
    const sure = held.length + chunk.length - this.#longest;
    if (sure <= 0) {
      this.#held = Buffer.concat([held, chunk]);
      return [];
    }
    if (sure <= held.length) {
      this.#held = Buffer.concat([held.subarray(sure), chunk]);
      return [held.subarray(0, sure)];
    }
    // Only what is held back is copied: the rest of a long answer passes through.
    this.#held = Buffer.from(chunk.subarray(sure - held.length));
    return [held, chunk.subarray(0, sure - held.length)];
  }

  /** The rest of the output, and the exit status where the sentinel stood at the end. */
  end(): { readonly rest: Uint8Array; readonly exit: number | null } {
    const match = this.#pattern.exec(this.#held.toString('latin1'));
    if (!match) return { rest: this.#held, exit: null };
    return { rest: this.#held.subarray(0, match.index), exit: Number(match[1]) };
  }
}
