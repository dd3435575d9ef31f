import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { Failure } from '../../shared/base/failure.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';
import { hasOpenssl, timeAuthority } from '../support/time-authority.ts';

/** A disk of its own size can only be mounted by root, and not in every container. */
const canMount = await (async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  await using folder = await temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path]).status === 0;
  if (mounted) execFileSync('umount', [folder.path]);
  return mounted;
})();
if (!canMount)
  console.log('Left out: a disk that is full when a case is signed, because a tmpfs cannot be mounted here.');

const PAGE = 4096;
const phrase = 'three small words';

describe.skipIf(!canMount)('a disk with room for no page, one, two … ', () => {
  test('at a report, a signature, a time stamp and a sealing: all of it or nothing, and the case verifies', async () => {
    await using folder = await temporaryFolder();
    const disk = join(folder.path, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]);
    try {
      const engine = testEngine(noPhones, () => Date.now() * 1000, join(folder.path, 'keys'));
      await engine.createSigningKey({ name: 'A. Example', passphrase: phrase });
      const recipient = await identityToRecipient(await generateX25519Identity());
      writeFileSync(join(folder.path, 'dump.txt'), netstatsText({ uid: 10_100, buckets: 6 }));
      const made = await engine.createCase(join(disk, 'case'), emptyCaseInfo);
      await made.importFiles([join(folder.path, 'dump.txt')], work());
      await made.sign(phrase, work());
      await made.requestStamp(join(folder.path, 'request.tsq'));
      await made.close();
      const path = join(disk, 'case.phonehome');
      const token = join(folder.path, 'answer.tsr');
      if (hasOpenssl) timeAuthority(folder.path, 'one').answer(join(folder.path, 'request.tsq'), token);

      const works: Readonly<Record<string, (open: OpenCase) => Promise<unknown>>> = {
        report: (open) => open.reportWrite(null, { date: '2026-03-01' }, work()),
        'a report outside': (open) => open.reportWrite(join(disk, 'outside.pdf'), { date: '2026-03-01' }, work()),
        export: (open) => open.export('csv', join(disk, 'events.csv')),
        sign: (open) => open.sign(phrase, work()),
        ...(hasOpenssl && { stamp: (open: OpenCase) => open.takeStamp(token, []) }),
        seal: () => engine.sealCase(path, { to: [recipient], out: join(disk, 'case.age') }, work()),
      };
      for (const [name, doing] of Object.entries(works)) {
        let refused = 0;
        for (let pages = 0, done = false; !done; pages = pages * 2 + 1) {
          const { bavail, bsize } = statfsSync(disk);
          const filler = join(disk, 'filler');
          writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - pages * PAGE)));
          const before = listed(path);
          const open = await engine.openCase(path);
          const failure = await doing(open).then(
            () => null,
            (error) => error,
          );
          await open.close();
          const where = `${name} with ${pages} pages`;
          if (failure === null) done = true;
          else {
            refused += 1;
            expect(failure, `${where}: ${failure}`).toBeInstanceOf(Failure);
            expect(failure.code, where).toBe('disk-full');
            // Nothing of it under a name of the case. What was handed on before its line was told, is whole.
            expect(listed(path), where).toEqual(before);
          }
          expect((await engine.verifyFolder(path, work())).failures, where).toEqual([]);
          expect(
            listed(disk).filter((file) => file.endsWith('.part')),
            where,
          ).toEqual([]);
          rmSync(filler);
          for (const out of ['outside.pdf', 'events.csv', 'case.age']) rmSync(join(disk, out), { force: true });
          if (pages > 4096) throw new Error(`${name} never found room`);
        }
        expect(refused, name).toBeGreaterThan(0);
      }
      const open = await engine.openCase(path);
      expect((await open.verify(work())).failures).toEqual([]);
      await open.close();
    } finally {
      execFileSync('umount', [disk]);
    }
  }, 120_000);
});

/** Every file below a folder but those that come and go beside the case. */
function listed(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/case\.(?:lock|sqlite-journal)$/.test(name))
    .sort();
}
