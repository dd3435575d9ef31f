import { expect, test } from 'vitest';
import { readMutated, wholeCaptures } from './testing/mutated-captures.ts';

test('ten thousand mutated captures are read to their end', () => {
  const { records, warnings } = readMutated(wholeCaptures(), 10_000, 1);
  expect(records).toBeGreaterThan(10_000);
  expect(warnings).toBeGreaterThan(1_000);
}, 60_000);
