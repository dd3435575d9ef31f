import { afterEach, beforeEach, expect, it } from 'vitest';
import { HOUR } from '../../../../../shared/base/time.ts';
import { type LaidCase, layCase } from '../../testing/lay-case.ts';
import { backgroundSender, LEAST_BYTES } from './index.ts';

const START = Date.UTC(2026, 1, 1) * 1000;
const at = (n: number) => ({ from: START + n * 2 * HOUR, to: START + (n + 1) * 2 * HOUR });

let laid: LaidCase;
beforeEach(async () => {
  laid = await layCase();
});
afterEach(() => laid.close());

it('says the figures, the span and the share, and cites the intervals, the largest first', async () => {
  await laid.app({ uid: 10_123, name: 'Notes', packages: ['org.notes'] });
  const small = await laid.interval({ uid: 10_123, ...at(0), sent: 2_000_000 });
  const large = await laid.interval({ uid: 10_123, ...at(5), sent: 7_000_000 });
  await laid.interval({ uid: 10_123, ...at(6), sent: 1_000_000, foreground: 1 });
  const [finding, ...others] = await backgroundSender.propose(laid);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    rule: 'background-sender',
    key: 'uid:10123',
    uid: 10_123,
    title: 'Notes sent mostly in the background',
    text: 'Notes (org.notes, uid 10123) sent 10.0 MB (10\u202f000\u202f000 bytes). 9.00 MB (9\u202f000\u202f000 bytes) of it, 90 %, were counted while the phone did not hold the app to be in the foreground, in 2 intervals between 2026-02-01 00:00 UTC and 2026-02-01 12:00 UTC.',
    events: [large, small],
  });
  expect(finding?.limits).toContain('do not show content or recipient');
});

it('is silent below the share and below the amount, and speaks at both', async () => {
  for (const uid of [10_001, 10_002, 10_003]) await laid.app({ uid });
  await laid.interval({ uid: 10_001, ...at(0), sent: LEAST_BYTES - 1 });
  await laid.interval({ uid: 10_002, ...at(0), sent: 7_499_999 });
  await laid.interval({ uid: 10_002, ...at(1), sent: 2_500_001, foreground: 1 });
  await laid.interval({ uid: 10_003, ...at(0), sent: 7_500_000 });
  await laid.interval({ uid: 10_003, ...at(1), sent: 2_500_000, foreground: 1 });
  expect((await backgroundSender.propose(laid)).map((finding) => finding.uid)).toEqual([10_003]);
});

it('leaves out rows that do not count, the system, tethering and removed apps', async () => {
  await laid.app({ uid: 10_001 });
  await laid.interval({ uid: 10_001, ...at(0), sent: 90_000_000, counted: 0 });
  await laid.interval({ uid: 10_001, ...at(1), sent: 90_000_000, superseded: 1 });
  await laid.app({ uid: 1000, kind: 'system' });
  await laid.interval({ uid: 1000, ...at(0), sent: 90_000_000 });
  await laid.app({ uid: -5, kind: 'tethering' });
  await laid.interval({ uid: -5, ...at(0), sent: 90_000_000 });
  await laid.app({ uid: -4, kind: 'removed' });
  await laid.interval({ uid: -4, ...at(0), sent: 90_000_000 });
  expect(await backgroundSender.propose(laid)).toEqual([]);
});

it('does not take unknown bytes or an unknown set for background', async () => {
  await laid.app({ uid: 10_001 });
  await laid.interval({ uid: 10_001, ...at(0), sent: 90_000_000, foreground: null });
  await laid.interval({ uid: 10_001, ...at(1), sent: null });
  expect(await backgroundSender.propose(laid)).toEqual([]);
});

it('cites at most fifty intervals', async () => {
  await laid.app({ uid: 10_001 });
  for (let n = 0; n < 60; n += 1) await laid.interval({ uid: 10_001, ...at(n), sent: 1_000_000 + n });
  const [finding] = await backgroundSender.propose(laid);
  expect(finding?.events).toHaveLength(50);
  expect(finding?.events[0]).toBe('v60');
});
