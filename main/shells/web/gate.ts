import type { IncomingMessage } from 'node:http';
import type { SessionKeys } from './session-keys.ts';

export type Refusal = { readonly status: 401 | 403 | 421; readonly sentence: string };

/** What stands between the loopback and the engine. `null` lets a request in. */
export interface Gate {
  /** For everything: the request was sent to this server by name, and by no other page. */
  address(request: IncomingMessage): Refusal | null;
  /** For all but the exchange of the key: the session's cookie. */
  session(request: IncomingMessage): Refusal | null;
  /** For what changes something and for the wire: the browser itself says that our own page asks. */
  origin(request: IncomingMessage): Refusal | null;
  readonly cookieName: string;
}

/**
 * Checks requests. A page elsewhere can make a browser send requests to the loopback, and can point a name of its own at
 * 127.0.0.1: the Host header defeats the second, Origin and Sec-Fetch-Site the first, the cookie (SameSite=Strict) both.
 */
export function createGate(port: number, keys: SessionKeys): Gate {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  // Cookies do not tell ports apart, so the name does.
  const cookieName = `phonehome-${port}`;

  function sameOrigin(request: IncomingMessage): boolean {
    return request.headers.origin === `http://${request.headers.host}`;
  }

  return {
    cookieName,
    address(request) {
      if (!hosts.has(request.headers.host ?? '')) {
        return { status: 421, sentence: 'Phonehome answers only at the address that it printed.' };
      }
      if (request.headers.origin !== undefined && !sameOrigin(request)) {
        return { status: 403, sentence: 'Phonehome does not answer other pages.' };
      }
      return null;
    },
    session(request) {
      if (keys.isSession(cookiesOf(request).get(cookieName))) return null;
      return {
        status: 401,
        sentence: 'This window has no session. Open the address that Phonehome printed in the terminal.',
      };
    },
    origin(request) {
      const site = request.headers['sec-fetch-site'];
      if (sameOrigin(request) && (site === undefined || site === 'same-origin')) return null;
      return { status: 403, sentence: 'Phonehome takes this only from its own window.' };
    },
  };
}

function cookiesOf(request: IncomingMessage): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return cookies;
}
