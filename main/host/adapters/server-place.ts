import { adbPortWrongAdvice, adbServerElsewhereAdvice } from '../../../shared/text/adb-advice.ts';
import type { Environment } from './adb-places.ts';

const defaultPort = 5037;

/** The port of the adb server on this computer, and a sentence where the environment asks for something else. */
export interface ServerPlace {
  readonly port: number;
  readonly elsewhere: string | null;
}

const thisComputer = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i;

function portFrom(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : null;
}

/**
 * Where the adb server is: the port that was given, else what adb's own variables say, in adb's order: ADB_SERVER_SOCKET
 * (`tcp:5038`, `tcp:localhost:5038`), else ANDROID_ADB_SERVER_PORT, else 5037. A server on another computer, or behind a
 * socket that is no port, is not used; that is said.
 */
export function serverPlace(given: number | undefined, environment: Environment): ServerPlace {
  if (given !== undefined) return { port: given, elsewhere: null };
  const { ADB_SERVER_SOCKET, ANDROID_ADB_SERVER_PORT, ANDROID_ADB_SERVER_ADDRESS } = environment;
  if (ADB_SERVER_SOCKET) {
    const [, host, port] = /^tcp:(?:(.*):)?(\d+)$/.exec(ADB_SERVER_SOCKET) ?? [];
    const found = portFrom(port ?? '');
    if (found !== null && (host === undefined || thisComputer.test(host))) return { port: found, elsewhere: null };
    return {
      port: defaultPort,
      elsewhere: adbServerElsewhereAdvice('ADB_SERVER_SOCKET', ADB_SERVER_SOCKET, defaultPort),
    };
  }
  const said = ANDROID_ADB_SERVER_PORT ? portFrom(ANDROID_ADB_SERVER_PORT.trim()) : defaultPort;
  const port = said ?? defaultPort;
  if (ANDROID_ADB_SERVER_ADDRESS && !thisComputer.test(ANDROID_ADB_SERVER_ADDRESS)) {
    const elsewhere = adbServerElsewhereAdvice('ANDROID_ADB_SERVER_ADDRESS', ANDROID_ADB_SERVER_ADDRESS, port);
    return { port, elsewhere };
  }
  if (said === null)
    return { port, elsewhere: adbPortWrongAdvice('ANDROID_ADB_SERVER_PORT', ANDROID_ADB_SERVER_PORT!, port) };
  return { port, elsewhere: null };
}
