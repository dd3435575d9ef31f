import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR } from '../../../shared/base/time.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../../../test/support/engine.ts';
import { netstatsText } from '../../../test/support/small-dump.ts';

const first = 1_760_767_200_000_000;

/** Forty buckets of two hours; bucket n sent 1000 + n and received 2000 + n, all in the background. */
async function small<T>(
  look: (open: Awaited<ReturnType<ReturnType<typeof testEngine>['createCase']>>) => Promise<T>,
): Promise<T> {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'dump.txt'), netstatsText({ uid: 10123, buckets: 40 }));
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  await open.importFiles([join(folder.path, 'dump.txt')], work());
  const answer = await look(open);
  await open.close();
  return answer;
}
const ask = { by: 'app', fromUs: first, toUs: first + 80 * HOUR, filter: {} } as const;

test('an interval is as wide as its truth while it can be drawn', () =>
  small(async (open) => {
    const { lanes, resolutionUs } = await open.window({ ...ask, buckets: 1000 });
    expect(resolutionUs).toBe((80 * HOUR) / 1000);
    const { intervals } = lanes[0]!;
    expect(intervals.from).toHaveLength(40);
    expect(intervals.to.every((to, at) => to - intervals.from[at]! === 2 * HOUR)).toBe(true);
    expect(intervals.sent[7]).toBe(1007);
    expect(intervals.sentBackground).toEqual(intervals.sent);
    // What is usual for the phone's own history: one number for all of them.
    expect(intervals.error).toBe(HOUR / 2);
  }));

test('merged intervals keep their sums, their highest and the event to open', () =>
  small(async (open) => {
    const fine = (await open.window({ ...ask, buckets: 1000 })).lanes[0]!;
    const coarse = (await open.window({ ...ask, buckets: 5 })).lanes[0]!;
    expect(coarse.intervals.from.length).toBeLessThan(8);
    expect([coarse.sent, coarse.received, coarse.events]).toEqual([fine.sent, fine.received, 40]);
    for (const [at, from] of coarse.intervals.from.entries()) {
      const inside = fine.intervals.from.flatMap((one, n) =>
        one >= from && one < coarse.intervals.to[at]! ? [n] : [],
      );
      const rate = (n: number) => (fine.intervals.sent[n]! * HOUR) / (2 * HOUR);
      expect(coarse.intervals.sent[at]).toBe(inside.reduce((sum, n) => sum + fine.intervals.sent[n]!, 0));
      expect(coarse.intervals.peakSent![at]).toBeCloseTo(Math.max(...inside.map(rate)), 6);
      expect(coarse.intervals.top[at]).toBe(fine.intervals.top[inside.at(-1)!]);
    }
  }));

test('one direction leaves the other out, and filters that cannot match show nothing', () =>
  small(async (open) => {
    const sent = await open.window({ ...ask, buckets: 100, filter: { direction: 'sent' } });
    expect([sent.sent, sent.received]).toEqual([40_780, 0]);
    for (const filter of [
      { host: 'example.org' },
      { country: 'CN' },
      { service: 'none' },
      { text: 'nothing like it' },
      { minBytes: 1e9 },
    ]) {
      expect((await open.window({ ...ask, buckets: 100, filter })).lanes).toEqual([]);
    }
  }));

test('the overview spreads bytes over its bins and loses none', () =>
  small(async (open) => {
    const view = await open.overview(37);
    expect(view.sent.reduce((a, b) => a + b, 0)).toBeCloseTo(40_780, 6);
    expect(view.received.reduce((a, b) => a + b, 0)).toBeCloseTo(80_780, 6);
    expect(view.fromUs).toBe(first);
  }));
