import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import { loadDictionary } from './dictionary.ts';
import { lookUpLanes } from './look-up-lanes.ts';
import { timelineWindow } from './timeline.ts';

const SECOND = 1_000_000;
const start = 1_763_800_000 * SECOND;
let held: MemoryCase;

beforeAll(async () => {
  held = await memoryCase();
  const lookUp = (id: number, at: number, uid: number | null, name: string) => ({
    id,
    section: 1,
    from_us: start + at * SECOND,
    uid,
    client_ip: '10.0.0.2',
    server_ip: '10.0.0.1',
    name,
    type: 'A',
    is_response: 0,
    code: 0,
  });
  await held.insert('app', [{ uid: 10_001, user: 0, name: 'One', kind: 'app', packages: '["com.one"]' }]);
  await held.insert('lookup', [
    lookUp(1, 0, 10_001, 'a.example.org'),
    lookUp(2, 1, 10_001, 'a.example.org'),
    lookUp(3, 2, 10_001, 'b.example.org'),
    lookUp(4, 20, 10_001, 'B.example.org'),
    lookUp(5, 30, null, 'c.example.org'),
  ]);
});
afterAll(() => held.close());

const question = { fromUs: start, toUs: start + 100 * SECOND, filter: {} };

it('look-ups stand on the lane of who asked, those of one step in one mark with the name that they share', async () => {
  const lanes = await lookUpLanes(held, { ...question, by: 'app' }, 10 * SECOND);
  expect(lanes).toEqual([
    {
      lane: null,
      lookUps: { at: [start + 30 * SECOND], count: [1], first: ['l5'], name: ['c.example.org'] },
    },
    {
      lane: 10_001,
      lookUps: {
        at: [start, start + 20 * SECOND],
        count: [3, 1],
        first: ['l1', 'l4'],
        name: [null, 'B.example.org'],
      },
    },
  ]);
  const hosts = await lookUpLanes(held, { ...question, by: 'host' }, SECOND);
  expect(hosts.map(({ lane, lookUps }) => [lane, lookUps.at.length])).toEqual([
    ['a.example.org', 2],
    ['b.example.org', 2],
    ['c.example.org', 1],
  ]);
  for (const by of ['country', 'network', 'service', 'organisation'] as const)
    expect(await lookUpLanes(held, { ...question, by }, SECOND)).toEqual([]);
});

it('filters reach them, and they enter no sum and no count', async () => {
  const only = async (filter: object) =>
    (await lookUpLanes(held, { ...question, by: 'app', filter }, SECOND)).flatMap(({ lookUps }) => lookUps.first);
  expect(await only({ host: 'a.example.org' })).toEqual(['l1', 'l2']);
  expect(await only({ uid: 10_001, text: 'b.example' })).toEqual(['l3', 'l4']);
  expect(await only({ minBytes: 1 })).toEqual([]);
  const window = await timelineWindow(held, await loadDictionary(held), { ...question, by: 'app', buckets: 100 });
  expect(window).toMatchObject({ sent: 0, received: 0, events: 0 });
  expect(window.lanes.map(({ name, events, lookUps }) => [name, events, lookUps?.at.length])).toEqual([
    ['Unknown app', 0, 1],
    ['One', 0, 4],
  ]);
});
