import { expect, test } from 'vitest';
import { joinLimits, limitsInList } from './finding-limits.ts';

test('what findings share is said with the first of them, and what is their own with each', () => {
  const of = (id: string, all: string, own: string) => ({ id, limits: joinLimits(all, own) });
  const list = [of('F1', 'Bytes only.', 'Of app A.'), of('F2', 'Bytes only.', 'Of app B.'), of('F3', 'Other.', '')];
  expect(limitsInList([...list, of('F4', 'Other.', ''), of('F5', 'Bytes only.', 'Of app A.')])).toEqual([
    { said: ['Bytes only.', 'Of app A.'], asIn: null },
    { said: ['Of app B.'], asIn: 'F1' },
    { said: ['Other.'], asIn: null },
    { said: [], asIn: 'F3' },
    { said: [], asIn: 'F1' },
  ]);
});
