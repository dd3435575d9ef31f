import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../base/time.ts';
import { unitOf } from './time-unit.ts';

const start = Date.UTC(2026, 0, 5) * 1000;

test('moments are told in the longest unit that all of them are whole numbers of', () => {
  for (const unit of [HOUR, MINUTE, SECOND, 1000, 1]) {
    const moments = [start, start + 7 * unit, start + 60 * 24 * HOUR];
    expect(unitOf([moments], 3)).toBe(unit);
    // One of a shorter unit decides, in whichever column; what lies beyond the count does not.
    expect(unitOf([moments, [start, start, start + 500]], 3)).toBe(1);
    expect(unitOf([moments, [start, start, start, start + 500]], 3)).toBe(unit);
  }
  expect(unitOf([[]], 0)).toBe(HOUR);
  expect(unitOf([[0, -HOUR]], 2)).toBe(HOUR);
});
