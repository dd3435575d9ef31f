import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../shared/base/failure.ts';
import { call, createClient, event, type Handlers, type News } from '../../shared/contract/derive.ts';
import { wireTo } from './in-process.ts';
import { isRequest, serve } from './serve-contract.ts';

const shape = {
  sums: {
    add: call(z.object({ parts: z.array(z.number()).min(1), note: z.string().optional() }), z.number()),
    fail: call(z.null(), z.null()),
    crash: call(z.null(), z.null()),
    lie: call(z.null(), z.number()),
    told: event(z.string()),
  },
} as const;

const handlers: Handlers<typeof shape> = {
  sums: {
    add: async ({ parts }) => parts.reduce((sum, part) => sum + part, 0),
    fail: async () => {
      throw new Failure('not-found', 'There is no such sum.', 'Nothing was lost.');
    },
    crash: async () => {
      throw new TypeError('x is not a function');
    },
    lie: async () => 'four' as unknown as number,
  },
};

const ask = (group: string, name: string, args: unknown, checkResults = true) =>
  serve(shape, handlers, { checkResults }).handle({ id: 7, group, name, args });

describe('the server end of a contract', () => {
  it('answers with the id of the request', async () => {
    expect(await ask('sums', 'add', { parts: [1, 2] })).toEqual({ id: 7, ok: true, value: 3 });
  });

  it.each([
    [{ parts: [1, 'x'] }, 'parts[1]'],
    [{ parts: [] }, 'parts'],
    [{}, 'parts'],
    [{ parts: [1], note: 5 }, 'note'],
    ['a text', 'the argument'],
    [undefined, 'the argument'],
  ])('refuses %j and names %s', async (args, field) => {
    const reply = await ask('sums', 'add', args);
    expect(reply).toMatchObject({ ok: false, error: { code: 'wrong-use' } });
    expect(reply.ok ? '' : reply.error.message).toContain(`sums.add: ${field}: `);
  });

  it.each([
    ['sums', 'none'],
    ['none', 'add'],
    ['constructor', 'name'],
    ['sums', 'toString'],
    ['__proto__', 'add'],
    ['sums', 'told'],
  ])('refuses the unknown call %s.%s', async (group, name) => {
    expect(await ask(group, name, null)).toMatchObject({ ok: false, error: { code: 'wrong-use' } });
  });

  it('passes a failure on and turns anything else into one without a stack', async () => {
    expect(await ask('sums', 'fail', null)).toEqual({
      id: 7,
      ok: false,
      error: { code: 'not-found', message: 'There is no such sum.', advice: 'Nothing was lost.' },
    });
    const reply = await ask('sums', 'crash', null);
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(reply)).not.toContain('at ');
  });

  it('holds answers against their schema where asked to', async () => {
    expect(await ask('sums', 'lie', null)).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await ask('sums', 'lie', null, false)).toEqual({ id: 7, ok: true, value: 'four' });
  });

  it('tells requests from other values', () => {
    expect(isRequest({ id: 1, group: 'a', name: 'b', args: null })).toBe(true);
    for (const wrong of [null, 5, [], {}, { id: '1', group: 'a', name: 'b' }, { id: 1.5, group: 'a', name: 'b' }]) {
      expect(isRequest(wrong)).toBe(false);
    }
  });
});

describe('a client over the in-process wire', () => {
  it('asks, is refused with a Failure, and hears news', async () => {
    const listeners = new Set<(news: News) => void>();
    const host = {
      handle: serve(shape, handlers).handle,
      listen(listener: (news: News) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const client = createClient(shape, wireTo(host));
    expect(await client.sums.add({ parts: [2, 2] })).toBe(4);
    await expect(client.sums.fail(null)).rejects.toMatchObject({ name: 'Failure', code: 'not-found' });
    const heard: string[] = [];
    const end = client.sums.on.told((text) => heard.push(text));
    for (const listener of listeners) listener({ group: 'sums', name: 'told', payload: 'one' });
    for (const listener of listeners) listener({ group: 'sums', name: 'other', payload: 'two' });
    end();
    for (const listener of listeners) listener({ group: 'sums', name: 'told', payload: 'three' });
    expect(heard).toEqual(['one']);
  });
});
