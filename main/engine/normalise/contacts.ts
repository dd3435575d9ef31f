import type { Micros } from '../../../shared/base/time.ts';
import type { SocketRecord } from '../model/record.ts';
import { follows, type Placed, type TimedLook } from './looks.ts';

/** A connection as looks saw it: from the first that listed it to the last that did. */
export interface Contact {
  readonly section: number;
  readonly line: number | null;
  readonly offset: number | null;
  uid: number | null;
  readonly protocol: 'tcp' | 'udp';
  readonly localIp: string;
  readonly localPort: number;
  readonly remoteIp: string;
  readonly remotePort: number;
  inode: number | null;
  /** In the order in which they were seen, each once. */
  readonly states: string[];
  readonly fromUs: Micros;
  toUs: Micros;
  /** It was listed already at the first look of its stretch. */
  readonly openStart: boolean;
  /** It was listed still at the last look of its stretch. */
  openEnd: boolean;
  /** Distance to the look before the first and to the one behind the last; null where there is none that did not list it. */
  readonly beforeUs: number | null;
  afterUs: number | null;
  /** How exactly the looks themselves are dated. */
  lookErrorUs: number;
}

/** What a tracker tells; a contact that is told of keeps being the same object. */
export interface ContactListener {
  opened?(contact: Contact): void;
  /** It was listed again. */
  seen?(contact: Contact): void;
  closed(contact: Contact): void;
}

const nowhere = new Set(['0.0.0.0', '::']);
const isLoopback = (ip: string) => ip.startsWith('127.') || ip === '::1';

/** Sockets that wait for somebody, that are bound to nobody, and those within the phone are no contacts. */
export function isContact({ remoteIp, localIp, state }: SocketRecord): boolean {
  if (state === 'listen' || state === 'closed' || nowhere.has(remoteIp)) return false;
  return !isLoopback(remoteIp) && !isLoopback(localIp);
}

/** Over already: the kernel only remembers the addresses for a while, and no longer whose they were. */
const isOver = (state: string) => state === 'time wait';

const keyOf = (one: SocketRecord): string =>
  `${one.table.slice(0, 3)} ${one.localIp} ${one.localPort} ${one.remoteIp} ${one.remotePort}`;

/** How far the ends of a contact may be off; null where nothing bounds them. Microseconds. */
export function contactErrorUs({ beforeUs, afterUs, lookErrorUs }: Contact): number | null {
  if (beforeUs === null && afterUs === null) return null;
  return Math.max(beforeUs ?? 0, afterUs ?? 0) + lookErrorUs;
}

/**
 * Follows connections from look to look. One is the same as long as protocol, both addresses and both ports are, and the
 * number of its socket where it has one. A gap ends all with an open end.
 */
export class ContactTracker {
  readonly #listener: ContactListener;
  readonly #open = new Map<string, { readonly contact: Contact; readonly table: string }>();
  /** Connections that are over and that the kernel still lists. */
  readonly #over = new Set<string>();
  #last: TimedLook | null = null;

  constructor(listener: ContactListener) {
    this.#listener = listener;
  }

  /** Those that the last look listed, as far as they are contacts. */
  get open(): readonly Contact[] {
    return [...this.#open.values()].map(({ contact }) => contact);
  }

  look(sockets: readonly Placed<SocketRecord>[], look: TimedLook, section: number): void {
    const before = this.#last && follows(this.#last, look) ? this.#last : null;
    if (!before) this.end();
    this.#last = look;
    const listed = new Set<string>();
    for (const { record, at } of sockets) {
      if (!isContact(record)) continue;
      const key = keyOf(record);
      // Two sockets may share all that a key holds only by mistake of the kernel's list: the first is taken.
      if (listed.has(key)) continue;
      listed.add(key);
      const held = this.#open.get(key);
      if (isOver(record.state)) {
        if (held) {
          if (!held.contact.states.includes(record.state)) held.contact.states.push(record.state);
          this.#close(key, look);
        } else if (!this.#over.has(key)) {
          // It was open at some time before this look, and by this one it is over.
          this.#begin(key, record, at, look, before, section);
          this.#close(key, null);
        }
        this.#over.add(key);
        continue;
      }
      this.#over.delete(key);
      const other = held && held.contact.inode !== null && record.inode !== null && held.contact.inode !== record.inode;
      if (other) this.#close(key, look);
      if (held && !other) this.#goesOn(held.contact, record, look);
      else this.#begin(key, record, at, look, before, section);
    }
    for (const [key, { table }] of this.#open) {
      // What a table that did not come would have listed is not known.
      if (!listed.has(key) && look.parts.has(table)) this.#close(key, look);
    }
    for (const key of this.#over) if (!listed.has(key)) this.#over.delete(key);
  }

  #begin(
    key: string,
    record: SocketRecord,
    at: Placed<SocketRecord>['at'],
    look: TimedLook,
    before: TimedLook | null,
    section: number,
  ): void {
    const contact: Contact = {
      section,
      line: at.line,
      offset: at.offset,
      uid: record.uid,
      protocol: record.table.startsWith('tcp') ? 'tcp' : 'udp',
      localIp: record.localIp,
      localPort: record.localPort,
      remoteIp: record.remoteIp,
      remotePort: record.remotePort,
      inode: record.inode,
      states: [record.state],
      fromUs: look.atUs,
      toUs: look.atUs,
      openStart: before === null,
      openEnd: true,
      beforeUs: before === null ? null : look.atUs - before.atUs,
      afterUs: null,
      lookErrorUs: look.errorUs,
    };
    this.#open.set(key, { contact, table: record.table });
    this.#listener.opened?.(contact);
  }

  #goesOn(contact: Contact, record: SocketRecord, look: TimedLook): void {
    contact.toUs = look.atUs;
    contact.uid ??= record.uid;
    contact.inode ??= record.inode;
    contact.lookErrorUs = Math.max(contact.lookErrorUs, look.errorUs);
    if (!contact.states.includes(record.state)) contact.states.push(record.state);
    this.#listener.seen?.(contact);
  }

  /** The look no longer lists it as open; null: the look that began it says so itself. */
  #close(key: string, look: TimedLook | null): void {
    const held = this.#open.get(key);
    if (!held) return;
    const { contact } = held;
    contact.openEnd = false;
    contact.afterUs = look && look.atUs - contact.toUs;
    this.#open.delete(key);
    this.#listener.closed(contact);
  }

  /** The looks end here, for good or for a while. */
  end(): void {
    for (const { contact } of this.#open.values()) this.#listener.closed(contact);
    this.#open.clear();
    this.#last = null;
  }
}
