import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const NOW = Date.UTC(2026, 2, 14, 9, 30) * 1000;

/** A disk of its own size can only be mounted by root, and not in every container. */
const canMount = await (async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  await using folder = await temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path]).status === 0;
  if (mounted) execFileSync('umount', [folder.path]);
  return mounted;
})();
if (!canMount)
  console.log('Left out: a disk that fills up during an acquisition, because a tmpfs cannot be mounted here.');

describe.skipIf(!canMount)('a disk that fills up during an acquisition', () => {
  test.each([900, 1000, 1200, 1400])(
    '%d KiB: what arrived is there, the case opens and verifies; with more space the rest is taken',
    async (size) => {
      await using folder = await temporaryFolder();
      const disk = join(folder.path, 'disk');
      await mkdir(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', disk]);
      try {
        let ticks = NOW;
        const now = () => (ticks += 1500);
        const world = createWorld({ seed: 4, android: 12, maker: 'xiaomi', nowUs: NOW, days: 12 });
        const engine = testEngine(new PracticeBridge([createPracticePhone(world, { nowUs: now })], { now }), now);
        const made = await engine.createCase(join(disk, 'case'), emptyCaseInfo);
        const asked = made.acquire({ serial: null, profile: 'full' }, work());
        await expect(asked).rejects.toMatchObject({
          code: 'disk-full',
          message: expect.stringMatching(/disk is full/i),
        });
        await made.close();

        // The disk is as full as it was.
        const path = join(disk, 'case.phonehome');
        const full = await engine.openCase(path);
        expect((await full.verify(work())).failures).toEqual([]);
        await full.close();

        execFileSync('mount', ['-o', 'remount,size=64m', disk]);
        const open = await engine.openCase(path);
        const [first] = await open.batches();
        expect(first).toMatchObject({ state: 'interrupted' });
        const cut = (await open.evidence()).filter(({ state }) => state === 'interrupted');
        // The answer that the disk could not take whole is there as far as it did.
        expect(cut).toHaveLength(1);
        expect(cut[0]!.bytes).toBeGreaterThan(0);
        const outcome = await open.acquire({ serial: null, profile: 'full', resume: true }, work());
        expect(outcome.refused).toEqual([]);
        expect((await open.verify(work())).failures).toEqual([]);
        const truth = world.totals();
        expect((await open.summary()).bytes).toEqual({ sent: truth.sent, received: truth.received });
        expect((await readdir(join(path, 'evidence'))).filter((name) => name.startsWith('.'))).toEqual([]);
        await open.close();
        await engine.close();
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );
});
