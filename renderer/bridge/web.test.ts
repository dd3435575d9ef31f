import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../shared/base/failure.ts';
import type { LinkState } from './bridge.ts';
import { socketWire } from './web.ts';

/** A socket whose other end is the test. */
class FakeSocket {
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  drop(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function setUp() {
  const sockets: FakeSocket[] = [];
  const wire = socketWire(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as WebSocket;
  });
  const links: LinkState['state'][] = [];
  wire.onLink((link) => links.push(link.state));
  return { wire, links, at: (index: number) => sockets[index]!, count: () => sockets.length };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the wire over a socket', () => {
  it('asks, and gives each answer to who asked', async () => {
    const { wire, at } = setUp();
    at(0).open();
    const first = wire.request('cases', 'recent', null);
    const second = wire.request('apps', 'list', { case: 'c1' });
    expect(at(0).sent.map((text) => JSON.parse(text))).toEqual([
      { id: 1, group: 'cases', name: 'recent', args: null },
      { id: 2, group: 'apps', name: 'list', args: { case: 'c1' } },
    ]);
    at(0).say({ id: 2, ok: true, value: ['b'] });
    at(0).say({ id: 1, ok: true, value: ['a'] });
    expect(await first).toEqual(['a']);
    expect(await second).toEqual(['b']);
  });

  it('makes a Failure of a failure', async () => {
    const { wire, at } = setUp();
    at(0).open();
    const asked = wire.request('cases', 'open', { path: 'x' });
    at(0).say({ id: 1, ok: false, error: { code: 'case-in-use', message: 'In use.', advice: 'Close it.' } });
    const failure = await asked.catch((thrown) => thrown);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'case-in-use', message: 'In use.', advice: 'Close it.' });
  });

  it('holds what is asked before the socket is open', async () => {
    const { wire, at } = setUp();
    const asked = wire.request('cases', 'recent', null);
    expect(at(0).sent).toEqual([]);
    at(0).open();
    expect(at(0).sent).toHaveLength(1);
    at(0).say({ id: 1, ok: true, value: [] });
    expect(await asked).toEqual([]);
  });

  it('carries news to who listens for it', () => {
    const { wire, at } = setUp();
    at(0).open();
    const heard: unknown[] = [];
    const end = wire.listen('tasks', 'changed', (payload) => heard.push(payload));
    at(0).say({ group: 'tasks', name: 'changed', payload: 1 });
    at(0).say({ group: 'phones', name: 'changed', payload: 2 });
    end();
    at(0).say({ group: 'tasks', name: 'changed', payload: 3 });
    expect(heard).toEqual([1]);
  });

  it('says so when the socket breaks, fails what was under way, and comes back by itself', async () => {
    const { wire, links, at, count } = setUp();
    at(0).open();
    const broken: Promise<unknown> = wire.request('report', 'write', {}).catch((thrown: unknown) => thrown);
    at(0).drop();
    const failure = (await broken) as Failure;
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.message).toMatch(/broke/);
    expect(failure.advice).not.toBeNull();
    const later = wire.request('cases', 'recent', null);
    vi.advanceTimersByTime(1000);
    expect(count()).toBe(2);
    at(1).open();
    expect(at(1).sent).toHaveLength(1);
    at(1).say({ id: 2, ok: true, value: ['back'] });
    expect(await later).toEqual(['back']);
    expect(links).toEqual(['connecting', 'connected', 'lost', 'connected']);
  });

  it('keeps listening over a new socket', () => {
    const { wire, at } = setUp();
    at(0).open();
    const heard: unknown[] = [];
    wire.listen('phones', 'changed', (payload) => heard.push(payload));
    at(0).drop();
    vi.advanceTimersByTime(1000);
    at(1).open();
    at(1).say({ group: 'phones', name: 'changed', payload: 'again' });
    expect(heard).toEqual(['again']);
  });

  it('waits longer after each failure, and never for ever', () => {
    const { at, count } = setUp();
    for (let round = 0; round < 8; round += 1) {
      at(count() - 1).drop();
      vi.advanceTimersByTime(5000);
      expect(count()).toBe(round + 2);
    }
  });
});
