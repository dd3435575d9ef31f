import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paced } from './paced.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first call runs at once, a flood once a second, and the last call is never lost', () => {
  let runs = 0;
  const call = paced(
    () => {
      runs += 1;
    },
    () => 1000,
  );
  call();
  expect(runs).toBe(1);
  for (let at = 0; at < 30; at += 1) {
    vi.advanceTimersByTime(100);
    call();
  }
  expect(runs).toBe(4);
  vi.advanceTimersByTime(1000);
  expect(runs).toBe(5);
  vi.advanceTimersByTime(5000);
  expect(runs).toBe(5);
  call();
  expect(runs).toBe(6);
});
