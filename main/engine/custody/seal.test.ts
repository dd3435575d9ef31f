import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/base/failure.ts';
import { silentProgress } from '../ports/progress.ts';
import { sealFolder } from './seal.ts';
import { padding, tarEnd, tarHeader } from './tar.ts';
import { unsealFile } from './unseal.ts';

let folder: string;
let root: string;
let sealed: string;
let keyFile: string;
let recipient: string;
const signal = new AbortController().signal;
const place = (name: string) => join(folder, name);

const names: Readonly<Record<string, Buffer>> = {
  'custody.jsonl': Buffer.from('{"seq":1}\n'),
  'evidence/empty': Buffer.alloc(0),
  'evidence/one-block': Buffer.alloc(512, 7),
  'evidence/odd': randomBytes(1_000_001),
  [`reports/${'very-long-name-'.repeat(8)}.pdf`]: randomBytes(77),
  'reports/отчёт 报告.pdf': randomBytes(5),
};

const seal = (to: readonly string[], out: string, from = root) =>
  sealFolder({ root: from, out, to, leaveOut: ['case.lock'], progress: silentProgress, signal });
const unseal = (file: string, out: string, identities = keyFile) =>
  unsealFile({ file, identities, out, progress: silentProgress, signal });

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => null,
    (error) => error,
  );
  expect(thrown?.name, String(thrown)).toBe('Failure');
  return thrown as Failure;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonehome-seal-'));
  root = place('17-26.phonehome');
  for (const [name, bytes] of Object.entries(names)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), bytes);
    await utimes(join(root, name), 1_700_000_000, 1_700_000_000);
  }
  await chmod(join(root, 'evidence/odd'), 0o444);
  await writeFile(join(root, 'case.lock'), 'somebody');
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  keyFile = place('key.txt');
  await writeFile(keyFile, `# made for a test\n\n${identity}\n`);
  sealed = place('17-26.phonehome.age');
  await seal([recipient], sealed);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What stands beside the sealed file and does not belong there. */
const left = async () => (await readdir(folder)).filter((name) => name.includes('.part') || name.startsWith('out'));

