/** Most bytes that are gathered for one greeting, and most pieces; a longer one is left unread. */
const MOST_BYTES = 64 * 1024;
const MOST_PIECES = 64;

const NOTHING = new Uint8Array(0);

/** Puts pieces of one stream together that come in any order, doubled or overlapping: the first one to say a byte is believed. */
export class ByteGather {
  private bytes = NOTHING;
  private have: { from: number; to: number }[] = [];
  private pieces = 0;
  /** Too much, or too many pieces. */
  spent = false;

  /** Takes a piece that stands at `at` of the stream. */
  put(at: number, piece: Uint8Array): void {
    if (this.spent || piece.length === 0) return;
    this.pieces += 1;
    if (at < 0 || at + piece.length > MOST_BYTES || this.pieces > MOST_PIECES) {
      this.spent = true;
      return;
    }
    if (at + piece.length > this.bytes.length) {
      const wider = new Uint8Array(Math.min(MOST_BYTES, Math.max(this.bytes.length * 2, at + piece.length)));
      wider.set(this.bytes);
      this.bytes = wider;
    }
    let from = at;
    const to = at + piece.length;
    const last = this.have.at(-1);
    if (!last || last.to === at) {
      // Pieces mostly come in their order.
      this.bytes.set(piece, at);
      if (last) last.to = to;
      else this.have.push({ from, to });
      return;
    }
    for (const span of [...this.have, { from: to, to }]) {
      if (span.from > from) this.bytes.set(piece.subarray(from - at, Math.min(to, span.from) - at), from);
      from = Math.max(from, span.to);
      if (from >= to) break;
    }
    this.have.push({ from: at, to });
    this.have.sort((a, b) => a.from - b.from);
    const joined: { from: number; to: number }[] = [];
    for (const span of this.have) {
      const before = joined.at(-1);
      if (before && span.from <= before.to) before.to = Math.max(before.to, span.to);
      else joined.push({ ...span });
    }
    this.have = joined;
  }

  /** Something waits behind a gap. */
  get gap(): boolean {
    return this.have.length > 1 || (this.have[0]?.from ?? 0) > 0;
  }

  /** The stream from its start as far as it is whole. */
  get whole(): Uint8Array {
    const first = this.have[0];
    return first?.from === 0 ? this.bytes.subarray(0, first.to) : this.bytes.subarray(0, 0);
  }
}
