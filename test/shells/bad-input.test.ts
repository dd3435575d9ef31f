import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { access, appendFile, chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { phonehome, type Said } from '../support/cli.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { zipWithEntry } from '../support/raw-zip.ts';
import { netstatsText } from '../support/small-dump.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (name: string) => join(folder.path, name);
const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** One clear sentence: names what was given, ends with a full stop, and no trace of a program's inside. */
function expectSentence(said: Said, names: string, exit: number): void {
  expect(said.exit, said.err).toBe(exit);
  expect(said.err).toContain(names);
  expect(said.err).not.toMatch(/\bat \S+ \(|node:|Error:|\.ts:\d/);
  expect(said.err.split('\n').filter((line) => line.includes(names) && /[.!]$/.test(line))).not.toEqual([]);
}

async function refused(name: string, path: string, words: RegExp): Promise<void> {
  const target = at(`none-${name}`);
  const said = await phonehome(['import', '--case', target, path]);
  expectSentence(said, basename(path), 3);
  expect(said.err).toMatch(words);
  expect(await there(`${target}.phonehome`), 'no trace of half a case').toBe(false);
  expect((await readdir(folder.path)).filter((one) => one.includes('.new-'))).toEqual([]);
}

async function zipOf(path: string, entries: Record<string, Buffer | string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(entries)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  const out = createWriteStream(path);
  zip.outputStream.pipe(out);
  await new Promise((resolve) => out.on('close', () => resolve(null)));
  return readFile(path);
}

describe('files that cannot be taken', () => {
  test('a missing file', () => refused('missing', at('nothing.txt'), /does not exist/));

  test('an empty file', async () => {
    await writeFile(at('empty.txt'), '');
    await refused('empty', at('empty.txt'), /is empty/);
  });

  test('an empty folder', async () => {
    await mkdir(at('hollow'));
    await refused('hollow', at('hollow'), /is empty/);
  });

  test('a photo named .zip', async () => {
    await writeFile(
      at('photo.zip'),
      Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100', 'hex'), Buffer.alloc(4000, 7)]),
    );
    await refused('photo', at('photo.zip'), /zip/);
  });

  test('a truncated zip', async () => {
    const whole = await zipOf(at('whole.zip'), {
      'netstats.txt': netstatsText({ uid: 10001, buckets: 200 }),
      'other.txt': 'x'.repeat(9000),
    });
    await writeFile(at('cut.zip'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    await refused('cut', at('cut.zip'), /cut|incomplete|damaged|end/i);
  });

  test('a zip with ../ names', async () => {
    await writeFile(at('climb.zip'), zipWithEntry('../../climb.txt', Buffer.from('x')));
    await refused('climb', at('climb.zip'), /\.\.\//);
    expect(await there(join(folder.path, '../../climb.txt'))).toBe(false);
  });

  test('a zip that says it unpacks to 50 GB, and one that does without saying', async () => {
    const bomb = deflateRawSync(Buffer.alloc(200_000_000));
    await writeFile(at('bomb.zip'), zipWithEntry('big.txt', bomb, { method: 8, size: 50_000_000_000 }));
    await refused('bomb', at('bomb.zip'), /unpack/i);
    await writeFile(at('liar.zip'), zipWithEntry('big.txt', bomb, { method: 8, size: 1000 }));
    await refused('liar', at('liar.zip'), /unpack|says|size/i);
  });

  test('a folder without rights', async () => {
    const root = process.getuid?.() === 0;
    await mkdir(at('closed/inside'), { recursive: true });
    await writeFile(at('closed/inside/netstats.txt'), netstatsText({ uid: 10001, buckets: 2 }));
    await chmod(at('closed'), 0o000);
    await chmod(folder.path, 0o777);
    const target = at('none-closed');
    const said = await phonehome(
      ['import', '--case', target, at('closed')],
      root ? { uid: 65534, env: { HOME: folder.path } } : {},
    );
    await chmod(at('closed'), 0o700);
    expectSentence(said, at('closed'), 3);
    expect(said.err).toMatch(/access is denied/);
    expect(await there(`${target}.phonehome`)).toBe(false);
  });

  test('a file that changes while it is read', async () => {
    const path = at('growing.txt');
    await writeFile(path, netstatsText({ uid: 10001, buckets: 2 }).padEnd(200_000_000, '\n'));
    let writing = true;
    const said = phonehome(['import', '--case', at('none-growing'), path], {
      async beforeEnd() {
        while (writing) {
          await appendFile(path, 'more\n');
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      },
    });
    const result = await said;
    writing = false;
    expectSentence(result, path, 3);
    expect(result.err).toMatch(/changed while it was read/);
    expect(await there(`${at('none-growing')}.phonehome`)).toBe(false);
  });

  test('one bad path among good ones: the good ones are taken, exit 1', async () => {
    await writeFile(at('good.txt'), netstatsText({ uid: 10001, buckets: 3 }));
    const said = await phonehome(['import', '--json', '--case', at('mixed'), at('good.txt'), at('bad.txt')]);
    expectSentence(said, at('bad.txt'), 1);
    expect(JSON.parse(said.out)).toMatchObject({ events: 3, evidence: [{ name: 'good.txt' }] });
  });
});

describe('files that are taken, with what could not be read', () => {
  async function taken(
    name: string,
    bytes: string | Buffer,
  ): Promise<{ events: number; warnings: number; read: Said }> {
    await writeFile(at(name), bytes);
    const said = await phonehome(['import', '--json', '--case', at(`case-${name}`), at(name)]);
    expect(said.exit, said.err).toBe(0);
    const { events, warnings } = JSON.parse(said.out);
    return { events, warnings, read: await phonehome(['warnings', '--json', '--case', at(`case-${name}`)]) };
  }

  test('a netstats dump cut in mid-line keeps every whole bucket and says where it was cut', async () => {
    const text = netstatsText({ uid: 10001, buckets: 20 });
    const whole = text.lastIndexOf('st=');
    const { events, read } = await taken('cut-dump.txt', text.slice(0, whole + 30));
    expect(events).toBe(19);
    const warning = JSON.parse(read.out.trim().split('\n')[0]!);
    expect(warning).toMatchObject({
      evidence: 'E1',
      section: 'dumpsys netstats',
      line: text.slice(0, whole).split('\n').length,
    });
  });

  test('10 MB on one line is passed over with its place, and the rest is read', async () => {
    const [head, ...rest] = netstatsText({ uid: 10001, buckets: 20 }).split('\n');
    const { events, warnings, read } = await taken('long-line.txt', [head, 'x'.repeat(10_000_000), ...rest].join('\n'));
    expect(events).toBe(20);
    expect(warnings).toBeGreaterThan(0);
    expect(JSON.parse(read.out.trim().split('\n')[0]!).line).toBe(2);
  });

  test('binary junk is kept and called not recognised', async () => {
    const junk = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 2654435761) >>> 24));
    const { events, warnings } = await taken('junk.bin', junk);
    expect([events, warnings]).toEqual([0, 1]);
    expect((await readdir(at('case-junk.bin.phonehome/evidence'))).length).toBe(1);
  });
});

describe('cases that cannot be opened', () => {
  async function makeCase(name: string): Promise<string> {
    await writeFile(at('dump.txt'), netstatsText({ uid: 10001, buckets: 3 }));
    const engine = testEngine();
    const open = await engine.createCase(at(name), emptyCaseInfo);
    await open.importFiles([at('dump.txt')], work());
    await open.close();
    return at(`${name}.phonehome`);
  }

  test('no case there, and a folder that is none', async () => {
    expectSentence(await phonehome(['summary', '--case', at('nowhere')]), at('nowhere'), 3);
    await mkdir(at('plain'));
    expectSentence(await phonehome(['summary', '--case', at('plain')]), at('plain'), 3);
  });

  test('a case that another process is writing', async () => {
    const path = await makeCase('busy');
    await writeFile(
      join(path, 'case.lock'),
      JSON.stringify({ pid: process.pid, host: (await import('node:os')).hostname() }),
    );
    await writeFile(at('second.txt'), netstatsText({ uid: 10002, buckets: 3 }));
    const said = await phonehome(['import', '--case', path, at('second.txt')]);
    expectSentence(said, path, 3);
    expect(said.err).toContain(`process ${process.pid}`);
    expect((await phonehome(['summary', '--case', path])).exit, 'reading goes on').toBe(0);
  });

  test('a lock of a process that is gone is taken over', async () => {
    const path = await makeCase('stale');
    await writeFile(
      join(path, 'case.lock'),
      JSON.stringify({ pid: 999_999_999, host: (await import('node:os')).hostname() }),
    );
    await writeFile(at('third.txt'), netstatsText({ uid: 10003, buckets: 3 }));
    expect((await phonehome(['import', '--case', path, at('third.txt')])).exit).toBe(0);
  });

  test('a case of a newer program', async () => {
    const path = await makeCase('newer');
    const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
    await database.run('PRAGMA user_version = 990');
    await database.close();
    const before = await readFile(join(path, 'case.sqlite'));
    const said = await phonehome(['summary', '--case', path]);
    expectSentence(said, path, 3);
    expect(said.err).toMatch(/newer Phonehome/);
    expect(Buffer.compare(await readFile(join(path, 'case.sqlite')), before)).toBe(0);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount)
  console.log('left out: the full disk (it needs a small file system of its own, which only root can mount)');

describe.skipIf(!canMount)('a full disk', () => {
  test('what was kept before stays, the case opens and verifies, and nothing half is left', async () => {
    const disk = at('disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
    try {
      await writeFile(at('small.txt'), netstatsText({ uid: 10001, buckets: 30 }));
      await writeFile(at('large.txt'), netstatsText({ uid: 10002, buckets: 100_000 }));
      expect((await phonehome(['import', '--case', join(disk, 'c'), at('small.txt')])).exit).toBe(0);
      const said = await phonehome(['import', '--case', join(disk, 'c'), at('large.txt')]);
      expectSentence(said, disk, 3);
      expect(said.err).toMatch(/disk is full/);
      const path = join(disk, 'c.phonehome');
      expect((await readdir(join(path, 'evidence'))).filter((name) => name.startsWith('.'))).toEqual([]);
      expect((await phonehome(['verify', '--case', path])).exit).toBe(0);
      expect(JSON.parse((await phonehome(['summary', '--json', '--case', path])).out).events.volume).toBe(30);

      const fresh = await phonehome(['import', '--case', join(disk, 'fresh'), at('large.txt')]);
      expect(fresh.exit).toBe(3);
      expect(await there(join(disk, 'fresh.phonehome'))).toBe(false);
      expect((await stat(join(path, 'case.sqlite'))).size).toBeGreaterThan(0);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
