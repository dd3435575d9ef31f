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

  /** What certainly is output. The bytes stay valid until the next call. */
  push(chunk: Uint8Array): Uint8Array {
    const all = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    const sure = Math.max(0, all.length - this.#longest);
    this.#held = all.subarray(sure);
    return all.subarray(0, sure);
  }

  /** The rest of the output, and the exit status where the sentinel stood at the end. */
  end(): { readonly rest: Uint8Array; readonly exit: number | null } {
    const match = this.#pattern.exec(this.#held.toString('latin1'));
    if (!match) return { rest: this.#held, exit: null };
    return { rest: this.#held.subarray(0, match.index), exit: Number(match[1]) };
  }
}
