import { connect, type Socket } from 'node:net';

const bufferBytes = 256 * 1024;
const statusBytes = 4;

/** What the adb server or the phone's daemon said instead of OKAY. */
export class ServiceRefused extends Error {}

/**
 * One service on a phone, as the bytes that it sends. They come through one buffer that is used again and again, so that an
 * answer of any length costs no memory: a piece is valid until the next one is asked for. Nothing is read from the socket
 * meanwhile, which holds the server and the phone back.
 */
export class AdbService {
  readonly #socket: Socket;
  /** Bytes that came and were not taken yet; the socket rests until they are. */
  #waiting: Uint8Array | null = null;
  #over = false;
  #wake = () => {};

  constructor(port: number) {
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      onread: {
        buffer: new Uint8Array(bufferBytes),
        callback: (length, buffer) => {
          this.#waiting = buffer.subarray(0, length);
          this.#wake();
          // False lets the socket rest until it is told to go on.
          return false;
        },
      },
    });
    this.#socket.setNoDelay(true);
    const end = () => {
      this.#over = true;
      this.#wake();
    };
    this.#socket.on('error', end);
    this.#socket.on('end', end);
    this.#socket.on('close', end);
  }

  /** Asks the server for the phone, and the phone for the service. Rejects with ServiceRefused, in the refuser's own words. */
  async open(serial: string, service: string): Promise<void> {
    for (const request of [`host:transport:${serial}`, service]) {
      this.#socket.write(`${Buffer.byteLength(request).toString(16).padStart(4, '0')}${request}`);
      const status = await this.#exactly(statusBytes);
      if (status === 'OKAY') continue;
      const length = status === 'FAIL' ? Number.parseInt((await this.#exactly(4)) ?? '', 16) : 0;
      throw new ServiceRefused((length > 0 ? await this.#exactly(length) : null) ?? 'the connection was closed');
    }
  }

  write(bytes: Uint8Array): void {
    if (!this.#over) this.#socket.write(bytes);
  }

  /** The pieces as they come. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (let piece = await this.#piece(); piece; piece = await this.#piece()) {
      yield piece;
      this.#taken(piece.length);
    }
  }

  /** Ends the service from this side; whoever waits for bytes gets no more. */
  end(): void {
    this.#over = true;
    this.#waiting = null;
    this.#socket.destroy();
    this.#wake();
  }

  async #piece(): Promise<Uint8Array | null> {
    while (this.#waiting === null && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting;
  }

  #taken(bytes: number): void {
    const rest = this.#waiting?.subarray(bytes) ?? null;
    this.#waiting = rest && rest.length > 0 ? rest : null;
    if (this.#waiting === null && !this.#over) this.#socket.resume();
  }

  /** So many bytes as text, or null where the connection ends before. */
  async #exactly(bytes: number): Promise<string | null> {
    let text = '';
    while (text.length < bytes) {
      const piece = await this.#piece();
      if (!piece) return null;
      const part = piece.subarray(0, bytes - text.length);
      text += Buffer.from(part).toString('latin1');
      this.#taken(part.length);
    }
    return text;
  }
}
