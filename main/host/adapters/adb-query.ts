import { connect } from 'node:net';

/**
 * What an adb server said to one question. `none`: nobody listens; `stranger`: what listens is no adb server; `silent`: it
 * takes the connection and says nothing in time; `closed`: it hung up before it had answered.
 */
export type ServerAnswer =
  | { readonly kind: 'okay'; readonly text: string }
  | { readonly kind: 'fail'; readonly text: string }
  | { readonly kind: 'none' | 'stranger' | 'silent' | 'closed' };

/**
 * Asks the adb server one question that has one answer (`host:version`, `host-serial:S:features`). Unlike adbkit's
 * calls it never starts a server by itself, and it gives up after `timeoutMs`.
 */
export function askServer(port: number, question: string, timeoutMs = 3000): Promise<ServerAnswer> {
  return new Promise((resolve) => {
    let held: Buffer = Buffer.alloc(0);
    let connected = false;
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answer: ServerAnswer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish({ kind: connected ? 'silent' : 'none' }), timeoutMs);
    socket.on('connect', () => {
      connected = true;
      const length = Buffer.byteLength(question).toString(16).padStart(4, '0');
      socket.write(`${length}${question}`);
    });
    socket.on('data', (piece) => {
      held = Buffer.concat([held, piece]);
      const word = (at: number) => held.toString('latin1', at, at + 4);
      const isStatus = (text: string) => text === 'OKAY' || text === 'FAIL';
      if (held.length >= 4 && !isStatus(word(0))) return finish({ kind: 'stranger' });
      if (held.length < 8) return;
      // Some services are taken with OKAY and then answer with a status of their own: `host:pair` since adb 31.
      const from = isStatus(word(4)) ? 4 : 0;
      if (held.length < from + 8) return;
      const size = word(from + 4);
      if (!/^[0-9a-f]{4}$/i.test(size)) return finish({ kind: 'stranger' });
      const end = from + 8 + Number.parseInt(size, 16);
      if (held.length < end) return;
      finish({ kind: word(from) === 'OKAY' ? 'okay' : 'fail', text: held.toString('utf8', from + 8, end) });
    });
    const gone = () => finish({ kind: connected ? 'closed' : 'none' });
    socket.on('error', gone);
    socket.on('close', gone);
  });
}
