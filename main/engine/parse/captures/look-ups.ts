import type { DnsMessage } from './dns-message.ts';
import { addressText } from './ip-packet.ts';

const MOST = 100_000;
/** Names that the capture itself gives; one that is longer than DNS allows is none. */
const MOST_GIVEN = 20_000;
const LONGEST_NAME = 255;

/** Which name last led to an address, so that a contact without a name of its own gets the one that was looked up before it. */
export class LookUps {
  private readonly names = new Map<string, string>();
  private readonly given = new Map<string, string>();

  /** Takes the addresses of an answer. The name is that of the question: what lies between are the server's own names. */
  take(message: DnsMessage): void {
    if (!message.isResponse || message.code !== 0) return;
    for (const { type, value } of message.answers) {
      if ((type !== 'A' && type !== 'AAAA') || value === null) continue;
      this.names.delete(value);
      this.names.set(value, message.name);
      if (this.names.size > MOST) this.names.delete(this.names.keys().next().value!);
    }
  }

  /** Takes a name that the capture itself has for an address. The first one is kept: the others are its aliases. */
  give(address: string, name: string | undefined): void {
    if (name === undefined || name.length > LONGEST_NAME || this.given.size >= MOST_GIVEN || this.given.has(address))
      return;
    this.given.set(address, name.toLowerCase());
  }

  /** The name that the capture itself has for an address, or null. */
  givenTo(address: string): string | null {
    return this.given.get(address) ?? null;
  }

  /** The name for an address, or null. */
  nameOf(version: 4 | 6, words: ArrayLike<number>, from: number): string | null {
    if (this.names.size === 0) return null;
    return this.names.get(addressText(version, words, from)) ?? null;
  }
}
