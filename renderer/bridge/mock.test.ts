import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../shared/base/failure.ts';
import { contract } from '../../shared/contract/contract.ts';
import { type ContractShape, call, createClient, type Emit, event } from '../../shared/contract/derive.ts';
import type { LiveView } from '../../shared/types/task.ts';
import { mockHandlers } from './mock/handlers.ts';
import { localWire, mockBridge } from './mock.ts';

const { client } = mockBridge({ pace: 0 });

describe('the wire inside the page', () => {
  const shape = {
    sums: { add: call(z.object({ a: z.number(), b: z.number() }), z.number()), heard: event(z.string()) },
  } as const;
  function wireOf(add: () => Promise<number>) {
    let tell: Emit<typeof shape> = () => {};
    const wire = localWire(shape, (emit) => {
      tell = emit;
      return { sums: { add } };
    });
    return { client: createClient(shape, wire), wire, tell: (text: string) => tell('sums', 'heard', text) };
  }

  it('checks arguments before the handler sees them', async () => {
    let asked = false;
    const { wire } = wireOf(async () => {
      asked = true;
      return 1;
    });
    await expect(wire.request('sums', 'add', { a: 1 })).rejects.toBeInstanceOf(Failure);
    expect(asked).toBe(false);
  });

  it('refuses an answer that does not fit the contract', async () => {
    const { client: sums } = wireOf(async () => 'three' as unknown as number);
    await expect(sums.sums.add({ a: 1, b: 2 })).rejects.toBeInstanceOf(Failure);
  });

  it('refuses a call that the contract does not have', async () => {
    const { wire } = wireOf(async () => 3);
    await expect(wire.request('sums', 'heard', null)).rejects.toThrow(/no call of the contract/);
    await expect(wire.request('constructor', 'name', null)).rejects.toThrow(/no call of the contract/);
  });

  it('carries news to all who listen until they stop', () => {
    const { client: sums, tell } = wireOf(async () => 3);
    const heard: string[] = [];
    const end = sums.sums.on.heard((text) => heard.push(`a ${text}`));
    sums.sums.on.heard((text) => heard.push(`b ${text}`));
    tell('one');
    end();
    tell('two');
    expect(heard).toEqual(['a one', 'b one', 'b two']);
  });

  it('keeps a failure whole', async () => {
    const { client: sums } = wireOf(async () => {
      throw new Failure('disk-full', 'The disk is full.', 'Nothing was lost.');
    });
    await expect(sums.sums.add({ a: 1, b: 2 })).rejects.toMatchObject({
      code: 'disk-full',
      message: 'The disk is full.',
      advice: 'Nothing was lost.',
    });
  });
});

describe('the test double', () => {
  it('answers every call of the contract', () => {
    const handlers = mockHandlers(() => {}) as unknown as Record<string, Record<string, unknown>>;
    const missing: string[] = [];
    for (const [group, members] of Object.entries(contract as ContractShape)) {
      for (const [name, member] of Object.entries(members)) {
        if (member.is === 'call' && typeof handlers[group]?.[name] !== 'function') missing.push(`${group}.${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('holds one world: apps, lanes, overview and events agree to the byte', async () => {
    const id = { case: 'c1' };
    const apps = await client.apps.list(id);
    const whole = await client.timeline.overview({ ...id, bins: 400 });
    const lanes = await client.timeline.window({
      ...id,
      by: 'app',
      fromUs: whole.fromUs,
      toUs: whole.toUs,
      buckets: 900,
      filter: {},
    });
    const sumOf = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0);
    const sent = sumOf(apps.map((app) => app.sent));
    expect(apps).toHaveLength(120);
    expect(sent).toBeGreaterThan(0);
    expect(lanes.sent).toBe(sent);
    expect(sumOf(lanes.lanes.map((lane) => sumOf(lane.intervals.sent)))).toBe(sent);
    expect(Math.round(sumOf(whole.sent))).toBe(sent);
    const app = apps[3]!;
    const { events, total } = await client.events.list({ ...id, filter: { uid: app.uid }, limit: 5000, offset: 0 });
    expect(events).toHaveLength(total);
    expect(sumOf(events.map((one) => one.sent ?? 0))).toBe(app.sent);
  });

  it('is the same world every time', async () => {
    const again = await mockBridge().client.apps.list({ case: 'c1' });
    expect(again).toEqual(await client.apps.list({ case: 'c1' }));
  });

  it('marks the line that an event was read from', async () => {
    const detail = await client.events.detail({ case: 'c1', id: 'v500' });
    const hits = detail.raw.lines.filter((line) => line.hit);
    expect(hits).toHaveLength(1);
    expect(hits[0]?.text).toContain(`tb=${detail.event.sent}`);
    expect(hits[0]?.n).toBe(detail.event.evidence.line);
  });

  it('tells the progress of work, and ends it when asked', async () => {
    const seen: string[] = [];
    const end = client.tasks.on.changed((view) => {
      if (view.task !== 'mine') return;
      seen.push(view.state);
      if (seen.length === 2) void client.tasks.cancel({ task: 'mine' });
    });
    const work = client.evidence.verify({ case: 'c1', task: 'mine' });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    end();
    expect(seen.at(0)).toBe('running');
    expect(seen.at(-1)).toBe('cancelled');
  });

  it('plays a live acquisition: seen while it runs, with its gap, and ended by a cancel that is no failure', async () => {
    const { client: live } = mockBridge({ pace: 0 });
    const seen: LiveView[] = [];
    let changes = 0;
    const ends = [
      live.cases.on.changed(() => {
        changes += 1;
      }),
      live.tasks.on.changed((view) => {
        if (!view.live) return;
        seen.push(view.live);
        if (view.live.gaps.some((gap) => gap.toUs !== null)) void live.tasks.cancel({ task: 'watch' });
      }),
    ];
    const outcome = await live.phones.acquire({ case: 'c1', task: 'watch', serial: null, profile: 'live' });
    for (const end of ends) end();
    expect(outcome.state).toBe('complete');
    expect(seen.some((view) => view.state === 'waiting' && view.gaps.at(-1)?.toUs === null)).toBe(true);
    expect(changes).toBeGreaterThan(10);
    const last = seen.at(-1)!;
    const fromUs = last.startedUs;
    const ask = { case: 'c1', by: 'app', fromUs, toUs: last.lastUs! + 1, buckets: 2000, filter: {} } as const;
    const { lanes } = await live.timeline.window(ask);
    const contacts = lanes.flatMap((lane) => lane.contacts?.first ?? []);
    const { total } = await live.events.list({ case: 'c1', filter: { kind: 'contact' }, limit: 1, offset: 0 });
    expect(contacts.length).toBeGreaterThan(20);
    expect(lanes.reduce((sum, lane) => sum + (lane.contacts?.count.reduce((a, b) => a + b, 0) ?? 0), 0)).toBe(total);
    const detail = await live.events.detail({ case: 'c1', id: contacts[0]! });
    expect([detail.event.kind, detail.event.sent, detail.event.remote === null]).toEqual(['contact', null, false]);
    const sockets = (await live.timeline.overview({ case: 'c1', bins: 10 })).coverage.filter(
      (span) => span.source === 'live sockets',
    );
    expect(sockets).toHaveLength(2);
  });
});
