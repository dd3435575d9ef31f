import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IntegerIndex } from './integer-index.ts';
import { TupleIndex } from './tuple-index.ts';

const integer = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

/** Numbers by what was numbered, as a plain Map has them. */
function numbered<T>(values: readonly T[], of: (value: T) => string): number[] {
  const numbers = new Map<string, number>();
  return values.map((value) => {
    const key = of(value);
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
}

it('integers are numbered as they come, each once', () => {
  fc.assert(
    fc.property(fc.array(integer, { size: 'max', maxLength: 5000 }), (values) => {
      const index = new IntegerIndex();
      expect(values.map((value) => index.of(value))).toEqual(numbered(values, String));
    }),
    { numRuns: 30 },
  );
});

it('and so are tuples', () => {
  const tuple = fc.tuple(integer, integer, integer, integer, integer, integer, integer);
  fc.assert(
    fc.property(fc.array(tuple, { size: 'max', maxLength: 3000 }), (values) => {
      const index = new TupleIndex();
      expect(values.map((value) => index.of(...value))).toEqual(numbered(values, String));
      expect(index.count).toBe(new Set(values.map(String)).size);
    }),
    { numRuns: 20 },
  );
});
