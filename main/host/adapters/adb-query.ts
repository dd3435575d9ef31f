import { connect } from 'node:net';

/** What an adb server said to one question. `none`: nobody listens; `stranger`: what listens is no adb server. */
export type ServerAnswer =
  | { readonly kind: 'okay'; readonly text: string }
  | { readonly kind: 'fail'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'stranger' };

/**
 * Asks the adb server one question that has one answer (`host:version`, `host-serial:S:features`). Unlike adbkit's
 * calls it never starts a server by itself, and it gives up after `timeoutMs`.
 */
export function askServer(port: number, question: string, timeoutMs = 3000): Promise<ServerAnswer> {
  return new Promise((resolve) => {
    let held = '';
    let connected = false;
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answer: ServerAnswer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish({ kind: connected ? 'stranger' : 'none' }), timeoutMs);
    socket.on('connect', () => {
      connected = true;
      const length = Buffer.byteLength(question).toString(16).padStart(4, '0');
      socket.write(`${length}${question}`);
    });
    socket.on('data', (piece) => {
      held += piece.toString('latin1');
      const status = held.slice(0, 4);
      if (held.length >= 4 && status !== 'OKAY' && status !== 'FAIL') return finish({ kind: 'stranger' });
      if (held.length < 8) return;
      const length = Number.parseInt(held.slice(4, 8), 16);
      if (Number.isNaN(length)) return finish({ kind: 'stranger' });
      if (held.length < 8 + length) return;
      finish({ kind: status === 'OKAY' ? 'okay' : 'fail', text: held.slice(8, 8 + length) });
    });
    socket.on('error', () => finish({ kind: connected ? 'stranger' : 'none' }));
    socket.on('close', () => finish({ kind: connected ? 'stranger' : 'none' }));
  });
}
