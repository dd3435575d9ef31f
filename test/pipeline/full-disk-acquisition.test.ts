import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeviceBridge } from '../../main/engine/ports/device-bridge.ts';
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

/** Hands long answers over in pieces, each behind a turn, so that several are half-way when the disk is full. */
function inPieces(inner: DeviceBridge, bytes: number): DeviceBridge {
  return {
    list: () => inner.list(),
    watch: (listener) => inner.watch(listener),
    close: () => inner.close(),
    run: (serial, command, options, sink) =>
      inner.run(serial, command, options, async (chunk) => {
        for (let at = 0; at < chunk.length && !options.signal.aborted; at += bytes) {
          await sink(chunk.subarray(at, at + bytes));
          await new Promise((resolve) => setImmediate(resolve));
        }
      }),
  };
}

describe.skipIf(!canMount)('a disk that fills up during an acquisition', () => {
  test.each([
    [900, 'whole', 1],
    [1000, 'whole', 1],
    [1200, 'whole', 1],
    [1400, 'whole', 1],
    [900, 'in pieces', 3],
    [1100, 'in pieces', 3],
    [1300, 'in pieces', 3],
  ] as const)(
    '%d KiB, answers %s: what arrived is there, the case opens and verifies; with more space the rest is taken',
    async (size, how, mostCut) => {
      await using folder = await temporaryFolder();
      const disk = join(folder.path, 'disk');
      await mkdir(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', disk]);
      try {
        let ticks = NOW;
        const now = () => (ticks += 1500);
        const world = createWorld({ seed: 4, android: 12, maker: 'xiaomi', nowUs: NOW, days: 12 });
        const phone = new PracticeBridge([createPracticePhone(world, { nowUs: now })], { now });
        const engine = testEngine(how === 'whole' ? phone : inPieces(phone, 4096), now);
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
        // The answers that the disk could not take whole are there as far as it did; it may also have been full between two.
        expect((await open.evidence()).length).toBeGreaterThan(cut.length);
        expect(cut.length).toBeLessThanOrEqual(mostCut);
        for (const { bytes } of cut) expect(bytes).toBeGreaterThan(0);
        const outcome = await open.acquire({ serial: null, profile: 'full', resume: true }, work());
        expect(outcome.refused).toEqual([]);
        expect((await open.verify(work())).failures).toEqual([]);
        const truth = world.totals();
        expect((await open.summary()).bytes).toEqual({ sent: truth.sent, received: truth.received });
        expect((await readdir(join(path, 'evidence'))).filter((name) => name.startsWith('.'))).toEqual([]);
        await open.close();
        await engine.close();
      } finally {
        // Lazily: what failed above may still hold it, and is what has to be told.
        execFileSync('umount', ['-l', disk]);
      }
    },
  );
});
