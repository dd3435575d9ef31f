import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventFilter } from '../../../shared/types/event.ts';
import { type MemoryCase, memoryCase, seriesRow } from '../../../test/support/memory-case.ts';
import { contactLanes } from './contact-lanes.ts';
import { loadDictionary } from './dictionary.ts';
import { eventPage, eventStream } from './events.ts';
import { caseSpan } from './overview.ts';
import { timelineWindow } from './timeline.ts';

const SECOND = 1_000_000;
const start = 1_763_800_000 * SECOND;
let held: MemoryCase;

const contact = (id: number, uid: number | null, from: number, to: number, ip = '192.0.2.1', change: object = {}) => ({
  id,
  section: 1,
  source: 'sockets',
  uid,
  from_us: start + from * SECOND,
  to_us: start + to * SECOND,
  error_us: null,
  open_start: 0,
  open_end: 0,
  protocol: 'tcp',
  local_ip: '10.0.0.2',
  local_port: 40_000,
  remote_ip: ip,
  remote_port: 443,
  state: 'established',
  host: null,
  sent: null,
  received: null,
  line: 4,
  offset: 200,
  ...change,
});

beforeAll(async () => {
  held = await memoryCase();
  await held.insert('section', [
    { id: 1, evidence: 'E1', name: 'proc net sockets', offset: 0, length: 1, records: 1, warnings: 0, cut: 0 },
  ]);
  await held.insert('network', [{ id: 1, key: 'wifi', type: 'wifi', vpn: 0, said: '[]' }]);
  await held.insert('app', [{ uid: 10_001, user: 0, name: 'One', kind: 'app', packages: '["com.one"]' }]);
  await held.insert('series', [seriesRow()]);
  await held.insert('volume', [
    { id: 1, series: 1, from_us: start, to_us: start + 10 * SECOND, sent: 5, received: 6, counted: 1, superseded: 0 },
  ]);
  await held.insert('contact', [
    contact(1, 10_001, 1, 1),
    contact(2, 10_001, 2, 2, '192.0.2.2'),
    contact(3, 10_001, 3, 90, '2001:db8::1'),
    contact(4, 10_002, 50, 51),
    contact(5, null, 60, 60),
  ]);
});
afterAll(() => held.close());

const ask = (filter: EventFilter = {}, stepUs = 1) =>
  contactLanes(held, { by: 'app', fromUs: start, toUs: start + 100 * SECOND, filter }, stepUs);