describe('a sealed folder', () => {
  it('comes out byte for byte, with times and read-only marks, without what was left out', async () => {
    const out = place('opened.phonehome');
    expect(await unseal(sealed, out)).toMatchObject({ path: out, files: 6 });
    for (const [name, bytes] of Object.entries(names)) {
      expect((await readFile(join(out, name))).equals(bytes), name).toBe(true);
      expect(Math.round((await stat(join(out, name))).mtimeMs / 1000)).toBe(1_700_000_000);
    }
    expect((await stat(join(out, 'evidence/odd'))).mode & 0o222).toBe(0);
    expect(existsSync(join(out, 'case.lock'))).toBe(false);
  });

  it('opens without this program: age’s own form around a plain tar', async () => {
    const decrypter = new Decrypter();
    decrypter.addIdentity((await readFile(keyFile, 'utf8')).split('\n')[2]!);
    const tar = await decrypter.decrypt(new Uint8Array(await readFile(sealed)));
    await writeFile(place('plain.tar'), tar);
    let list: string;
    try {
      list = execFileSync('tar', ['-tf', place('plain.tar'), '--quoting-style=literal'], { encoding: 'utf8' });
    } catch {
      console.log('Left out: there is no GNU tar on this machine to open the archive with.');
      return;
    }
    const files = list.split('\n').filter((line) => line !== '' && !line.endsWith('/'));
    expect(files.sort()).toEqual(
      Object.keys(names)
        .map((name) => `17-26.phonehome/${name}`)
        .sort(),
    );
  });

  it('opens for each of several recipients, those against quantum computers too', async () => {
    const other = await generateHybridIdentity();
    await writeFile(place('other.txt'), other);
    const both = place('both.age');
    expect((await failureOf(seal([await identityToRecipient(other), recipient], both))).message).toContain('mixed');
    await seal([await identityToRecipient(other)], both);
    await unseal(both, place('opened-2.phonehome'), place('other.txt'));
    const third = await generateX25519Identity();
    await writeFile(place('third.txt'), third);
    await seal([recipient, await identityToRecipient(third)], place('two.age'));
    await unseal(place('two.age'), place('opened-3.phonehome'), place('third.txt'));
    expect(await readdir(place('opened-3.phonehome'))).toEqual(await readdir(place('opened-2.phonehome')));
  });

  it('does not open with another key', async () => {
    await writeFile(place('wrong.txt'), await generateX25519Identity());
    const failure = await failureOf(unseal(sealed, place('out-wrong'), place('wrong.txt')));
    expect(failure).toMatchObject({ code: 'wrong-key' });
    expect(await left()).toEqual([]);
  });

  it.each(['the end', 'a whole piece', 'the middle', 'all but the header', 'all'])(
    'is refused when %s is cut off',
    async (what) => {
      const bytes = await readFile(sealed);
      const header = bytes.indexOf('\n--- ') + 5 + 43 + 1 + 16;
      const length = {
        'the end': bytes.length - 1,
        // age's pieces are 64 KiB and a tag of 16 bytes.
        'a whole piece': header + 65_552 * 3,
        'the middle': bytes.length >> 1,
        'all but the header': header,
        all: 0,
      }[what]!;
      const cut = place('cut.age');
      await writeFile(cut, bytes);
      await truncate(cut, length);
      const failure = await failureOf(unseal(cut, place('out-cut')));
      expect(failure.code).toBe(what === 'all' ? 'not-recognised' : 'broken-file');
      expect(failure.message).toContain('cut.age');
      expect(await left()).toEqual([]);
    },
  );

  it('is refused with any of its bytes changed, or with bytes after its end', async () => {
    const bytes = await readFile(sealed);
    const header = bytes.indexOf('\n--- ') + 49;
    const places = [
      ...Array.from({ length: header + 40 }, (_, at) => at).filter((at) => at % 7 === 0),
      65_552,
      bytes.length >> 1,
      bytes.length - 17,
      bytes.length - 1,
    ];
    const file = place('changed.age');
    for (const at of places) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      await writeFile(file, changed);
      const failure = await failureOf(unseal(file, place('out-changed')));
      expect(['broken-file', 'not-recognised', 'wrong-key'], `byte ${at}`).toContain(failure.code);
    }
    await writeFile(file, Buffer.concat([bytes, Buffer.from('x')]));
    expect((await failureOf(unseal(file, place('out-changed')))).code).toBe('broken-file');
    expect(await left()).toEqual([]);
  });

  it('is not opened over something that is there', async () => {
    expect((await failureOf(unseal(sealed, root))).code).toBe('case-exists');
    expect((await failureOf(unseal(sealed, place('no/such/folder')))).code).toBe('not-found');
    expect((await failureOf(unseal(place('gone.age'), place('out-gone')))).code).toBe('not-found');
  });

  it('is told apart from other files, and from the armoured form', async () => {
    await writeFile(place('text.age'), 'hello');
    expect((await failureOf(unseal(place('text.age'), place('out-text')))).code).toBe('not-recognised');
    await writeFile(place('armour.age'), '-----BEGIN AGE ENCRYPTED FILE-----\nabc\n');
    expect((await failureOf(unseal(place('armour.age'), place('out-armour')))).code).toBe('unsupported');
    await writeFile(place('open.age'), `age-encryption.org/v1\n${'x'.repeat(3_000_000)}`);
    expect((await failureOf(unseal(place('open.age'), place('out-open')))).code).toBe('broken-file');
    await writeFile(place('no-key.txt'), '# nothing\n');
    expect((await failureOf(unseal(sealed, place('out'), place('no-key.txt')))).message).toContain('no age identity');
    await writeFile(place('odd-key.txt'), 'ssh-ed25519 AAAA');
    expect((await failureOf(unseal(sealed, place('out'), place('odd-key.txt')))).code).toBe('broken-file');
  });
});

