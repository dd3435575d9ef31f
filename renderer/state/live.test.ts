import { expect, test } from 'vitest';
import type { LiveView, TaskView } from '../../shared/types/task.ts';
import { type LiveRecord, newestLive, phoneNow, remember } from './live.ts';

const view = (lastUs: number | null, over: Partial<LiveView> = {}): LiveView => ({
  state: 'watching',
  startedUs: 1_000_000,
  lastUs,
  rounds: 1,
  sockets: 2,
  uids: 1,
  sent: 10,
  received: 20,
  gaps: [],
  busiest: [],
  packetBytes: null,
  ...over,
});

test('the last minutes are remembered, once an answer, and no longer', () => {
  let record: LiveRecord | undefined;
  for (let second = 1; second <= 2000; second += 1) {
    record = remember(record, 't', view(second * 1_000_000, { sent: second }), second * 1000);
    record = remember(record, 't', view(second * 1_000_000, { sent: second }), second * 1000 + 100);
  }
  expect(record!.moments).toHaveLength(901);
  expect(record!.moments.at(-1)).toEqual({ us: 2_000_000_000, sent: 2000, received: 20, sockets: 2 });
  expect(remember(undefined, 't', view(null), 5)).toBeUndefined();
});

test('the phone’s clock goes on between answers as the host’s does', () => {
  const record = remember(undefined, 't', view(50_000_000), 7000);
  expect(phoneNow(view(50_000_000), record, 9500)).toBe(52_500_000);
  expect(phoneNow(view(50_000_000), record, 6000)).toBe(50_000_000);
  expect(phoneNow(view(null), undefined, 9500)).toBe(1_000_000);
});

test('the live acquisition of a case is the newest that told of itself', () => {
  const task = (name: string, over: Partial<TaskView>): TaskView => ({
    task: name,
    kind: 'acquire',
    case: 'c',
    state: 'running',
    fraction: null,
    now: '',
    steps: [],
    ...over,
  });
  const byName = {
    a: task('a', { state: 'done', live: view(1) }),
    b: task('b', { live: view(2) }),
    c: task('c', { case: 'other', live: view(3) }),
    d: task('d', {}),
  };
  expect(newestLive({ byName, ending: [] }, 'c')?.task).toBe('b');
  expect(newestLive({ byName, ending: [] }, 'none')).toBeNull();
});
