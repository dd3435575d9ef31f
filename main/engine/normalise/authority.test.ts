import { describe, expect, test } from 'vitest';
import { believed, samePhone } from './authority.ts';

const told = (id: number, rows: Record<number, number>, whole = true) => ({
  id,
  whole,
  buckets: new Map(Object.entries(rows).map(([start, bytes]) => [Number(start), bytes])),
});

describe('which of several dumps is believed', () => {
  test('the earliest dump that saw a bucket whole', () => {
    const answer = believed([told(1, { 10: 5, 20: 5, 30: 2 }), told(2, { 20: 5, 30: 7, 40: 1 })]);
    expect([...answer].sort()).toEqual([
      [10, 1],
      [20, 1],
      [30, 2],
      [40, 2],
    ]);
  });

  test('a dump since boot yields to a complete one, except where the complete one ends', () => {
    const answer = believed([told(1, { 10: 5, 20: 5, 30: 3 }), told(2, { 20: 2, 30: 4, 40: 4 }, false)]);
    expect(answer.get(20)).toBe(1);
    expect(answer.get(30)).toBe(2);
    expect(answer.get(40)).toBe(2);
  });

  test('silence of the believed dump is believed too', () => {
    const answer = believed([told(1, { 10: 5, 30: 5, 40: 5 }), told(2, { 20: 9, 40: 5, 50: 1 })]);
    expect(answer.get(20)).toBe(1);
  });

  test('the order of import does not matter', () => {
    const a = told(1, { 10: 5, 20: 5, 30: 2 });
    const b = told(2, { 20: 5, 30: 7, 40: 1 });
    expect([...believed([b, a])].sort()).toEqual([...believed([a, b])].sort());
  });
});

describe('which dumps tell of one phone', () => {
  test('all of a case, except those that contradict each other', () => {
    expect(samePhone([1, 2, 3], [])).toEqual([[1, 2, 3]]);
    expect(samePhone([1, 2, 3], [{ a: 1, b: 2, equal: 1, shared: 10 }])).toEqual([[1, 3], [2]]);
  });

  test('one that contradicts the first joins the one it agrees with', () => {
    const agreements = [
      { a: 1, b: 2, equal: 0, shared: 10 },
      { a: 1, b: 3, equal: 0, shared: 10 },
      { a: 2, b: 3, equal: 9, shared: 10 },
    ];
    expect(samePhone([1, 2, 3], agreements)).toEqual([[1], [2, 3]]);
  });
});
