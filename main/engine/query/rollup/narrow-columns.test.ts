import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NarrowColumns, packNarrow } from './narrow-columns.ts';

const numbers = fc.oneof(
  fc.constant(7),
  fc.integer({ min: -3, max: 200 }),
  fc.integer({ min: 0, max: 70_000 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
);

it('gives back any part of any column, wherever its bytes begin', () => {
  const tables = fc.integer({ min: 0, max: 40 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      columns: fc.array(fc.array(numbers, { minLength: count, maxLength: count }), { maxLength: 6 }),
      before: fc.integer({ min: 0, max: 20 }),
      part: fc.tuple(fc.nat(count), fc.nat(count)),
    }),
  );
  fc.assert(
    fc.property(tables, ({ count, columns, before, part }) => {
      const packed = packNarrow(
        columns.map((one) => Float64Array.from(one)),
        count,
      );
      const shifted = new Uint8Array(before + packed.length);
      shifted.set(packed, before);
      const read = new NarrowColumns(shifted.subarray(before));
      expect([read.count, read.end]).toEqual([count, packed.length]);
      const [start, end] = part.toSorted((a, b) => a - b) as [number, number];
      for (const [n, column] of columns.entries()) {
        const into = new Float64Array(count);
        read.read(n, into, start, end);
        expect(Array.from(into.subarray(0, end - start))).toEqual(column.slice(start, end));
      }
    }),
  );
});

it('reads nothing where bytes are missing', () => {
  const packed = packNarrow([Float64Array.from({ length: 50 }, (_, n) => n)], 50);
  for (const bytes of [packed.subarray(0, packed.length - 8), packed.subarray(0, 20), packed.subarray(0, 0)])
    expect(new NarrowColumns(bytes).count).toBe(0);
  expect(new NarrowColumns(new Uint8Array(64).fill(0x7e)).count).toBe(0);
});
