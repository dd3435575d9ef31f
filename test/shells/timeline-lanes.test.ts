import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsOf } from '../support/small-dump.ts';
import { runOver } from './run-over.ts';

/** Five apps; the first sends most. */
const dump = netstatsOf(
  [0, 1, 2, 3, 4].map((n) => ({
    uid: 10_000 + n,
    buckets: [`      st=1760767200 rb=${n} rp=1 tb=${5000 - n * 1000} tp=10 op=0`],
  })),
);

it('the timeline of the command line says how many lanes it leaves out, and their sums', async () => {
  await using folder = await temporaryFolder();
  const engine = testEngine();
  const made = await engine.createCase(join(folder.path, 'five'), emptyCaseInfo);
  await writeFile(join(folder.path, 'netstats.txt'), dump);
  await made.importFiles([join(folder.path, 'netstats.txt')], work());
  const { path } = await made.view();
  await made.close();
  const run = (...more: string[]) => runOver(engine, ['timeline', '--case', path, ...more]);
  const words = await run('--lanes', '2');
  expect([words.exit, words.out.trimEnd().split('\n').at(-1)]).toEqual([0, '3 more apps: 6.00 kB sent, 9 B received']);
  expect(words.out).toContain('uid 10001');
  expect(words.out).not.toContain('uid 10002');
  const some = JSON.parse((await run('--json', '--lanes', '2')).out);
  expect(some.lanes.map(({ key }: { key: string }) => key)).toEqual(['10000', '10001']);
  expect(some.rest).toMatchObject({ lanes: 3, counted: 3, events: 3, sent: 6000, received: 9 });
  const all = JSON.parse((await run('--json')).out);
  expect([all.lanes.length, 'rest' in all]).toEqual([5, false]);
  expect((await run()).out).not.toContain('more apps');
  await engine.close();
});
