import type { FromEngine, ToEngine } from './process-messages.ts';
import type { ParentLine } from './serve-process.ts';

/** The piece of Electron's `process.parentPort` that is used here; only the Electron shell may name Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The line to the process that started this one, under Node's `fork` or Electron's `utilityProcess`. */
export function parentLine(): ParentLine {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data as ToEngine)),
    };
  }
  if (!process.send) throw new Error('The engine process is started by the program, not by hand.');
  // A parent that died leaves no one to answer.
  process.on('disconnect', () => process.exit(0));
  return {
    send(message: FromEngine) {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as ToEngine)),
  };
}
