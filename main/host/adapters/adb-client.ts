import type { Socket } from 'node:net';
import { Client } from '@devicefarmer/adbkit';

/** An event source that tells of phones: adbkit's tracker, as far as it is used here. */
export interface PhoneTracker {
  on(event: 'changeSet', listener: (changes: PhoneChanges) => void): unknown;
  on(event: 'end' | 'error', listener: () => void): unknown;
}

export interface PhoneChanges {
  readonly added: readonly { readonly id: string; readonly type: string }[];
  readonly changed: readonly { readonly id: string; readonly type: string }[];
  readonly removed: readonly { readonly id: string; readonly type: string }[];
}

/**
 * adbkit's client, with two things it lacks: it never starts a server by itself (that could kill a running one of
 * another version), and all its sockets can be destroyed at once, which is the only way to abandon a call that hangs.
 * Bluebird ends here: every function answers with a native promise.
 */
export class AdbClient {
  readonly #sockets = new Set<Socket>();
  readonly #client: Client;
  #ended = false;

  constructor(port: number) {
    const keep = (socket: Socket) => {
      if (this.#ended) socket.destroy();
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    };
    class KeptClient extends Client {
      override connection(): ReturnType<Client['connection']> {
        const opened = super.connection();
        return opened.then((connection: { getSocket(): unknown }) => {
          keep(connection.getSocket() as Socket);
          return connection;
        });
      }
    }
    // An empty program name makes adbkit's own attempt to start a server fail at once.
    this.#client = new KeptClient({ host: '127.0.0.1', port, bin: '' });
    this.#client.on('error', () => {});
  }

  /**
   * Follows the list of phones. `ended` is called once, when the server is gone. The listener is attached before the
   * first list can arrive, because adbkit starts to read inside its own constructor.
   */
  async track(changed: (changes: PhoneChanges) => void, ended: () => void): Promise<void> {
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      ended();
    };
    await Promise.resolve(
      this.#client.trackDevices().then((phones: PhoneTracker) => {
        phones.on('changeSet', changed);
        phones.on('end', end);
        phones.on('error', end);
      }) as PromiseLike<void>,
    );
    for (const socket of this.#sockets) socket.on('close', end);
  }

  /** Destroys every socket; calls that hang stay unsettled and are forgotten. */
  end(): void {
    this.#ended = true;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}
