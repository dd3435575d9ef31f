import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR } from '../../../shared/base/time.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import { temporaryFolder, testEngine } from '../../../test/support/engine.ts';
import { importUnevenApps } from '../../../test/support/uneven-apps.ts';

const first = 1_760_767_200_000_000;

test('a first picture has the intervals of the largest senders, and the sums of every lane', async () => {
  await using folder = await temporaryFolder();
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  await importUnevenApps(open, folder.path);
  const ask = { by: 'app', fromUs: first, toUs: first + 80 * HOUR, filter: {}, buckets: 1000 } as const;
  const all = await open.window(ask);
  const glance = await open.window({ ...ask, bars: 2 });
  expect(glance.lanes.map(({ key }) => key)).toEqual(all.lanes.map(({ key }) => key));
  expect(all.lanes).toHaveLength(3);
  const sums = ({ lanes: _lanes, ...rest }: typeof all) => rest;
  expect(sums(glance)).toEqual(sums(all));
  expect(glance.lanes.slice(0, 2)).toEqual(all.lanes.slice(0, 2));
  const told = ({ intervals: _intervals, ...rest }: (typeof all.lanes)[number]) => rest;
  expect(told(glance.lanes[2]!)).toEqual(told(all.lanes[2]!));
  expect(glance.lanes[2]!.intervals.from).toHaveLength(1);
  expect(all.lanes[2]!.intervals.from.length).toBeGreaterThan(1);
  await open.close();
});
