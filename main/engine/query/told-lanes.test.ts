import { afterAll, beforeAll, expect, it } from 'vitest';
import { tellLanes } from '../../../shared/timeline/lane-choice.ts';
import { contactsOfLane, orderLanes } from '../../../shared/timeline/lane-layout.ts';
import { laneKeys, laneOrders, windowView } from '../../../shared/types/timeline.ts';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import type { AskedWindow } from './bare-lanes.ts';
import { loadDictionary } from './dictionary.ts';
import { timelineWindow } from './timeline.ts';

const SECOND = 1_000_000;
const start = 1_763_800_000 * SECOND;
const LANES = 60;
const numbers = Array.from({ length: LANES }, (_, n) => n);
const country = (n: number) => `${String.fromCharCode(65 + Math.floor(n / 26))}${String.fromCharCode(65 + (n % 26))}`;
let held: MemoryCase;

/** Sixty apps with a network and a service each, half of their bytes in the background; contacts to sixty hosts, countries and organisations. */
beforeAll(async () => {
  held = await memoryCase();
  const apps = numbers.map((n) => ({
    uid: 10_000 + n,
    user: 0,
    name: `App ${n % 7}`,
    kind: 'app',
    packages: `["com.app${n}"]`,
    service_id: `service-${n}`,
    service_name: `Service ${n}`,
    service_vendor: null,
  }));
  await held.insert('app', apps);
  await held.insert(
    'network',
    numbers.map((n) => ({ id: n + 1, key: `wifi:${n}`, type: 'wifi', name: `net ${n}`, vpn: 0, said: '[]' })),
  );
  const series = numbers.flatMap((n) =>
    [0, 1].map((foreground) => ({
      id: 2 * n + foreground + 1,
      key: `k${n} ${foreground}`,
      section: 1,
      snapshot: 1,
      part: '',
      recorder: 'uid',
      history: 'complete',
      network: n + 1,
      uid: 10_000 + n,
      user: 0,
      counter_set: foreground ? 'FOREGROUND' : 'DEFAULT',
      foreground,
      tag: 0,
      bucket_us: 10 * SECOND,
      counted_as: null,
    })),
  );
  await held.insert('series', series);
  await held.insert(
    'volume',
    series.map(({ id }) => {
      const from_us = start + ((id * 7) % 50) * SECOND;
      const [sent, received] = [((id * 37) % 11) * 1000 + (id % 3), ((id * 53) % 13) * 900];
      return { id, series: id, from_us, to_us: from_us + 10 * SECOND, sent, received, counted: 1, superseded: 0 };
    }),
  );
  await held.insert(
    'address',
    numbers.map((n) => ({
      id: n + 1,
      ip: `198.51.100.${n}`,
      scope: 'public',
      country: country(n),
      disputed: 0,
      organisation: `org-${n}`,
      organisation_name: `Organisation ${n}`,
      own_services: 1,
      said: '[]',
    })),
  );
  await held.insert(
    'host',
    numbers.map((n) => ({
      id: n + 1,
      name: `h${n}.example.org`,
      service: `host-service-${n}`,
      service_name: `HS ${n}`,
    })),
  );
  const contacts = Array.from({ length: 400 }, (_, id) => ({ id: id + 1, to: id % 7 === 0 ? id % 5 : id % LANES }));
  await held.insert(
    'contact',
    contacts.map(({ id, to }) => ({
      id,
      section: 1,
      source: 'sockets',
      uid: 10_000 + (id % 90),
      from_us: start + (id % 100) * SECOND,
      to_us: start + (id % 100) * SECOND,
      open_start: 0,
      open_end: 0,
      protocol: 'tcp',
      local_ip: '10.0.0.2',
      local_port: 40_000,
      remote_ip: `198.51.100.${to}`,
      remote_port: 443,
      state: 'established',
      host: id % 2 === 0 ? `h${to}.example.org` : null,
      line: 4,
      offset: 200,
    })),
  );
});
afterAll(() => held.close());

const window = async (question: Partial<AskedWindow>) =>
  timelineWindow(held, await loadDictionary(held), {
    by: 'app',
    fromUs: start,
    toUs: start + 100 * SECOND,
    buckets: 50,
    filter: {},
    ...question,
  });

const sums = ['sent', 'received', 'sentBackground', 'receivedBackground', 'events'] as const;

it.each(laneKeys)('lanes by %s: those that are told and the rest add up to all of them, in every order', async (by) => {
  const all = await window({ by });
  expect(all.rest).toBeUndefined();
  expect(all.lanes.length).toBeGreaterThan(40);
  expect(all.sent + all.lanes.reduce((sum, lane) => sum + contactsOfLane(lane), 0)).toBeGreaterThan(0);
  const whole = new Map(all.lanes.map((lane) => [lane.key, lane]));
  for (const order of laneOrders) {
    const inOrder = orderLanes(all.lanes, order);
    for (const most of [1, 7, 30]) {
      const keep = most === 1 ? [] : [inOrder.at(-1)!, inOrder[3]!, 'nowhere'];
      const { rest, ...some } = windowView.parse(await window({ by, first: { most, order, keep } }));
      expect(some.lanes).toHaveLength(most);
      const kept = keep.filter((key) => whole.has(key));
      const firsts = inOrder.filter((key) => !kept.includes(key)).slice(0, most - kept.length);
      expect(new Set(some.lanes.map(({ key }) => key)), `${by} ${order}`).toEqual(new Set([...kept, ...firsts]));
      for (const lane of some.lanes) expect(lane).toEqual(whole.get(lane.key));
      for (const sum of sums) {
        expect(some[sum]).toBe(all[sum]);
        expect(
          some.lanes.reduce((total, lane) => total + lane[sum], rest![sum]),
          `${by} ${order} ${sum}`,
        ).toBe(all[sum]);
      }
      const untold = all.lanes.filter(({ key }) => !some.lanes.some((lane) => lane.key === key));
      expect(rest!.lanes).toBe(untold.length);
      expect(rest!.contacts).toBe(untold.reduce((sum, lane) => sum + contactsOfLane(lane), 0));
      expect(rest!.counted).toBe(untold.filter(({ intervals }) => intervals.events.length > 0).length);
    }
  }
});

it('lanes that the question names are told, whatever it chooses of the others', async () => {
  const first = { most: 2, order: 'sent', keep: [] } as const;
  const lanes = ['10001', '10002', '10003', '10004'];
  const some = await window({ lanes, first: { ...first, keep: [] } });
  expect([some.lanes.map(({ key }) => key).sort(), some.rest]).toEqual([lanes, undefined]);
  const pinned = await window({ first: { ...first, keep: lanes } });
  expect(pinned.lanes.map(({ key }) => key).sort()).toEqual(lanes);
});

it('where there are no more lanes than asked for, there is no rest', async () => {
  const { lanes } = await window({ by: 'host' });
  const first = { most: lanes.length, order: 'name', keep: [] } as const;
  expect('rest' in (await window({ by: 'host', first: { ...first, keep: [] } }))).toBe(false);
  expect(tellLanes(lanes, undefined)).toEqual({ told: lanes });
});
