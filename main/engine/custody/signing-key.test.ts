import { createPrivateKey, createPublicKey } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lockKey, unlockKey, WrongPassphrase } from './locked-key.ts';
import { createSigningKey, fingerprintOf, openSigningKey, readSigningKey } from './signing-key.ts';

let folder: string;
const passphrase = 'nine green bottles';
const createdAt = '2026-03-01T08:00:00.000000Z';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonehome-key-'));
  await createSigningKey(join(folder, 'keys'), { name: 'A. Example', passphrase, createdAt });
  return () => rm(folder, { recursive: true, force: true });
});
const secret = () => join(folder, 'keys/examiner/private.pem');

describe('the signing key', () => {
  it('lies encrypted, readable by its owner alone', async () => {
    const pem = await readFile(secret(), 'utf8');
    expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(() => createPrivateKey(pem)).toThrow();
    if (process.platform !== 'win32') {
      expect((await stat(secret())).mode & 0o777).toBe(0o600);
      expect((await stat(join(folder, 'keys/examiner'))).mode & 0o777).toBe(0o700);
    }
  });

  it('opens with its passphrase, here and in OpenSSL’s own reader', async () => {
    const { key, view } = await openSigningKey(join(folder, 'keys'), passphrase);
    expect(fingerprintOf(createPublicKey(key))).toBe(view.fingerprint);
    const read = createPrivateKey({ key: await readFile(secret(), 'utf8'), passphrase });
    expect(fingerprintOf(createPublicKey(read))).toBe(view.fingerprint);
    expect(await readSigningKey(join(folder, 'keys'))).toEqual(view);
  });

  it('opens with the same passphrase however its letters were composed', async () => {
    const { key } = await openSigningKey(join(folder, 'keys'), passphrase);
    const pem = await lockKey(key, 'Schl\u00fcssel f\u00fcr Fall 7');
    expect(fingerprintOf(createPublicKey(await unlockKey(pem, 'Schlu\u0308ssel fu\u0308r Fall 7')))).toHaveLength(64);
  });

  it.each(['', 'nine green bottle', 'Nine green bottles'])('does not open with “%s”', async (wrong) => {
    await expect(openSigningKey(join(folder, 'keys'), wrong)).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  it('never opens with any byte of it changed', async () => {
    const pem = await readFile(secret(), 'utf8');
    const bytes = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
    // Each try costs the whole of scrypt, so only some of the places: the kinds, the costs, the salt, the key.
    for (const place of [0, 3, 20, 40, 60, 75, bytes.length - 100, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      const text = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${changed.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
      await expect(unlockKey(text, passphrase), `byte ${place}`).rejects.toThrow();
    }
    await expect(unlockKey(pem, 'another')).rejects.toBeInstanceOf(WrongPassphrase);
  });

  it('is refused with a short passphrase or without a name, and then nothing is made', async () => {
    const place = join(folder, 'none');
    const make = (name: string, phrase: string) => createSigningKey(place, { name, passphrase: phrase, createdAt });
    await expect(make('A', 'seven77')).rejects.toMatchObject({ code: 'wrong-use' });
    await expect(make(' \n', passphrase)).rejects.toMatchObject({ code: 'wrong-use' });
    expect(await readSigningKey(place)).toBeNull();
  });

  it('is told when its halves do not belong together, or cannot be read', async () => {
    const place = join(folder, 'mixed');
    const other = await createSigningKey(place, { name: 'B', passphrase, createdAt });
    const open = join(place, 'examiner/public.pem');
    await writeFile(open, (await readSigningKey(join(folder, 'keys')))?.publicKey ?? '');
    await expect(openSigningKey(place, passphrase)).rejects.toMatchObject({ code: 'broken-file' });
    await writeFile(open, 'nothing');
    await expect(readSigningKey(place)).rejects.toMatchObject({ code: 'broken-file' });
    await writeFile(open, other.publicKey);
    await chmod(other.path, 0o600);
    await writeFile(other.path, 'nothing');
    await expect(openSigningKey(place, passphrase)).rejects.toMatchObject({ code: 'broken-file' });
  });
});