describe('sealing', () => {
  it('refuses recipients that are none, and never repeats a secret key', async () => {
    const out = place('out-recipient.age');
    expect((await failureOf(seal([], out))).code).toBe('wrong-use');
    expect((await failureOf(seal(['age1qqqq'], out))).message).toContain('age1qqqq');
    const secret = await generateX25519Identity();
    const failure = await failureOf(seal([secret], out));
    expect(`${failure.message} ${failure.advice}`).not.toContain(secret);
    expect(await left()).toEqual([]);
  });

  it('writes over nothing, and leaves nothing when it fails', async () => {
    expect((await failureOf(seal([recipient], sealed))).message).toContain('exists already');
    expect((await failureOf(seal([recipient], place('no/folder/x.age')))).code).toBe('not-found');
    const stopped = AbortSignal.abort();
    const cancelled = sealFolder({
      root,
      out: place('out-c.age'),
      to: [recipient],
      leaveOut: [],
      progress: silentProgress,
      signal: stopped,
    });
    expect((await failureOf(cancelled)).code).toBe('cancelled');
    expect(await left()).toEqual([]);
  });

  it('refuses a folder with links in it', async () => {
    const odd = place('odd.phonehome');
    await mkdir(odd);
    await writeFile(join(odd, 'custody.jsonl'), 'x');
    await symlink('/etc/hostname', join(odd, 'evidence'));
    expect((await failureOf(seal([recipient], place('out-odd.age'), odd))).message).toContain(
      'neither a file nor a folder',
    );
    await rm(join(odd, 'evidence'));
    await writeFile(join(odd, 'a:b'), 'x');
    expect((await failureOf(seal([recipient], place('out-odd.age'), odd))).message).toContain('a:b');
    await rm(join(odd, 'a:b'));
    // A second name of the same file is a file like any other.
    await link(join(odd, 'custody.jsonl'), join(odd, 'again'));
    await seal([recipient], place('linked.age'), odd);
  });
});

describe('a hostile archive, sealed well', () => {
  const entry = (path: string, bytes = Buffer.from('x')) =>
    Buffer.concat([
      tarHeader({ path, kind: 'file', bytes: bytes.length, writable: true, changedAt: 0 }),
      bytes,
      padding(bytes.length),
    ]);
  const good = entry('c.phonehome/custody.jsonl');

  async function open(tar: Uint8Array): Promise<Failure> {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    await writeFile(place('hostile.age'), await encrypter.encrypt(tar));
    return failureOf(unseal(place('hostile.age'), place('out-hostile')));
  }
  const retyped = (bytes: Buffer, type: string) => {
    const changed = Buffer.from(bytes);
    changed.write(type, 156);
    changed.fill(0x20, 148, 156);
    const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return changed;
  };

  it.each([
    ['a path upwards', entry('../../escaped')],
    ['a path upwards further in', entry('c.phonehome/../../escaped')],
    ['an absolute path', entry('/tmp/escaped')],
    ['a Windows path', entry('c.phonehome\\..\\escaped')],
    ['a drive', entry('C:/escaped')],
    ['a stream of a file', entry('c.phonehome/x:y')],
    ['a line end in a name', entry('c.phonehome/a\nb')],
    ['an empty name', entry('c.phonehome//x')],
    ['a symbolic link', retyped(entry('c.phonehome/x'), '2')],
    ['a hard link', retyped(entry('c.phonehome/x'), '1')],
    ['a device', retyped(entry('c.phonehome/x'), '3')],
    ['one name twice', good],
  ])('with %s is refused', async (_, part) => {
    expect((await open(Buffer.concat([good, part, tarEnd()]))).code).toBe('hostile-archive');
    expect(existsSync(join(folder, 'escaped'))).toBe(false);
    expect(existsSync(join(dirname(folder), 'escaped'))).toBe(false);
    expect(await left()).toEqual([]);
  });

  it.each([
    ['no case', Buffer.concat([entry('c/readme'), tarEnd()])],
    ['two folders', Buffer.concat([good, entry('d/x'), tarEnd()])],
    ['no end', good],
    ['an end in the middle of a file', good.subarray(0, 600)],
    ['bytes after the end', Buffer.concat([good, tarEnd(), good])],
    ['a header that does not fit its checksum', Buffer.concat([good, Buffer.alloc(512, 1), tarEnd()])],
    ['nothing', Buffer.alloc(0)],
  ])('with %s is refused', async (_, tar) => {
    expect((await open(tar)).code).toBe('broken-file');
    expect(await left()).toEqual([]);
  });
});
