import { describe, expect, it } from 'vitest';
import type { SocketRecord } from '../model/record.ts';
import { type Contact, ContactTracker, contactErrorUs } from './contacts.ts';
import type { TimedLook } from './looks.ts';

const socket = (change: Partial<SocketRecord> = {}): SocketRecord => ({
  kind: 'socket',
  table: 'tcp',
  localIp: '10.0.2.15',
  localPort: 40_000,
  remoteIp: '192.0.2.1',
  remotePort: 443,
  state: 'established',
  uid: 10_001,
  inode: 77,
  ...change,
});

/** Looks a second apart, each with its sockets; `null` is a gap of a minute. */
function seen(looks: readonly (readonly SocketRecord[] | null)[], parts = ['tcp', 'tcp6', 'udp', 'udp6']) {
  const closed: Contact[] = [];
  const tracker = new ContactTracker({ closed: (contact) => closed.push(contact) });
  let atUs = 1_000_000_000;
  let stretch = 1;
  let number = 0;
  for (const sockets of looks) {
    if (sockets === null) {
      atUs += 59_000_000;
      stretch += 1;
      continue;
    }
    atUs += 1_000_000;
    number += 1;
    const look: TimedLook = { atUs, errorUs: 10, uptimeUs: atUs, parts: new Set(parts), sample: { stretch, number } };
    tracker.look(
      sockets.map((record, line) => ({ record, at: { line, offset: number * 1000 } })),
      look,
      5,
    );
  }
  tracker.end();
  return closed.map((one) => ({ ...one, fromUs: one.fromUs / 1e6 - 1000, toUs: one.toUs / 1e6 - 1000 }));
}

describe('a connection over looks', () => {
  it('is one contact from the first look that listed it to the last, and its ends are as exact as the looks are close', () => {
    const [contact, ...more] = seen([[], [socket()], [socket()], [socket()], []]);
    expect(more).toEqual([]);
    expect(contact).toMatchObject({ fromUs: 2, toUs: 4, openStart: false, openEnd: false, line: 0, offset: 2000 });
    expect(contactErrorUs(contact!)).toBe(1_000_010);
  });

  it('that is there at the first and at the last look has open ends', () => {
    expect(seen([[socket()], [socket()]])).toMatchObject([{ fromUs: 1, toUs: 2, openStart: true, openEnd: true }]);
    expect(contactErrorUs(seen([[socket()]])[0]!)).toBeNull();
  });

  it('ends with an open end at a gap, and behind it another contact begins', () => {
    const both = seen([[], [socket()], null, [socket()], []]);
    expect(both).toMatchObject([
      { fromUs: 2, toUs: 2, openStart: false, openEnd: true },
      { fromUs: 62, toUs: 62, openStart: true, openEnd: false },
    ]);
  });

  it('with another socket on the same ports is another one', () => {
    expect(seen([[socket()], [socket({ inode: 78 })]])).toHaveLength(2);
  });

  it('keeps its uid when the kernel forgets it, and is over once it only waits to be forgotten', () => {
    const waits = socket({ state: 'time wait', uid: null, inode: null });
    const [contact, ...more] = seen([
      [socket()],
      [socket({ state: 'fin wait 2', uid: null, inode: null })],
      [waits],
      [waits],
      [],
    ]);
    expect(more).toEqual([]);
    expect(contact).toMatchObject({ uid: 10_001, fromUs: 1, toUs: 2, openEnd: false });
    expect(contact!.states).toEqual(['established', 'fin wait 2', 'time wait']);
  });

  it('that was never seen open is told once, as a moment without an owner', () => {
    const waits = socket({ state: 'time wait', uid: null, inode: null });
    const [contact, ...more] = seen([[], [waits], [waits], []]);
    expect(more).toEqual([]);
    expect(contact).toMatchObject({ uid: null, fromUs: 2, toUs: 2, openStart: false, openEnd: false });
    expect(contactErrorUs(contact!)).toBe(1_000_010);
  });

  it('of a table that did not come is not taken for ended', () => {
    const looks = [[socket({ table: 'udp' })], [], []];
    expect(seen(looks, ['tcp'])).toMatchObject([{ fromUs: 1, toUs: 1, openEnd: true }]);
  });

  it('that waits for somebody, that has no peer, or that stays within the phone is none', () => {
    const none = [
      socket({ state: 'listen', remoteIp: '0.0.0.0', remotePort: 0 }),
      socket({ table: 'udp', state: 'closed', remoteIp: '::', remotePort: 0 }),
      socket({ localIp: '127.0.0.1', remoteIp: '127.0.0.1' }),
      socket({ localIp: '::1', remoteIp: '::1' }),
    ];
    expect(seen([none, none])).toEqual([]);
  });
});
