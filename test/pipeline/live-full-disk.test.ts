import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../main/engine/engine.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, work } from '../support/engine.ts';
import { hurriedPace } from '../support/live-pace.ts';

/** A disk of its own size can only be mounted by root, and not in every container. */
const canMount = await (async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  await using folder = await temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path]).status === 0;
  if (mounted) execFileSync('umount', [folder.path]);
  return mounted;
})();
if (!canMount)
  console.log('Left out: a disk that fills up while a phone is watched, because a tmpfs cannot be mounted here.');

describe.skipIf(!canMount)('a disk that fills up while a phone is watched', () => {
  test('what was seen until then is there, the case verifies, and with more space it can be watched again', async () => {
    await using folder = await temporaryFolder();
    const disk = join(folder.path, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2600k', 'tmpfs', disk]);
    try {
      const nowUs = systemClock.now();
      const world = createWorld({ seed: 4, android: 14, maker: 'xiaomi', nowUs, days: 4 });
      const phone = createPracticePhone(world, { nowUs: systemClock.now, running: true });
      const engine = createEngine({
        bridge: new PracticeBridge([phone], systemClock),
        clock: systemClock,
        log: { note() {} },
        resources: join(import.meta.dirname, '../../resources'),
        version: 'test',
        livePace: { ...hurriedPace, periodMs: (row) => (row.id === 'sockets' ? 20 : 40) },
      });
      const path = join(disk, 'case.phonehome');
      const made = await engine.createCase(path, emptyCaseInfo);
      const asked = made.acquire({ serial: null, profile: 'live', forMs: 60_000 }, work());
      await expect(asked).rejects.toMatchObject({ code: 'disk-full', message: expect.stringMatching(/disk is full/i) });
      await made.close();

      execFileSync('mount', ['-o', 'remount,size=60m', disk]);
      const open = await engine.openCase(path);
      expect((await open.verify(work())).failures).toEqual([]);
      const evidence = await open.evidence();
      const segments = evidence.filter(({ name }) => name.endsWith('watched'));
      expect(segments.length).toBeGreaterThan(1);
      expect((await open.summary()).events.contact).toBeGreaterThan(0);
      const outcome = await open.acquire({ serial: null, profile: 'live', forMs: 500 }, work());
      expect(outcome.state).toBe('complete');
      expect((await open.verify(work())).failures).toEqual([]);
      await open.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  }, 90_000);
});
