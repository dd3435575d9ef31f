import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts';
import { namesBefore, type SaidName } from './names-before.ts';

const seenUs = 10 * HOUR;
const said = (name: string, agoUs: number, how: SaidName['how'] = 'look-up before', errorUs = 0): SaidName => ({
  atUs: seenUs - agoUs,
  name,
  how,
  errorUs,
});

test('one look-up shortly before is of medium confidence; later, of several names or of a connection that was open it is low', () => {
  const of = (names: readonly SaidName[], open = false) =>
    namesBefore(names, seenUs, open).map(({ name, confidence, others }) => [name, confidence, others]);
  expect(of([said('a.example', 2 * SECOND)])).toEqual([['a.example', 'medium', 0]]);
  expect(of([said('a.example', 2 * MINUTE)])).toEqual([['a.example', 'low', 0]]);
  expect(of([said('a.example', 2 * SECOND)], true)).toEqual([['a.example', 'low', 0]]);
  expect(of([said('b.example', 3 * MINUTE), said('a.example', 2 * SECOND)])).toEqual([
    ['a.example', 'low', 1],
    ['b.example', 'low', 1],
  ]);
  expect(of([said('a.example', SECOND, 'other flow')])).toEqual([['a.example', 'low', 0]]);
});

test('what was said later, or more than an hour before, is no name of it; the error of the clocks is room', () => {
  expect(namesBefore([said('a.example', HOUR + 1)], seenUs, false)).toEqual([]);
  expect(namesBefore([said('a.example', -2 * SECOND)], seenUs, false)).toEqual([]);
  expect(namesBefore([said('a.example', -2 * SECOND, 'look-up before', 3 * SECOND)], seenUs, false)).toMatchObject([
    { beforeUs: 0 },
  ]);
});

test('the same name by both ways is told by the look-up, and at most three names stand', () => {
  const twice = [said('a.example', 30 * SECOND), said('a.example', SECOND, 'other flow')];
  expect(namesBefore(twice, seenUs, false)).toMatchObject([{ how: 'look-up before', confidence: 'medium' }]);
  const many = [5, 4, 3, 2, 1].map((n) => said(`n${n}.example`, n * SECOND));
  expect(namesBefore(many, seenUs, false).map(({ name, others }) => [name, others])).toEqual([
    ['n1.example', 4],
    ['n2.example', 4],
    ['n3.example', 4],
  ]);
});
