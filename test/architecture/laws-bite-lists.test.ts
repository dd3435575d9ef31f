import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, event } from '../../shared/contract/derive.ts';
import { contractLaw, handlersLaw } from './laws/contract.ts';
import { registryLaw } from './laws/registries.ts';
import { told as lines, type Tree } from './tree.ts';

/*
 * Each law is shown a small tree that breaks it and must name the breach, and a tree that keeps it and must be silent.
 * A law that nobody has seen failing proves nothing.
 */

const treeOf = (files: Record<string, string>): Tree => new Map(Object.entries(files));

describe('contract', () => {
  const messages = (result: z.ZodType) =>
    contractLaw({ things: { get: call(z.null(), result) } }).map(({ message }) => message);
  const wrong: readonly (readonly [string, z.ZodType])[] = [
    ['date', z.date()],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['bigint', z.bigint()],
    ['undefined', z.undefined()],
    ['void', z.void()],
    ['any', z.any()],
    ['unknown', z.unknown()],
    ['transform', z.string().transform((text) => text.length)],
    ['custom', z.instanceof(Uint8Array)],
    ['nan', z.nan()],
    ['function', z.function() as unknown as z.ZodType],
    ['symbol', z.symbol()],
  ];
  it.each(wrong)('names a %s, however deep', (_type, schema) => {
    expect(messages(schema)).toHaveLength(1);
    expect(messages(z.object({ a: z.array(z.object({ b: schema.nullable() })) }))).toEqual([
      expect.stringContaining('things.get result.a[].b'),
    ]);
  });
  it('names undefined outside of an object, coercion, and a member that is none', () => {
    expect(messages(z.string().optional())).toEqual(['things.get result may be undefined, which JSON cannot hold']);
    expect(messages(z.array(z.string().optional()))).toHaveLength(1);
    expect(messages(z.coerce.number())).toHaveLength(1);
    const shape = {
      things: { helper: () => 1, heard: event(z.date()), bare: call('text' as unknown as z.ZodType, z.null()) },
    };
    expect(contractLaw(shape as never).map(({ message }) => message)).toEqual([
      'things.helper is neither a call nor an event',
      expect.stringContaining('things.heard payload is of type date'),
      'things.bare args is not a zod schema',
    ]);
  });
  it('is silent on plain data', () => {
    const fine = z.object({
      a: z.string().optional(),
      b: z.number().int().nullable(),
      c: z.array(z.enum(['x', 'y'])),
      d: z.union([z.literal(1), z.boolean()]),
      e: z.record(z.string(), z.tuple([z.number(), z.null()])),
      f: z.discriminatedUnion('is', [z.object({ is: z.literal('p') }), z.object({ is: z.literal('q') })]),
    });
    expect(messages(fine)).toEqual([]);
  });
  it('names calls that are not served, and served ones that are no calls', () => {
    const shape = { things: { get: call(z.null(), z.null()), put: call(z.null(), z.null()), heard: event(z.null()) } };
    const serve = async () => null;
    expect(handlersLaw(shape, { things: { get: serve, put: serve } })).toEqual([]);
    const table = { things: { get: serve, heard: serve }, others: { get: serve } };
    expect(lines(handlersLaw(shape, table)).map((line) => line.split('  ')[1])).toEqual([
      'does not serve things.put',
      'serves others.get, which is no call of the contract',
      'serves the group others, which the contract does not have',
      'serves things.heard, which is no call of the contract',
    ]);
  });
});

describe('registries', () => {
  const folder = 'main/engine/detect/rules';
  const files = {
    [`${folder}/index.ts`]: "import { one } from './one/index.ts';\nimport { two } from './two/index.ts';",
    [`${folder}/one/index.ts`]: '',
    [`${folder}/one/one.test.ts`]: '',
    [`${folder}/two/index.ts`]: '',
    [`${folder}/two/fixtures/a.txt`]: '',
    [`${folder}/fixtures/shared.txt`]: '',
    [`${folder}/testing/shared.ts`]: '',
  };
  const check = (
    changes: Record<string, string>,
    ids: string[],
    claims = ids.map((id) => ({ id, proves: ['a'], doesNotProve: ['b'] })),
  ) => lines(registryLaw(treeOf({ ...files, ...changes }), { folder, ids, claims }));
  it('is silent where list, folders, ids and tests agree', () => {
    expect(check({}, ['one', 'two'])).toEqual([]);
  });
  it('names a folder that is not listed and has no test', () => {
    expect(check({ [`${folder}/three/index.ts`]: '' }, ['one', 'two'])).toEqual([
      `${folder}/three  has neither a fixture nor a test`,
      `${folder}/three  is not imported by index.ts`,
      `${folder}/three  no entry of the list has the id three`,
    ]);
  });
  it('names an id that differs from its folder, one that stands twice, and one without a folder', () => {
    expect(check({}, ['one', 'zwei', 'one'])).toEqual([
      `${folder}/index.ts  lists one twice`,
      `${folder}/index.ts  lists zwei, for which there is no folder`,
      `${folder}/two  no entry of the list has the id two`,
    ]);
  });
  it('names an entry that does not say what it proves and what not, and a list that is missing', () => {
    expect(check({}, ['one', 'two'], [{ id: 'one', proves: [], doesNotProve: [] }])).toEqual([
      `${folder}/one  does not say what it does not prove`,
      `${folder}/one  does not say what it proves`,
    ]);
    expect(lines(registryLaw(treeOf({}), { folder, ids: [] }))).toEqual([`${folder}/index.ts  the list is missing`]);
  });
});
