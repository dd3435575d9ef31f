/** One open service on one connection, as the service sees it. */
export interface ServiceStream {
  /** Sends bytes, block by block, each waiting for the host's word that it took the last. False: the stream is over. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** The next bytes from the host, or null when it closed. The host may send more only after they were taken. */
  read(): Promise<Uint8Array | null>;
  readonly closed: boolean;
  /** Resolves when the stream is over, whoever ended it. */
  readonly ended: Promise<void>;
}

/** Answers one service; the stream is closed when it returns. */
export type Service = (stream: ServiceStream) => Promise<void>;

/** A stream with its two flows: ours waits for OKAY, the host's is answered with OKAY when the service took it. */
export class Stream implements ServiceStream {
  readonly localId: number;
  readonly remoteId: number;
  closed = false;
  readonly ended: Promise<void>;
  #end: () => void = () => {};
  #incoming: Uint8Array[] = [];
  #waitingReader: ((bytes: Uint8Array | null) => void) | null = null;
  #waitingWriter: ((alive: boolean) => void) | null = null;
  #blockBytes: number;
  #sendBlock: (block: Uint8Array) => Promise<void>;
  #taken: () => void;

  constructor(options: {
    localId: number;
    remoteId: number;
    blockBytes: number;
    sendBlock: (block: Uint8Array) => Promise<void>;
    taken: () => void;
  }) {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.localId = options.localId;
    this.remoteId = options.remoteId;
    this.#blockBytes = options.blockBytes;
    this.#sendBlock = options.sendBlock;
    this.#taken = options.taken;
  }

  async write(bytes: Uint8Array): Promise<boolean> {
    for (let at = 0; at < bytes.length; at += this.#blockBytes) {
      if (this.closed) return false;
      const acknowledged = new Promise<boolean>((resolve) => {
        this.#waitingWriter = resolve;
      });
      await this.#sendBlock(bytes.subarray(at, at + this.#blockBytes));
      if (!(await acknowledged)) return false;
    }
    return !this.closed;
  }

  read(): Promise<Uint8Array | null> {
    const next = this.#incoming.shift();
    if (next) {
      this.#taken();
      return Promise.resolve(next);
    }
    if (this.closed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waitingReader = resolve;
    });
  }

  /** The host sent bytes. */
  received(bytes: Uint8Array): void {
    const reader = this.#waitingReader;
    if (!reader) {
      this.#incoming.push(bytes);
      return;
    }
    this.#waitingReader = null;
    this.#taken();
    reader(bytes);
  }

  /** The host took our last block. */
  acknowledged(): void {
    const writer = this.#waitingWriter;
    this.#waitingWriter = null;
    writer?.(true);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#end();
    this.#waitingReader?.(null);
    this.#waitingWriter?.(false);
    this.#waitingReader = null;
    this.#waitingWriter = null;
  }
}
