import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/base/failure.ts';
import { silentProgress } from '../ports/progress.ts';
import { sealFolder } from './seal.ts';
import { unsealFile } from './unseal.ts';

/* What is sealed here opens with age and tar as everybody has them, and the other way round; and what neither of the two can is said. */

const hasAge =
  process.platform !== 'win32' &&
  ['age', 'age-keygen', 'tar'].every((one) => spawnSync(one, ['--version']).status === 0);
if (!hasAge)
  console.log('Left out: sealing against the age program, because it is not here (Debian: apt install age).');

let folder: string;
let root: string;
const signal = new AbortController().signal;
const place = (name: string) => join(folder, name);
const shell = (line: string) => execFileSync('sh', ['-ec', line], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
const seal = (to: readonly string[], out: string, from = root) =>
  sealFolder({ root: from, out, to, leaveOut: [], progress: silentProgress, signal });
const unseal = (file: string, out: string, identities = place('key.txt')) =>
  unsealFile({ file, identities, out, progress: silentProgress, signal });
async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => null,
    (error) => error,
  );
  expect(thrown?.name, String(thrown)).toBe('Failure');
  return thrown as Failure;
}
const files: Readonly<Record<string, string>> = {
  'custody.jsonl': '{"seq":1}\n',
  [`evidence/${'a'.repeat(64)}`]: 'x'.repeat(70_000),
  [`reports/${'a long name '.repeat(12)}— ₹ 報告.pdf`]: 'pdf',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-age-'));
  root = place('17-26.phonehome');
  for (const part of ['evidence', 'reports']) mkdirSync(join(root, part), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  chmodSync(join(root, `evidence/${'a'.repeat(64)}`), 0o444);
  if (hasAge) shell('age-keygen -o key.txt 2>/dev/null && age-keygen -y key.txt > recipient.txt');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const recipient = () => readFileSync(place('recipient.txt'), 'utf8').trim();

describe.skipIf(!hasAge)('age and tar', () => {
  it('open what is sealed here, to the byte', async () => {
    await seal([recipient()], place('ours.age'));
    mkdirSync(place('by-hand'));
    shell('age -d -i key.txt ours.age | tar -x -C by-hand');
    for (const [name, text] of Object.entries(files))
      expect(readFileSync(join(place('by-hand'), '17-26.phonehome', name), 'utf8'), name).toBe(text);
  });

  it.each(['gnu', 'pax', 'ustar --exclude=reports'])('seal what opens here: tar --format=%s', async (format) => {
    const out = place(`theirs-${format.slice(0, 3)}`);
    shell(`tar -c --format=${format} 17-26.phonehome | age -r "$(cat recipient.txt)" > theirs.age`);
    if (format === 'gnu') {
      // GNU's own way of writing long names is not taken for anything that it could be.
      expect(await failureOf(unseal(place('theirs.age'), out))).toMatchObject({ code: 'hostile-archive' });
      expect(existsSync(out)).toBe(false);
      return;
    }
    await unseal(place('theirs.age'), out);
    expect(readFileSync(join(out, 'custody.jsonl'), 'utf8')).toBe(files['custody.jsonl']);
  });

  it('seal a folder with a link in it, or a path that leads upwards, and it is not opened here', async () => {
    mkdirSync(place('odd.phonehome'));
    writeFileSync(place('odd.phonehome/custody.jsonl'), 'x');
    symlinkSync('/etc/hostname', place('odd.phonehome/link'));
    const recipients = '-r "$(cat recipient.txt)"';
    shell(`tar -c odd.phonehome | age ${recipients} > odd.age`);
    expect(await failureOf(unseal(place('odd.age'), place('out-odd')))).toMatchObject({ code: 'hostile-archive' });
    shell(
      `cd odd.phonehome && tar -cP --exclude=link ../odd.phonehome/custody.jsonl | age -r "$(cat ../recipient.txt)" > ../up.age`,
    );
    expect(await failureOf(unseal(place('up.age'), place('out-up')))).toMatchObject({ code: 'hostile-archive' });
    expect(readdirSync(folder).filter((name) => name.startsWith('out-') || name.endsWith('.part'))).toEqual([]);
  });

  it('seal as text, and that is said', async () => {
    shell('tar -c --format=pax 17-26.phonehome | age -a -r "$(cat recipient.txt)" > text.age');
    expect(await failureOf(unseal(place('text.age'), place('out-text')))).toMatchObject({ code: 'unsupported' });
  });
});

describe('what this program does not seal to', () => {
  const key = 'age1pyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyyscxl7ka';
  it.each([
    [
      'the key of a device',
      'age1yubikey1qgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqy8rymap',
      /plugin age-plugin-yubikey/,
    ],
    ['a key of SSH', `ssh-ed25519 ${Buffer.alloc(51, 1).toString('base64')} me@home`, /for SSH/],
    ['a recipient with one sign changed', `${key.slice(0, -1)}${key.endsWith('q') ? 'p' : 'q'}`, /lost in copying/],
    ['a recipient in capitals', key.toUpperCase(), /begins with age1/],
    [
      'a well written one that is no key',
      'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z',
      /no age recipient/,
    ],
    ['a name', 'alice', /begins with age1/],
  ])('%s is refused with what to do', async (_, to, words) => {
    const failure = await failureOf(seal([key, to], place('never.age')));
    expect(failure.code).toBe('wrong-use');
    expect(`${failure.message} ${failure.advice}`).toMatch(words);
    expect(existsSync(place('never.age'))).toBe(false);
  });

  it('a folder whose own name could not be opened again is refused before anything is written', async () => {
    const odd = place('17:26.phonehome');
    mkdirSync(odd);
    writeFileSync(join(odd, 'custody.jsonl'), 'x');
    expect((await failureOf(seal([key], place('never.age'), odd))).message).toContain('17:26.phonehome');
    for (const name of ['con.pdf', 'report.pdf ', 'a.']) {
      const one = place('names.phonehome');
      mkdirSync(one);
      writeFileSync(join(one, name), 'x');
      expect((await failureOf(seal([key], place('never.age'), one))).message).toContain(name);
      rmSync(one, { recursive: true });
    }
  });

  it('what appears under the name meanwhile is not written over', async () => {
    const to = place('meanwhile.age');
    const sealing = seal([key], to);
    writeFileSync(to, 'somebody else’s');
    expect(await failureOf(sealing)).toMatchObject({ code: 'wrong-use' });
    expect(readFileSync(to, 'utf8')).toBe('somebody else’s');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('what this program does not open', () => {
  it.each([
    ['the key of a device', 'AGE-PLUGIN-YUBIKEY-1QQQQ', 'unsupported', /plugin/],
    ['a key under a passphrase', 'age-encryption.org/v1\n-> scrypt x', 'unsupported', /under a passphrase/],
    ['a key of SSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc', 'unsupported', /SSH/],
    ['nothing of the kind', 'AGE-SECRET-KEY-1NOTHING', 'broken-file', /no age identity/],
  ])('with %s, and says so without showing it', async (_, text, code, words) => {
    writeFileSync(place('odd-key.txt'), text);
    writeFileSync(place('any.age'), 'age-encryption.org/v1\n');
    const failure = await failureOf(unseal(place('any.age'), place('out'), place('odd-key.txt')));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    expect(`${failure.message} ${failure.advice}`).not.toContain('1NOTHING');
  });

  it('a file that was sealed with a passphrase', async () => {
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(2);
    encrypter.setPassphrase('six words');
    writeFileSync(place('phrase.age'), await encrypter.encrypt(new Uint8Array(10)));
    writeFileSync(place('some-key.txt'), 'AGE-SECRET-KEY-1QVPSXQCRQVPSXQCRQVPSXQCRQVPSXQCRQVPSXQCRQVPSXQCRQVPS2PGGME');
    const failure = await failureOf(unseal(place('phrase.age'), place('out'), place('some-key.txt')));
    expect(failure).toMatchObject({ code: 'unsupported', message: expect.stringContaining('with a passphrase') });
  });
});
