import type { EvidenceState, Origin } from '../../model/evidence.ts';
import type { EvidenceKeeper, KeptFacts, OpenEvidence } from '../../ports/evidence-keeper.ts';

/** The head holds the whole of a `getprop` and of a list of users, whose last lines matter too. */
const headBytes = 1024 * 1024;
const tailBytes = 4 * 1024;
const text = new TextDecoder();

/** One answer on its way into evidence, with its head and tail at hand for judging it. */
export class KeptAnswer {
  bytes = 0;
  readonly #keeper: EvidenceKeeper;
  readonly #what: { readonly name: string; readonly origin: Origin; readonly section: string | null };
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #tail: Uint8Array = new Uint8Array();
  #open: OpenEvidence | null = null;

  constructor(
    keeper: EvidenceKeeper,
    what: { readonly name: string; readonly origin: Origin; readonly section: string | null },
  ) {
    this.#keeper = keeper;
    this.#what = what;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.bytes += chunk.length;
    this.#remember(chunk);
    // The first byte goes to disk like the last: whatever ends the program, what arrived is there.
    const open = this.#open ?? (await this.#begin());
    await open.write(chunk);
  }

  get head(): string {
    return text.decode(Buffer.concat(this.#head));
  }

  get tail(): string {
    return text.decode(this.#tail);
  }

  /** Hands the answer over. What was refused or is not to be had is kept without a section: it is no such answer. */
  async finish(facts: KeptFacts): Promise<string | null> {
    const noAnswer: readonly EvidenceState[] = ['refused', 'unavailable'];
    const open = this.#open ?? (await this.#begin());
    const section = noAnswer.includes(facts.state) ? null : this.#what.section;
    return (await open.finish({ ...facts, section }))?.id ?? null;
  }

  async discard(): Promise<void> {
    await this.#open?.discard();
  }

  async #begin(): Promise<OpenEvidence> {
    this.#open = await this.#keeper.open(this.#what);
    return this.#open;
  }

  #remember(chunk: Uint8Array): void {
    if (this.#headBytes < headBytes) {
      const part = new Uint8Array(chunk.subarray(0, headBytes - this.#headBytes));
      this.#head.push(part);
      this.#headBytes += part.length;
    }
    this.#tail =
      chunk.length >= tailBytes
        ? new Uint8Array(chunk.subarray(-tailBytes))
        : Buffer.concat([this.#tail.subarray(Math.max(0, this.#tail.length + chunk.length - tailBytes)), chunk]);
  }
}
