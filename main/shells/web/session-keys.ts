import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The one-time key of the printed address, and the sessions that came of it. */
export interface SessionKeys {
  /** The key that opens the window once. A new one replaces it as soon as it was used. */
  readonly key: string;
  /** Exchanges the key for a session; null for a wrong or a used one. */
  redeem(key: string): string | null;
  isSession(session: string | undefined): boolean;
}

/** Keeps keys and sessions in memory only: a program that ends forgets them. */
export function createSessionKeys(): SessionKeys {
  let key = newSecret();
  const sessions = new Set<string>();
  return {
    get key() {
      return key;
    },
    redeem(offered) {
      if (!same(offered, key)) return null;
      key = newSecret();
      const session = newSecret();
      sessions.add(digest(session));
      return session;
    },
    isSession: (session) => session !== undefined && sessions.has(digest(session)),
  };
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares in a time that tells nothing about where two texts differ. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
}
