import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { createPracticePhone, createWorld, type PracticePhone } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const before = '/data/system/netstats';
const since13 = '/data/misc/apexdata/com.android.tethering/netstats';

/**
 * A phone that was brought up to Android 13 or later: the folder of before still has the history, in files that begin a
 * millisecond apart from those of the new folder, as the system makes them when it takes the old ones over.
 */
function upgraded(phone: PracticePhone, dump: boolean): PracticePhone {
  const moved = (text: string, by: number) =>
    text.replaceAll(/\b(dev|xt|uid|uid_tag)\.(\d+)-/g, (_, name: string, at: string) => `${name}.${Number(at) + by}-`);
  return {
    ...phone,
    async run(line) {
      if (!dump && line.includes('netstats --full')) return phone.run('dumpsys nobody');
      if (!line.includes(before)) return phone.run(line);
      const answer = await phone.run(moved(line.replaceAll(before, since13), -1));
      if (line.startsWith('cat')) return answer;
      const text = Buffer.from(answer.stdout as Uint8Array).toString('utf8');
      return { ...answer, stdout: Buffer.from(moved(text.replaceAll(since13, before), 1)) };
    },
  };
}

test.each([
  ['beside the dump', true],
  ['without a dump', false],
])('a history that lies in the folder of before and in the new one counts once, %s', async (_, dump) => {
  await using folder = await temporaryFolder();
  const world = createWorld({
    seed: 3,
    android: 14,
    maker: 'google',
    nowUs: systemClock.now(),
    days: 10,
    root: 'adbd',
  });
  const phone = upgraded(createPracticePhone(world, { nowUs: systemClock.now }), dump);
  const engine = testEngine(new PracticeBridge([phone], systemClock));
  const made = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  const outcome = await made.acquire({ serial: null, profile: 'quick', root: true }, work());
  expect(outcome.refused.map(({ id }) => id)).toEqual(dump ? [] : ['netstats']);
  const names = (await made.evidence()).map(({ name }) => name);
  for (const place of [before, since13])
    expect(
      names.some((name) => name.startsWith(`${place}/uid.`)),
      place,
    ).toBe(true);
  const { bytes } = await made.summary();
  expect([bytes.sent, bytes.received]).toEqual([world.totals().sent, world.totals().received]);
  await made.close();
});
