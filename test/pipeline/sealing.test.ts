import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, open as openFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../main/engine/store/hash-file.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

const MB = 1e6;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let keys: string;
let recipient: string;
const at = (name: string) => join(folder.path, name);

/** Every file below a folder with its SHA-256. */
async function contents(root: string, below = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, await contents(root, path));
    else found[path] = await hashFile(join(root, path));
  }
  return found;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  keys = at('keys');
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  await writeFile(at('identity.txt'), `${identity}\n`);
  await writeFile(at('dump.txt'), netstatsText({ uid: 10_100, buckets: 20 }));
  const engine = testEngine(noPhones, () => Date.now() * 1000, keys);
  await engine.createSigningKey({ name: 'A. Example', passphrase: 'five small words here' });
  const open = await engine.createCase(at('case'), { ...emptyCaseInfo, number: '17/26' });
  await open.importFiles([at('dump.txt')], work());
  await open.reportWrite(null, {}, work());
  await open.sign('five small words here', work());
  await open.close();
  return () => folder[Symbol.asyncDispose]();
});

describe('a sealed case', () => {
  test('opens again byte for byte, verifies with its signature, and can be worked on', async () => {
    const before = await contents(at('case.phonehome'));
    const sealed = await testEngine().sealCase(at('case'), { to: [recipient], out: at('case.age') }, work());
    expect(sealed.sha256).toBe(
      createHash('sha256')
        .update(await readFile(at('case.age')))
        .digest('hex'),
    );
    const opened = await testEngine().unsealCase(
      at('case.age'),
      { identities: at('identity.txt'), out: at('opened') },
      work(),
    );
    expect(opened.path).toBe(at('opened.phonehome'));
    expect(await contents(opened.path)).toEqual(before);
    const outcome = await testEngine().verifyFolder(opened.path, work());
    expect(outcome).toMatchObject({ ok: true, failures: [], signature: { state: 'valid' } });
    const open = await testEngine().openCase(opened.path);
    expect((await open.summary()).events.volume).toBe(20);
    await open.close();
  });

  test('is told of in the custody log, with hash, bytes and recipients', async () => {
    const lines = (await readFile(at('case.phonehome/custody.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      action: 'case.sealed',
      outside: 'case.age',
      sha256: await hashFile(at('case.age')),
      bytes: (await stat(at('case.age'))).size,
      to: [recipient],
    });
    expect((await testEngine().verifyFolder(at('case.phonehome'), work())).ok).toBe(true);
  });

  test('goes into a folder under its own name, and not into the case', async () => {
    await mkdir(at('handed-over'));
    const sealed = await testEngine().sealCase(at('case'), { to: [recipient], out: at('handed-over') }, work());
    expect(sealed.path).toBe(at('handed-over/case.phonehome.age'));
    const inside = testEngine().sealCase(at('case'), { to: [recipient], out: at('case.phonehome/x.age') }, work());
    await expect(inside).rejects.toMatchObject({ code: 'wrong-use' });
  });

  test('shows what was changed in the case before it was sealed', async () => {
    await cp(at('case.phonehome'), at('bad.phonehome'), { recursive: true });
    const [name] = await readdir(at('bad.phonehome/evidence'));
    await chmod(at(`bad.phonehome/evidence/${name}`), 0o644);
    await writeFile(at(`bad.phonehome/evidence/${name}`), 'other');
    await testEngine().sealCase(at('bad'), { to: [recipient], out: at('bad.age') }, work());
    const choice = { identities: at('identity.txt'), out: at('bad-opened') };
    const { path } = await testEngine().unsealCase(at('bad.age'), choice, work());
    expect((await testEngine().verifyFolder(path, work())).failures).toHaveLength(1);
  });
});

test('200 MB are sealed and opened in flat memory', async () => {
  const file = await openFile(at('large.bin'), 'w');
  for (let n = 0; n < 200; n += 1) await file.writeFile(randomBytes(MB));
  await file.close();
  const open = await testEngine().createCase(at('large'), emptyCaseInfo);
  await open.importFiles([at('large.bin')], work());
  await open.close();
  const before = await contents(at('large.phonehome'));
  const child = join(import.meta.dirname, '../support/seal-in-child.ts');
  const args = [at('large'), at('large.age'), recipient, at('identity.txt'), at('large-opened')];
  const { stdout } = await promisify(execFile)(process.execPath, [child, ...args]);
  const memory = JSON.parse(stdout) as { before: number; peak: number };
  expect((await stat(at('large.age'))).size).toBeGreaterThan(200 * MB);
  expect(await contents(at('large-opened.phonehome'))).toEqual(before);
  console.log(
    `sealing and opening 200 MB: ${Math.round(memory.before / MB)} MB before, ${Math.round(memory.peak / MB)} MB at most`,
  );
  expect(memory.peak - memory.before).toBeLessThan(150 * MB);
}, 180_000);
