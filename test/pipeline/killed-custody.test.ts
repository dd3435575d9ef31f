import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';
import { hasOpenssl, timeAuthority } from '../support/time-authority.ts';

/*
 * The program killed at any moment while it signs, stamps, seals or writes a report. Before every call that changes the disk the folder is
 * copied as it stands: each copy is what a kill at that moment would have left. Every one of them must verify, hold nothing half-written
 * under a name of the case, and take the same work again.
 */

const disk = vi.hoisted(() => ({ before: null as ((what: string) => void) | null }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const told = (name: string, run: (...args: never[]) => unknown) =>
    function wrapped(...args: never[]) {
      disk.before?.(`${name} ${String(args[0])}`);
      return run(...args);
    };
  const changing = [
    'rename',
    'link',
    'unlink',
    'rm',
    'chmod',
    'mkdir',
    'writeFile',
    'appendFile',
    'truncate',
    'utimes',
  ] as const;
  const wrapped = Object.fromEntries(
    changing.map((name) => [name, told(name, real[name] as (...args: never[]) => unknown)]),
  );
  return {
    ...real,
    ...wrapped,
    async open(path: string, flags?: string | number, mode?: number) {
      if (typeof flags === 'string' && flags !== 'r') disk.before?.(`open ${path}`);
      const file = await real.open(path, flags, mode);
      for (const name of ['writeFile', 'truncate'] as const) {
        const run = file[name].bind(file) as (...args: never[]) => Promise<void>;
        Object.assign(file, { [name]: told(`${name} in ${path}:`, run) });
      }
      return file;
    },
  };
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let recipient: string;
const phrase = 'three small words';
const engine = () => testEngine(noPhones, () => Date.now() * 1000, join(folder.path, 'keys'));

beforeAll(async () => {
  folder = await temporaryFolder();
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  writeFileSync(join(folder.path, 'identity.txt'), identity);
  writeFileSync(join(folder.path, 'dump.txt'), netstatsText({ uid: 10_100, buckets: 6 }));
  await engine().createSigningKey({ name: 'A. Example', passphrase: phrase });
  mkdirSync(join(folder.path, 'base'));
  const open = await engine().createCase(join(folder.path, 'base', 'case'), { ...emptyCaseInfo, number: '17/26' });
  await open.importFiles([join(folder.path, 'dump.txt')], work());
  await open.sign(phrase, work());
  await open.requestStamp(join(folder.path, 'request.tsq'));
  await open.close();
  if (hasOpenssl)
    timeAuthority(folder.path, 'one').answer(join(folder.path, 'request.tsq'), join(folder.path, 'answer.tsr'));
  return () => folder[Symbol.asyncDispose]();
}, 30_000);

type Doing = (open: OpenCase, at: string) => Promise<unknown>;

/** Does the work once, with a copy of the folder before every change of the disk. */
async function moments(name: string, doing: Doing): Promise<{ at: string; before: string }[]> {
  const at = join(folder.path, name);
  cpSync(join(folder.path, 'base'), at, { recursive: true });
  const taken: { at: string; before: string }[] = [];
  const open = await engine().openCase(join(at, 'case'));
  disk.before = (before) => {
    const copy = join(folder.path, `${name}-${taken.length}`);
    cpSync(at, copy, { recursive: true });
    // The process that held the case is gone.
    const lock = join(copy, 'case.phonehome/case.lock');
    if (existsSync(lock))
      writeFileSync(lock, JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8') || '{}'), pid: 2 ** 30 }));
    taken.push({ at: copy, before: before.replaceAll(at, '') });
  };
  try {
    await doing(open, at);
  } finally {
    disk.before = null;
  }
  await open.close();
  return [...taken, { at, before: 'its end' }];
}

const ownNames =
  /^(?:custody\.jsonl|case\.sqlite|case\.lock|evidence\/[0-9a-f]{64}|reports\/report-\d\.pdf|signatures\/manifest-\d\.(?:json|sig|pem|stamp-\d\.tst)|(?:reports|signatures)\/\..+\.part)$/;

function filesOf(root: string, below = ''): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? filesOf(root, join(below, one.name)) : [join(below, one.name)],
  );
}

async function holdsEverywhere(name: string, doing: Doing, least: number): Promise<void> {
  const all = await moments(name, doing);
  expect(all.length).toBeGreaterThan(least);
  for (const { at, before } of all) {
    const path = join(at, 'case.phonehome');
    for (const file of filesOf(path)) expect(file, before).toMatch(ownNames);
    expect((await engine().verifyFolder(path, work())).failures, `killed before ${before}`).toEqual([]);
    const open = await engine().openCase(path);
    await doing(open, at);
    await open.close();
    const after = await engine().verifyFolder(path, work());
    expect(after.failures, `again, after a kill before ${before}`).toEqual([]);
    expect(
      filesOf(path).filter((file) => /^signatures\/\./.test(file)),
      before,
    ).toEqual([]);
    rmSync(at, { recursive: true, force: true });
  }
}

describe('killed at any moment', () => {
  test('of writing a report: the case holds it whole, with its line, or not at all', async () => {
    const doing: Doing = (open) => open.reportWrite(null, { date: '2026-03-01' }, work());
    await holdsEverywhere('report', doing, 5);
  });

  test('a report that had its line and not its name gets it when the case is opened', async () => {
    const all = await moments('named', (open) => open.reportWrite(null, { date: '2026-03-01' }, work()));
    const { at } = all.find(({ before }) => before.startsWith('link'))!;
    const path = join(at, 'case.phonehome');
    expect(existsSync(join(path, 'reports/report-1.pdf'))).toBe(false);
    expect((await engine().verifyFolder(path, work())).notes).toContainEqual(
      expect.stringMatching(
        /^reports\/report-1\.pdf lies there as reports\/\.report-1\.pdf\..*part: the program ended/,
      ),
    );
    await (await engine().openCase(path)).close();
    expect(filesOf(path).filter((file) => file.startsWith('reports/'))).toEqual(['reports/report-1.pdf']);
    expect((await engine().verifyFolder(path, work())).failures).toEqual([]);
  });

  test('of signing', async () => {
    await holdsEverywhere('sign', (open) => open.sign(phrase, work()), 10);
  });

  test.skipIf(!hasOpenssl)('of keeping a time stamp', async () => {
    await holdsEverywhere('stamp', (open) => open.takeStamp(join(folder.path, 'answer.tsr'), []), 5);
  });

  test('of sealing: the sealed file is there whole or not at all', async () => {
    let round = 0;
    const doing: Doing = async (open, at) => {
      const { path } = await open.view();
      for (const name of readdirSync(at).filter((one) => one.endsWith('.age'))) {
        round += 1;
        const choice = { identities: join(folder.path, 'identity.txt'), out: join(folder.path, `opened-${round}`) };
        await engine().unsealCase(join(at, name), choice, work());
        rmSync(join(at, name));
      }
      return engine().sealCase(path, { to: [recipient], out: join(at, 'case.age') }, work());
    };
    await holdsEverywhere('seal', doing, 5);
  });
});