describe('contacts on the lanes', () => {
  it('are marks of their own while they can be told apart', async () => {
    const lanes = await ask();
    expect(lanes.map(({ lane }) => lane)).toEqual([null, 10_001, 10_002]);
    const { contacts, events, lastUs } = lanes[1]!;
    expect(contacts).toMatchObject({ count: [1, 1, 1], first: ['c1', 'c2', 'c3'], country: [null, null, null] });
    expect(contacts.peer).toEqual(['192.0.2.1:443', '192.0.2.2:443', '[2001:db8::1]:443']);
    expect([events, lastUs]).toEqual([3, start + 90 * SECOND]);
  });

  it('are merged below a drawable step, with their number and the first of them', async () => {
    const [, one] = await ask({}, 10 * SECOND);
    expect(one!.contacts).toMatchObject({ count: [2, 1], first: ['c1', 'c3'], peer: [null, '[2001:db8::1]:443'] });
    expect([one!.contacts.from[0], one!.contacts.to[0]]).toEqual([start + SECOND, start + 2 * SECOND]);
  });

  it('say which ends are open, and how far a clock may be off', async () => {
    const other = await memoryCase();
    await other.insert('section', [
      { id: 7, evidence: 'E7', name: 'packet capture', offset: 0, length: 1, records: 1, warnings: 0, cut: 0 },
    ]);
    await other.insert('capture', [
      {
        id: 7,
        from_us: start,
        to_us: start + 90 * SECOND,
        made: 'unknown',
        offset_us: -4000,
        error_us: 500,
        clock: 'ntp',
        compared: 3,
        agreeing: 3,
        apps_same: 0,
        apps_other: 0,
      },
    ]);
    await other.insert('contact', [
      contact(1, 10_001, 1, 2, '192.0.2.1', { open_start: 1, error_us: 70 }),
      contact(2, 10_001, 3, 4, '192.0.2.1', { open_end: 1 }),
      contact(3, 10_001, 40, 41, '192.0.2.1', { section: 7, source: 'capture' }),
      contact(4, 10_001, 60, 61),
    ]);
    const question = { by: 'app', fromUs: start, toUs: start + 100 * SECOND, filter: {} } as const;
    const [apart] = await contactLanes(other, question, 1);
    expect(apart!.contacts.open).toEqual([1, 2, 0, 0]);
    // A captured flow stands at its own clock: what parts that from the phone's counts too.
    expect(apart!.contacts.error).toEqual([70, null, 4500, null]);
    const [merged] = await contactLanes(other, question, 30 * SECOND);
    await other.close();
    expect([merged!.contacts.open, merged!.contacts.error]).toEqual([
      [3, 0, 0],
      [70, 4500, null],
    ]);
  });

  it('fall to filters on what they do not know, and answer to those on peer and app', async () => {
    const total = async (filter: EventFilter) => (await ask(filter)).reduce((sum, { events }) => sum + events, 0);
    expect(await total({ host: '192.0.2.1' })).toBe(3);
    expect(await total({ text: 'db8' })).toBe(1);
    expect(await total({ app: 'com.one' })).toBe(3);
    expect(await total({ uid: 10_002, kind: 'contact' })).toBe(1);
    for (const filter of [
      { direction: 'sent' },
      { minBytes: 1 },
      { countedOnly: true },
      { kind: 'volume' },
      { country: 'XX' },
      { backgroundOnly: true },
    ] as const) {
      expect(await total(filter)).toBe(0);
    }
  });

  it('make lanes for those who have no bytes, and stand on the lanes of those who have', async () => {
    const question = { by: 'app', fromUs: start, toUs: start + 100 * SECOND, buckets: 1000, filter: {} } as const;
    const window = await timelineWindow(held, await loadDictionary(held), question);
    expect(window.lanes.map(({ key, sent, events }) => [key, sent, events])).toEqual([
      ['10001', 5, 4],
      ['', 0, 1],
      ['10002', 0, 1],
    ]);
    expect(window.lanes[1]).toMatchObject({
      name: 'Unknown app',
      intervals: { from: [] },
      contacts: { first: ['c5'] },
    });
    expect(window.events).toBe(6);
    const hosts = await timelineWindow(held, await loadDictionary(held), {
      ...question,
      filter: { host: '192.0.2.2' },
    });
    expect(hosts.lanes.map(({ key, intervals, contacts }) => [key, intervals.from, contacts?.first])).toEqual([
      ['10001', [], ['c2']],
    ]);
  });

  it('belong to the span of the case', async () => {
    expect(await caseSpan(held)).toEqual({ fromUs: start, toUs: start + 90 * SECOND + 1 });
  });
});

describe('contacts among events', () => {
  it('stream in time order with the rest, and fill a page behind the bytes', async () => {
    const dictionary = await loadDictionary(held);
    const streamed: string[] = [];
    for await (const page of eventStream(held, dictionary, {})) streamed.push(...page.map(({ id }) => id));
    expect(streamed).toEqual(['v1', 'c1', 'c2', 'c3', 'c4', 'c5']);
    const all = await eventPage(held, dictionary, {}, 3, 0);
    expect([all.total, all.events.map(({ id }) => id)]).toEqual([6, ['v1', 'c1', 'c2']]);
    expect((await eventPage(held, dictionary, {}, 3, 3)).events.map(({ id }) => id)).toEqual(['c3', 'c4', 'c5']);
  });

  it('say whose they are, to whom, and how they were seen; what is not known is null', async () => {
    const { events } = await eventPage(
      held,
      await loadDictionary(held),
      { kind: 'contact', host: '2001:db8::1' },
      5,
      0,
    );
    expect(events).toMatchObject([
      {
        id: 'c3',
        kind: 'contact',
        uid: 10_001,
        app: 'One',
        sent: null,
        direction: null,
        network: null,
        remote: { ip: '2001:db8::1', port: 443, protocol: 'tcp', host: null },
        seen: { openAtFirst: false, openAtLast: false, state: 'established', local: '10.0.0.2:40000' },
        evidence: { id: 'E1', section: 'proc net sockets', line: 4, offset: 200 },
        counted: false,
      },
    ]);
  });
});
