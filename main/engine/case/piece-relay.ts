interface Offer {
  readonly piece: Uint8Array;
  readonly done: () => void;
}

type Pulled = IteratorResult<Buffer, undefined>;

const OVER: Pulled = { done: true, value: undefined };

/**
 * Hands pieces that one side has to another that asks for them, and holds none. The giver waits until the next piece is asked for, so
 * that the memory of one can be used again; where nobody reads any more it does not wait.
 */
export class PieceRelay implements AsyncIterableIterator<Buffer, undefined> {
  #offer: Offer | null = null;
  #asked: PromiseWithResolvers<Pulled> | null = null;
  /** The piece that is being read. */
  #doneWith: (() => void) | null = null;
  #left = false;
  #ended: { readonly fault: unknown } | null = null;

  /** Resolves when the piece is not needed any more; never rejects. One at a time. */
  give(piece: Uint8Array): Promise<void> {
    if (this.#left || this.#ended) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#offer = { piece, done: resolve };
    this.#meet();
    return promise;
  }

  /** No piece comes any more. With a fault the reader meets that in place of the end. */
  end(fault: unknown = null): void {
    this.#ended ??= { fault };
    this.#meet();
  }

  next(): Promise<Pulled> {
    this.#doneWith?.();
    this.#doneWith = null;
    const asked = Promise.withResolvers<Pulled>();
    this.#asked = asked;
    this.#meet();
    return asked.promise;
  }

  return(): Promise<Pulled> {
    this.#left = true;
    this.#doneWith?.();
    this.#offer?.done();
    this.#doneWith = null;
    this.#offer = null;
    return Promise.resolve(OVER);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #meet(): void {
    const asked = this.#asked;
    if (!asked) return;
    const offer = this.#offer;
    if (offer) {
      const { piece } = offer;
      this.#offer = null;
      this.#doneWith = offer.done;
      asked.resolve({ done: false, value: Buffer.from(piece.buffer, piece.byteOffset, piece.length) });
    } else if (!this.#ended) return;
    else if (this.#ended.fault === null) asked.resolve(OVER);
    else asked.reject(this.#ended.fault);
    this.#asked = null;
  }
}
