import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorld, netstatsFiles } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

test('a backup beside its file, and an older copy of the active file, are versions of one part and counted once', async () => {
  await using folder = await temporaryFolder();
  const world = (nowUs: number) => createWorld({ seed: 3, android: 13, maker: 'google', nowUs, days: 20 });
  const now = Date.UTC(2026, 2, 14, 9) * 1000;
  const files = [...netstatsFiles(world(now))].map(([name, bytes]) => [name.split('/').at(-1)!, bytes] as const);
  const netstats = join(folder.path, 'netstats');
  await mkdir(netstats);
  for (const [name, bytes] of files) await writeFile(join(netstats, name), bytes);
  const [firstName] = files.find(([name]) => /^uid\.\d+-\d+$/.test(name))!;
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  await open.importFiles([netstats], work());
  const { bytes } = await open.summary();
  const { sent, received } = world(now).totals();
  expect(bytes).toEqual({ sent, received });

  // The backup differs by one byte that no parser reads as a count, or the case would know it already.
  const again = join(folder.path, 'again', 'netstats');
  await mkdir(again, { recursive: true });
  const original = Buffer.from(files.find(([name]) => name === firstName)![1]);
  await writeFile(join(again, `${firstName}.backup`), Buffer.concat([original, Buffer.alloc(1)]));
  const outcome = await open.importFiles([again], work());
  expect(outcome.events).toBeGreaterThan(100);
  expect((await open.summary()).bytes).toEqual({ sent, received });
  await open.close();
});

test('two dumps of one phone in one file are counted once, the growth of the later one included', async () => {
  await using folder = await temporaryFolder();
  const dump = (buckets: number) => netstatsText({ uid: 10123, buckets });
  await writeFile(join(folder.path, 'once.txt'), dump(50));
  await writeFile(join(folder.path, 'log.txt'), `${dump(40)}${dump(50)}`);
  const sums = [];
  for (const name of ['once', 'log']) {
    const open = await testEngine().createCase(join(folder.path, name), emptyCaseInfo);
    await open.importFiles([join(folder.path, `${name}.txt`)], work());
    const { bytes, events } = await open.summary();
    sums.push({ ...bytes, volume: events.volume });
    await open.close();
  }
  expect(sums[1]).toEqual({ ...sums[0], volume: 90 });
});
