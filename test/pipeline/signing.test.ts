import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportSignature } from '../../main/engine/case/report-signature.ts';
import { manifestBytes, readManifest, signManifest } from '../../main/engine/custody/manifest.ts';
import { openSigningKey } from '../../main/engine/custody/signing-key.ts';
import { keepSigning, readSignings } from '../../main/engine/custody/signings.ts';
import { casePaths } from '../../main/engine/store/case-folder.ts';
import { Failure } from '../../shared/base/failure.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

const passphrase = 'plum orchard in March';
const now = () => Date.now() * 1000;

/** Two signed cases and an unsigned one, made once; each test works on a copy of its own. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let keys: string;
let otherKeys: string;
let publicKey: string;
let otherPublicKey: string;

const engineWith = (keyFolder?: string) => testEngine(noPhones, now, keyFolder);
const at = (name: string) => join(folder.path, `${name}.phonehome`);
const verify = (path: string, trust = {}) => testEngine().verifyFolder(path, work(), trust);

async function makeCase(name: string, uid: number): Promise<void> {
  const dump = join(folder.path, `${name}.txt`);
  await writeFile(dump, netstatsText({ uid, buckets: 12 }));
  const open = await testEngine().createCase(at(name), { ...emptyCaseInfo, number: name });
  await open.importFiles([dump], work());
  await open.reportWrite(null, {}, work());
  await open.close();
}

async function sign(name: string, keyFolder = keys, phrase = passphrase) {
  const open = await engineWith(keyFolder).openCase(at(name));
  try {
    return await open.sign(phrase, work());
  } finally {
    await open.close();
  }
}

async function copy(from: string, to: string): Promise<string> {
  await cp(at(from), at(to), { recursive: true });
  return at(to);
}

async function change(path: string, edit: (bytes: Buffer) => Buffer): Promise<void> {
  const bytes = await readFile(path);
  await chmod(path, 0o644);
  await writeFile(path, edit(bytes));
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => null,
    (error) => error,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return thrown as Failure;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  keys = join(folder.path, 'home', 'keys');
  otherKeys = join(folder.path, 'other-home', 'keys');
  const key = await engineWith(keys).createSigningKey({ name: 'Dr. A. Sundaram', passphrase });
  const other = await engineWith(otherKeys).createSigningKey({ name: 'Somebody else', passphrase });
  publicKey = join(folder.path, 'sundaram.pem');
  otherPublicKey = join(folder.path, 'else.pem');
  await writeFile(publicKey, key.publicKey);
  await writeFile(otherPublicKey, other.publicKey);
  await makeCase('unsigned', 10_100);
  await copy('unsigned', 'signed');
  await sign('signed');
  await makeCase('another', 10_200);
  await sign('another');
  return () => folder[Symbol.asyncDispose]();
}, 60_000);

describe('a signature', () => {
  test('holds, says who and when and what it covers, and can be checked with the public key alone', async () => {
    const outcome = await verify(at('signed'), { keys: [publicKey] });
    expect(outcome.failures).toEqual([]);
    expect(outcome.signature).toMatchObject({ state: 'valid', name: 'Dr. A. Sundaram', files: 2, later: 0 });
    expect(outcome.signature?.said).toMatch(
      /^Signed at .* by Dr\. A\. Sundaram, key [0-9a-f]{64}\. The signature holds\./,
    );
    const manifest = JSON.parse(await readFile(join(at('signed'), 'signatures/manifest-1.json'), 'utf8'));
    const names = manifest.files.map((file: { path: string }) => file.path);
    expect(names).toEqual([expect.stringMatching(/^evidence\/[0-9a-f]{64}$/), 'reports/report-1.pdf']);
  });

  test('is said to be absent where there is none, which is no failure unless a key was asked for', async () => {
    const outcome = await verify(at('unsigned'));
    expect(outcome).toMatchObject({ ok: true, signature: { state: 'absent' } });
    expect(outcome.signature?.said).toContain('not signed');
    const asked = await verify(at('unsigned'), { keys: [publicKey] });
    expect(asked.failures).toEqual([expect.objectContaining({ what: 'signature', found: 'none' })]);
  });

  test('by another key than the one that was asked for is a failure that names both', async () => {
    const outcome = await verify(at('signed'), { keys: [otherPublicKey] });
    expect(outcome.signature?.state).toBe('other key');
    expect(outcome.failures).toEqual([
      {
        what: 'signatures/manifest-1.json: the key',
        expected: expect.any(String),
        found: outcome.signature?.fingerprint,
      },
    ]);
    expect((await verify(at('signed'), { keys: [otherPublicKey, publicKey] })).ok).toBe(true);
  });

  test('holds on a read-only copy and changes nothing there', async () => {
    const path = await copy('signed', 'readonly');
    const before = await readFile(join(path, 'custody.jsonl'));
    await chmod(path, 0o555);
    try {
      expect((await verify(path, { keys: [publicKey] })).ok).toBe(true);
      expect(await readdir(path)).not.toContain('case.lock');
    } finally {
      await chmod(path, 0o755);
    }
    expect((await readFile(join(path, 'custody.jsonl'))).equals(before)).toBe(true);
  });

  test('covers the log to the line before it, and the log tells of the signing', async () => {
    const lines = (await readFile(join(at('signed'), 'custody.jsonl'), 'utf8')).trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1)!);
    const { signature } = await verify(at('signed'));
    expect(last).toMatchObject({ action: 'case.signed', key: signature?.fingerprint, sha256: signature?.sha256 });
    expect(signature?.lines).toBe(lines.length - 1);
  });
});

describe('what came after a signature', () => {
  test('is said in plain words and is no failure; signing again covers it, and both signatures hold', async () => {
    const path = await copy('signed', 'later');
    const dump = join(folder.path, 'later.txt');
    await writeFile(dump, netstatsText({ uid: 10_300, buckets: 3 }));
    const open = await testEngine().openCase(path);
    await open.importFiles([dump], work());
    await open.reportWrite(null, {}, work());
    await open.close();
    const stale = await verify(path, { keys: [publicKey] });
    expect(stale.failures).toEqual([]);
    expect(stale.signature).toMatchObject({ state: 'stale', later: 2 });
    expect(stale.signature?.said).toContain('Added since then and not signed: 1 evidence file, 1 report.');
    expect(stale.signature?.said).toContain('no fault of the evidence');

    expect((await sign('later')).manifest).toBe('signatures/manifest-2.json');
    const again = await verify(path, { keys: [publicKey] });
    expect(again.failures).toEqual([]);
    expect(again.signature).toMatchObject({ state: 'valid', files: 7 });
  });

  test('a second signer may follow; the last key is the one that counts', async () => {
    const path = await copy('signed', 'handed-on');
    await sign('handed-on', otherKeys);
    expect((await verify(path, { keys: [otherPublicKey] })).signature).toMatchObject({ state: 'valid' });
    expect((await verify(path, { keys: [publicKey] })).signature).toMatchObject({ state: 'other key' });
  });
});

describe('tampering is found', () => {
  const parts = ['manifest-1.json', 'manifest-1.sig', 'manifest-1.pem'] as const;

  test.each(parts)('in any byte of %s', async (name) => {
    const path = await copy('signed', `byte-${name}`);
    const file = join(path, 'signatures', name);
    const bytes = await readFile(file);
    await chmod(file, 0o644);
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      await writeFile(file, changed);
      const { signings } = await readSignings(path);
      expect(signings[0]?.differences.length, `byte ${place} of ${name}`).toBeGreaterThan(0);
    }
    const outcome = await verify(path);
    expect(outcome).toMatchObject({ ok: false, signature: { state: 'invalid' } });
  });

  test('in a signature that is too short, empty or missing', async () => {
    const path = await copy('signed', 'short');
    const file = join(path, 'signatures/manifest-1.sig');
    for (const length of [0, 63]) {
      await change(file, (bytes) => bytes.subarray(0, length));
      expect((await verify(path)).signature?.state).toBe('invalid');
    }
    await unlink(file);
    expect((await verify(path)).failures).toContainEqual({
      what: 'signatures/manifest-1.sig',
      expected: 'a file',
      found: 'the file is missing',
    });
  });

  test('when the public key is swapped for another', async () => {
    const path = await copy('signed', 'swapped');
    await change(join(path, 'signatures/manifest-1.pem'), () => Buffer.from('')).catch(() => {});
    await copyFile(otherPublicKey, join(path, 'signatures/manifest-1.pem'));
    const outcome = await verify(path);
    expect(outcome.signature?.state).toBe('invalid');
    expect(outcome.failures[0]?.what).toBe('signatures/manifest-1.json: its signature');
  });

  test('when the whole signature is taken from another case', async () => {
    const path = await copy('signed', 'borrowed');
    await rm(join(path, 'signatures'), { recursive: true });
    await cp(join(at('another'), 'signatures'), join(path, 'signatures'), { recursive: true });
    const { failures, signature } = await verify(path, { keys: [publicKey] });
    expect(signature?.state).toBe('invalid');
    expect(failures).toContainEqual(
      expect.objectContaining({
        what: 'signatures/manifest-1.json: the case',
        found: expect.stringContaining('another one'),
      }),
    );
  });

  test('when another key signs the same case anew: the log names the first one', async () => {
    const path = await copy('unsigned', 'forged');
    await sign('forged', otherKeys);
    await rm(join(at('signed-copy')), { recursive: true, force: true });
    const victim = await copy('signed', 'signed-copy');
    await rm(join(victim, 'signatures'), { recursive: true });
    await cp(join(path, 'signatures'), join(victim, 'signatures'), { recursive: true });
    const outcome = await verify(victim);
    expect(outcome.ok).toBe(false);
    expect(outcome.failures[0]?.what).toContain('signatures/manifest-1.json (custody.jsonl line');
  });

  test('when the signature is taken away', async () => {
    const path = await copy('signed', 'removed');
    await rm(join(path, 'signatures'), { recursive: true });
    const outcome = await verify(path);
    expect(outcome.failures).toEqual([
      expect.objectContaining({ what: expect.stringContaining('manifest-1.json'), found: 'the file is missing' }),
    ]);
  });

  test('in the middle of several signatures', async () => {
    const path = await copy('signed', 'middle');
    await sign('middle');
    await sign('middle');
    expect((await verify(path)).ok).toBe(true);
    for (const ending of ['json', 'sig', 'pem']) await rm(join(path, `signatures/manifest-2.${ending}`));
    const whats = (await verify(path)).failures.map((one) => one.what);
    expect(whats).toContain('signatures/manifest-3.json: the manifest before');
    expect(whats.some((what) => what.includes('manifest-2.json (custody.jsonl line'))).toBe(true);
  });

  test('in evidence, a report or the log: each named once', async () => {
    const path = await copy('signed', 'each');
    const [name] = await readdir(join(path, 'evidence'));
    await change(join(path, 'evidence', name!), (bytes) => Buffer.concat([bytes, Buffer.from('x')]));
    await change(join(path, 'reports/report-1.pdf'), (bytes) => bytes.subarray(1));
    const { failures } = await verify(path);
    expect(failures.map((one) => one.what)).toEqual([expect.stringContaining('evidence E1'), 'reports/report-1.pdf']);
  });

  test('when log, case file and evidence were all rewritten to agree with each other', async () => {
    // Somebody with the folder and this program, but without the key: derives a consistent case from other evidence.
    const path = at('rewritten');
    const dump = join(folder.path, 'rewritten.txt');
    await writeFile(dump, netstatsText({ uid: 10_100, buckets: 11 }));
    const open = await testEngine().createCase(path, { ...emptyCaseInfo, number: 'unsigned' });
    await open.importFiles([dump], work());
    await open.close();
    expect((await verify(path)).ok).toBe(true);
    await cp(join(at('signed'), 'signatures'), join(path, 'signatures'), { recursive: true });
    expect((await verify(path, { keys: [publicKey] })).ok).toBe(false);
  });

  test('by a file that belongs to no signature', async () => {
    const path = await copy('signed', 'stray');
    await writeFile(join(path, 'signatures/readme.txt'), 'x');
    expect((await verify(path)).failures).toEqual([expect.objectContaining({ what: 'signatures/readme.txt' })]);
  });
});

describe('a case from elsewhere', () => {
  test('cannot send the check to files outside of it, or to links and devices', async () => {
    const path = await copy('signed', 'elsewhere');
    const { key, view } = await openSigningKey(otherKeys, passphrase);
    const manifest = readManifest(await readFile(join(path, 'signatures/manifest-1.json')))!;
    const resign = async (file: string) => {
      const files = [{ path: file, bytes: 1, sha256: 'a'.repeat(64) }];
      const bytes = manifestBytes({ ...manifest, files, signer: { ...manifest.signer, key: view.fingerprint } });
      const parts = { manifest: bytes, signature: signManifest(bytes, key), publicKey: view.publicKey };
      await rm(join(path, 'signatures'), { recursive: true });
      await keepSigning(path, 1, parts);
      return (await verify(path)).failures.map((one) => `${one.what}: ${one.found}`);
    };
    for (const outside of ['../sundaram.pem', 'evidence/../../sundaram.pem', '..\\sundaram.pem', '/dev/zero'])
      expect((await resign(outside)).join()).toContain('signatures/manifest-1.json: something else');
    await symlink('/dev/zero', join(path, 'reports', 'endless'));
    expect((await resign('reports/endless')).join()).toContain('reports/endless: a link to another place');
  });
});

describe('a report', () => {
  const of = (name: string) => reportSignature(casePaths(at(name)));

  test('says whose signature the case has and how far it reaches', async () => {
    expect(await of('unsigned')).toBeNull();
    const { signature } = await verify(at('signed'));
    expect(await of('signed')).toMatchObject({
      holds: true,
      name: 'Dr. A. Sundaram',
      fingerprint: signature?.fingerprint,
      sha256: signature?.sha256,
      lines: signature?.lines,
      files: 2,
    });
  });

  test('says of one that does not fit that it does not hold', async () => {
    const path = await copy('signed', 'reported');
    await change(join(path, 'signatures/manifest-1.json'), (bytes) => bytes.subarray(1));
    expect(await of('reported')).toMatchObject({ holds: false, name: null });
    await rm(join(path, 'signatures'), { recursive: true });
    await cp(join(at('another'), 'signatures'), join(path, 'signatures'), { recursive: true });
    expect(await of('reported')).toMatchObject({ holds: false });
  });
});

describe('signing', () => {
  test('refuses a wrong passphrase and no key in one sentence, and leaves the case as it was', async () => {
    const path = await copy('unsigned', 'untouched');
    const before = await readFile(join(path, 'custody.jsonl'), 'utf8');
    expect(await failureOf(sign('untouched', keys, 'plum orchard in April'))).toMatchObject({
      code: 'wrong-passphrase',
    });
    expect(await failureOf(sign('untouched', join(folder.path, 'nobody')))).toMatchObject({ code: 'no-key' });
    expect(await readFile(join(path, 'custody.jsonl'), 'utf8')).toBe(before);
    expect(await readdir(path)).not.toContain('signatures');
  });

  test('refuses a case whose checks fail', async () => {
    const path = await copy('unsigned', 'damaged');
    const [name] = await readdir(join(path, 'evidence'));
    await change(join(path, 'evidence', name!), (bytes) => bytes.subarray(1));
    const failure = await failureOf(sign('damaged'));
    expect(failure).toMatchObject({ code: 'case-damaged', message: expect.stringContaining('evidence E1') });
    expect(await readdir(path)).not.toContain('signatures');
  });

  test('there is one key: a second is refused, and the first stays', async () => {
    const before = await engineWith(keys).signingKey();
    const failure = await failureOf(engineWith(keys).createSigningKey({ name: 'Again', passphrase }));
    expect(failure.code).toBe('key-exists');
    expect(await engineWith(keys).signingKey()).toEqual(before);
  });

  test('a signing that was cut off before its manifest is no signing', async () => {
    const path = await copy('unsigned', 'cut');
    await mkdir(join(path, 'signatures'));
    await copyFile(publicKey, join(path, 'signatures/manifest-1.pem'));
    expect(await verify(path)).toMatchObject({ ok: true, signature: { state: 'absent' } });
    await sign('cut');
    expect(await verify(path)).toMatchObject({ ok: true, signature: { state: 'valid' } });
  });

  test('a signing whose line the program could not write any more is good, and said', async () => {
    const path = await copy('unsigned', 'no-line');
    const log = await readFile(join(path, 'custody.jsonl'));
    const database = await readFile(join(path, 'case.sqlite'));
    await sign('no-line');
    await writeFile(join(path, 'custody.jsonl'), log);
    await writeFile(join(path, 'case.sqlite'), database);
    const outcome = await verify(path);
    expect(outcome).toMatchObject({ ok: true, signature: { state: 'valid' } });
    expect(outcome.notes).toEqual([expect.stringContaining('stands in no line of custody.jsonl')]);
  });

  test('names a public key file that is none', async () => {
    const wrong = join(folder.path, 'wrong.pem');
    await writeFile(wrong, 'no key');
    expect(await failureOf(verify(at('signed'), { keys: [wrong] }))).toMatchObject({ code: 'broken-file' });
    expect(await failureOf(verify(at('signed'), { keys: [`${wrong}.gone`] }))).toMatchObject({ code: 'not-found' });
    const secret = join(keys, 'examiner/private.pem');
    expect((await failureOf(verify(at('signed'), { keys: [secret] }))).message).toContain('not an Ed25519 public key');
  });
});
