import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What an adb server sends: a text behind its length. */
export const sized = (text: string) => `${Buffer.byteLength(text).toString(16).padStart(4, '0')}${text}`;
export const okay = (text: string) => `OKAY${sized(text)}`;
export const fail = (text: string) => `FAIL${sized(text)}`;

export interface FakeServer {
  readonly port: number;
  /** The requests, in the order in which they came. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * Something on a port that answers each request with the bytes that `reply` gives: null hangs up, the empty text says nothing
 * and keeps the line. It may say anything: it is there to be wrong.
 */
export async function startFakeServer(reply: (request: string) => string | null, port = 0): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let held = '';
    socket.on('data', (piece) => {
      held += piece.toString('utf8');
      const length = Number.parseInt(held.slice(0, 4), 16);
      if (held.length < 4 + length) return;
      asked.push(held.slice(4));
      const said = reply(held.slice(4));
      if (said === null) socket.destroy();
      // The stock client waits for the end of these two.
      else if (said !== '' && /^host:(version|kill)$/.test(held.slice(4))) socket.end(said);
      else socket.write(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
