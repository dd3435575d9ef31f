import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts';
import { type ClockBound, clockVote } from './clock-vote.ts';

const bound = (flow: number, fromUs: number | null, toUs: number | null): ClockBound => ({ flow, fromUs, toUs });

test('the stretch on which most flows agree is the distance of the clocks, its half the error', () => {
  const bounds = [
    bound(1, -3 * SECOND, -SECOND),
    bound(2, -2 * SECOND, SECOND),
    bound(3, null, -1.5 * SECOND),
    bound(4, -4 * SECOND, null),
  ];
  expect(clockVote(bounds)).toEqual({ offsetUs: -1.75 * SECOND, errorUs: 0.25 * SECOND, compared: 4, agreeing: 4 });
});

test('a flow that contradicts the others is outvoted, and counted as one that does not fit', () => {
  const bounds = [bound(1, 0, 2), bound(2, 1, 3), bound(3, 500, 600)];
  expect(clockVote(bounds)).toEqual({ offsetUs: 2, errorUs: 1, compared: 3, agreeing: 2 });
});

test('several sockets of one flow are one vote, and one that fits is enough', () => {
  const bounds = [bound(1, 900, 901), bound(1, 0, 4), bound(2, 2, 4), bound(3, 3, 9)];
  expect(clockVote(bounds)).toMatchObject({ compared: 3, agreeing: 3 });
});

test('nothing is said where the flows disagree, bound one side only, or leave more than an hour', () => {
  expect(clockVote([])).toBeNull();
  expect(clockVote([bound(1, 0, 1), bound(2, 10, 11)])).toBeNull();
  expect(clockVote([bound(1, 0, null), bound(2, 5, null)])).toBeNull();
  expect(clockVote([bound(1, 0, 3 * HOUR), bound(2, 0, 3 * HOUR)])).toBeNull();
  expect(clockVote([bound(1, 9, 3)])).toBeNull();
});

test('a distance of more than ten minutes needs five flows: ports are used again', () => {
  const far = (flows: number) => Array.from({ length: flows }, (_, n) => bound(n, HOUR, HOUR + SECOND));
  expect(clockVote(far(4))).toBeNull();
  expect(clockVote(far(5))).toMatchObject({ offsetUs: HOUR + SECOND / 2, agreeing: 5 });
  expect(clockVote([bound(1, 9 * MINUTE, 9 * MINUTE + 2)])).toMatchObject({ agreeing: 1 });
});
