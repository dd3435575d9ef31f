import { execFileSync } from 'node:child_process';
import {
  chmod,
  copyFile,
  cp,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../main/engine/engine-api.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { hashOfLine } from '../../main/engine/store/custody-reading.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

/*
 * What a party that wants a case to fall, or to say something else, can do to its folder: each is named by `verify`, alone and by its
 * own name, whether the case is signed or not.
 */

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (name: string) => join(folder.path, `${name}.phonehome`);
const phrase = 'plum orchard in March';
const engine = (): Engine => testEngine(noPhones, () => Date.now() * 1000, join(folder.path, 'keys'));
const verify = (path: string) => engine().verifyFolder(path, work());
const names = async (path: string) => (await verify(path)).failures.map(({ what }) => what);

beforeAll(async () => {
  folder = await temporaryFolder();
  await engine().createSigningKey({ name: 'A. Example', passphrase: phrase });
  for (const [name, uid] of [
    ['plain', 10_100],
    ['another', 10_200],
  ] as const) {
    const dump = join(folder.path, `${name}.txt`);
    await writeFile(dump, netstatsText({ uid, buckets: 12 }));
    const open = await engine().createCase(at(name), { ...emptyCaseInfo, number: name, notes: 'naïve \ufffd' });
    await open.importFiles([dump], work());
    await open.reportWrite(null, {}, work());
    await open.close();
  }
  await cp(at('plain'), at('signed'), { recursive: true });
  const open = await engine().openCase(at('signed'));
  await open.sign(phrase, work());
  await open.close();
  return () => folder[Symbol.asyncDispose]();
}, 60_000);

let copies = 0;
async function copy(of: string): Promise<string> {
  copies += 1;
  const path = at(`copy-${copies}`);
  await cp(at(of), path, { recursive: true });
  return path;
}
const logOf = (path: string) => join(path, 'custody.jsonl');
const theEvidence = async (path: string) => join(path, 'evidence', (await readdir(join(path, 'evidence')))[0]!);
async function overwrite(file: string, bytes: Uint8Array | string): Promise<void> {
  await rm(file);
  await writeFile(file, bytes);
}

describe.each(['plain', 'signed'])('in a case that is %s', (which) => {
  test('nothing is named where nothing was changed, not even on a second look', async () => {
    const path = await copy(which);
    expect(await names(path)).toEqual([]);
    expect(await names(path)).toEqual([]);
  });

  test('a figure that was changed in the case file alone', async () => {
    const path = await copy(which);
    const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
    await database.run('UPDATE volume SET sent = sent + 1 WHERE id = 3');
    await database.close();
    expect(await names(path)).toEqual(['case.sqlite: the table volume']);
    const open = await engine().openCase(path);
    await open.rebuild(work());
    await open.close();
    expect(await names(path)).toEqual([]);
  });

  test('a row or a table more in the case file', async () => {
    const path = await copy(which);
    const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
    await database.run(
      `INSERT INTO finding SELECT 900, rule, 'x', 'Another', text, limits, state, uid, events FROM (SELECT NULL rule, '' text, '' limits, 'open' state, NULL uid, '[]' events)`,
    );
    await database.run('CREATE TABLE "x"" y" (z INTEGER)');
    await database.run('CREATE TABLE sqlitez (z INTEGER)');
    await database.run('CREATE TRIGGER later AFTER INSERT ON volume BEGIN UPDATE volume SET sent = 0; END');
    await database.close();
    expect((await names(path)).sort()).toEqual([
      'case.sqlite: the table finding',
      'case.sqlite: the table later (trigger)',
      'case.sqlite: the table sqlitez',
      'case.sqlite: the table x" y',
    ]);
  });

  test('a case file of another case, none, a link, and one in another mode', async () => {
    const path = await copy(which);
    const file = join(path, 'case.sqlite');
    await copyFile(join(at('another'), 'case.sqlite'), file);
    expect((await names(path)).every((what) => what.startsWith('c'))).toBe(true);
    expect((await verify(path)).ok).toBe(false);
    await rm(file);
    expect((await verify(path)).failures).toEqual([
      expect.objectContaining({ what: 'case.sqlite', found: expect.stringContaining('missing') }),
    ]);
    await symlink(join(at(which), 'case.sqlite'), file);
    expect(await names(path)).toContain('case.sqlite');
    await rm(file);
    const bytes = await readFile(join(at(which), 'case.sqlite'));
    bytes[18] = 2;
    bytes[19] = 2;
    await writeFile(file, bytes);
    expect((await verify(path)).failures).toEqual([
      expect.objectContaining({ what: 'case.sqlite', found: expect.stringContaining('mode') }),
    ]);
    expect((await readdir(path)).filter((name) => /-(?:wal|shm)$/.test(name))).toEqual([]);
  });

  test('evidence that was renamed, by its old name and its new one', async () => {
    const path = await copy(which);
    const file = await theEvidence(path);
    const upper = join(path, 'evidence', file.split('/').at(-1)!.toUpperCase());
    await rename(file, upper);
    const told = await names(path);
    expect(told).toContain(`evidence/${upper.split('/').at(-1)}`);
    expect(told.some((what) => what.startsWith('evidence E1'))).toBe(true);
    expect(told).toHaveLength(2);
  });

  test('evidence that was swapped for another file', async () => {
    const path = await copy(which);
    await overwrite(await theEvidence(path), await readFile(await theEvidence(at('another'))));
    expect(await names(path)).toEqual([expect.stringContaining('evidence E1')]);
  });

  test('a link in the place of evidence, even to the same bytes, and one in the place of a folder', async () => {
    const path = await copy(which);
    const file = await theEvidence(path);
    const beside = join(folder.path, `moved-${which}`);
    await rename(file, beside);
    await symlink(beside, file);
    expect(await names(path)).toEqual([expect.stringContaining('evidence E1')]);
    await rm(file);
    await rename(beside, file);
    await rename(join(path, 'evidence'), beside);
    await symlink(beside, join(path, 'evidence'));
    const told = await names(path);
    expect(told).toContain('evidence');
    expect(told.some((what) => what.startsWith('evidence E1'))).toBe(true);
  });

  test('a pipe in the place of a file ends no check in waiting for ever', async () => {
    const path = await copy(which);
    const file = await theEvidence(path);
    await rm(file);
    try {
      execFileSync('mkfifo', [file, join(path, 'reports', 'pipe')]);
    } catch {
      console.log('Left out: pipes in the place of files, because this system has no mkfifo.');
      return;
    }
    expect((await names(path)).sort()).toEqual([expect.stringContaining('evidence E1'), 'reports/pipe'].sort());
    await rm(logOf(path));
    execFileSync('mkfifo', [logOf(path)]);
    await expect(verify(path)).rejects.toMatchObject({ code: 'case-damaged' });
    await rm(logOf(path));
    await symlink('/dev/zero', logOf(path));
    await expect(verify(path)).rejects.toMatchObject({ code: 'case-damaged' });
  });

  test('two names for one file are two files: what matters is the bytes', async () => {
    const path = await copy(which);
    await link(await theEvidence(path), join(folder.path, `second-name-${which}`));
    expect(await names(path)).toEqual([]);
  });

  test.each([
    ['a report that no line tells of', 'reports/report-2.pdf'],
    ['a hidden one', 'reports/.report.pdf'],
    ['evidence that no line tells of', `evidence/${'f'.repeat(64)}`],
    ['a file beside the log', 'notes.txt'],
    ['a copy of the case file', 'case.sqlite.bak'],
    ['a file in a folder of its own', 'evidence/more/file'],
    ['a second log in a folder', 'reports/x/custody.jsonl'],
    ['a name in other letters', 'Custody.jsonl'],
    ['a signature in another spelling', 'signatures/manifest-01.json'],
    ['a part of a later signature', 'signatures/manifest-7.sig'],
    ['a time stamp of nothing', 'signatures/manifest-3.stamp-1.tst'],
  ])('%s', async (_, name) => {
    const path = await copy(which);
    await mkdir(join(path, name, '..'), { recursive: true });
    await writeFile(join(path, name), 'planted');
    expect(await names(path)).toEqual([name]);
  });

  test('what a system leaves in every folder is told of, and is no fault; it is not signed', async () => {
    const path = await copy(which);
    for (const name of ['.DS_Store', 'evidence/Thumbs.db', 'reports/._report-1.pdf', 'desktop.ini'])
      await writeFile(join(path, name), 'x');
    const outcome = await verify(path);
    expect(outcome.failures).toEqual([]);
    expect(outcome.notes).toContainEqual(expect.stringMatching(/^Left by an operating system.*\.DS_Store.*Thumbs\.db/));
    const open = await engine().openCase(path);
    await open.sign(phrase, work());
    await open.close();
    for (const name of ['.DS_Store', 'evidence/Thumbs.db']) await rm(join(path, name));
    expect(await names(path)).toEqual([]);
  });

  test('a report that was changed, emptied, taken out, or exchanged for that of another case', async () => {
    const path = await copy(which);
    const report = join(path, 'reports/report-1.pdf');
    const bytes = await readFile(report);
    for (const other of [
      bytes.subarray(1),
      Buffer.alloc(0),
      await readFile(join(at('another'), 'reports/report-1.pdf')),
    ]) {
      await overwrite(report, other);
      expect(await names(path)).toEqual(['reports/report-1.pdf']);
    }
    await rm(report);
    expect((await verify(path)).failures).toEqual([
      expect.objectContaining({ what: 'reports/report-1.pdf', found: 'the file is missing' }),
    ]);
  });

  test('a log with a line of another case, with two lines exchanged, cut at any line or byte', async () => {
    const path = await copy(which);
    const lines = (await readFile(logOf(path), 'utf8')).trimEnd().split('\n');
    const foreign = (await readFile(logOf(at('another')), 'utf8')).trimEnd().split('\n');
    const put = async (changed: readonly string[]) => {
      await writeFile(logOf(path), `${changed.join('\n')}\n`);
      expect((await names(path)).some((what) => what.startsWith('custody.jsonl'))).toBe(true);
    };
    await put(lines.with(2, foreign[2]!));
    await put([...lines, foreign.at(-1)!]);
    await put(foreign);
    await put(lines.with(2, lines[3]!).with(3, lines[2]!));
    for (let n = 1; n < lines.length; n += 1) await put(lines.slice(0, n));
    await writeFile(logOf(path), `${lines.join('\n')}\n`);
    await truncate(logOf(path), lines.join('\n').length - 5);
    expect((await verify(path)).ok).toBe(false);
  });

  test('a line of the log in other bytes that read as the same text', async () => {
    const path = await copy(which);
    const bytes = await readFile(logOf(path));
    const place = bytes.indexOf(Buffer.from('\ufffd'));
    expect(place).toBeGreaterThan(0);
    await writeFile(logOf(path), Buffer.concat([bytes.subarray(0, place), Buffer.of(0xff), bytes.subarray(place + 3)]));
    const told = await names(path);
    expect(told).toContain('custody.jsonl line 1');
    expect(told).toContain('custody.jsonl line 2: hash of the line before');
  });

  test.each(['null', '0', '""', '[]', 'true', '{}', ' '])('a line of the log that is %s', async (odd) => {
    const path = await copy(which);
    const text = await readFile(logOf(path), 'utf8');
    await writeFile(logOf(path), `${text}${odd}\n`);
    expect((await names(path)).some((what) => what.startsWith('custody.jsonl line'))).toBe(true);
  });
});

describe('a case that was written anew by its maker’s enemy, with a chain that fits', () => {
  /** Writes lines with the chain made good, as anybody can. */
  async function rechain(path: string, lines: readonly Record<string, unknown>[]): Promise<void> {
    let prev = '0'.repeat(64);
    const texts = lines.map((line, n) => {
      const text = JSON.stringify({ ...line, seq: n + 1, prev });
      prev = hashOfLine(text);
      return text;
    });
    await writeFile(logOf(path), `${texts.join('\n')}\n`);
    await rm(join(path, 'case.sqlite'), { force: true });
  }
  const parsed = async (path: string) =>
    (await readFile(logOf(path), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('cannot have other files of the computer read, shown or hashed', async () => {
    const path = await copy('plain');
    const secret = join(folder.path, 'secret.txt');
    await writeFile(secret, netstatsText({ uid: 10_999, buckets: 3 }));
    const lines = await parsed(path);
    const outside = lines.map((line) =>
      line.action === 'evidence.kept' ? { ...line, sha256: '../../secret.txt' } : line,
    );
    await rechain(path, outside);
    const told = await names(path);
    expect(told.some((what) => /^custody\.jsonl line \d+: the evidence$/.test(what))).toBe(true);
    await expect(engine().openCase(path)).rejects.toMatchObject({ code: 'case-damaged' });

    const reports = lines.map((line) =>
      line.action === 'report.written' ? { ...line, file: 'reports/../../secret.txt' } : line,
    );
    await rechain(path, reports);
    expect((await names(path)).some((what) => /line \d+: the report$/.test(what))).toBe(true);
  });

  test('is not opened for writing through links to other places', async () => {
    const path = await copy('plain');
    const elsewhere = join(folder.path, 'elsewhere.jsonl');
    await writeFile(elsewhere, await readFile(logOf(path)));
    const before = await readFile(elsewhere);
    await rm(logOf(path));
    await symlink(elsewhere, logOf(path));
    await expect(engine().openCase(path)).rejects.toMatchObject({ code: 'case-damaged' });
    expect(await readFile(elsewhere)).toEqual(before);

    const other = await copy('plain');
    const open = await engine().openCase(other);
    await rename(join(other, 'evidence'), join(folder.path, 'elsewhere'));
    await symlink(join(folder.path, 'elsewhere'), join(other, 'evidence'));
    await expect(open.importFiles([join(folder.path, 'another.txt')], work())).rejects.toMatchObject({
      code: 'case-damaged',
    });
    await open.close();
    expect(await readdir(join(folder.path, 'elsewhere'))).toHaveLength(1);
  });

  test('of which the times go back says so', async () => {
    const path = await copy('plain');
    const lines = await parsed(path);
    await rechain(
      path,
      lines.map((line, n) => (n === 3 ? { ...line, at: '2020-01-01T00:00:00.000000Z' } : line)),
    );
    expect((await verify(path)).notes).toContainEqual(
      expect.stringContaining('line 4 bears an earlier time than line 3'),
    );
  });
});

describe('the words', () => {
  test('of a signature that was taken out say that the log tells of it', async () => {
    const path = await copy('signed');
    await rm(join(path, 'signatures'), { recursive: true });
    const { signature, ok } = await verify(path);
    expect(ok).toBe(false);
    expect(signature?.said).toMatch(
      /^There is no signature in the case, although line \d+ .* signed, by A\. Example, key/,
    );
  });

  test('of a signature that contradicts the log do not say that it holds', async () => {
    const path = await copy('signed');
    const resigned = await copy('plain');
    const open = await engine().openCase(resigned);
    await open.sign(phrase, work());
    await open.close();
    await rm(join(path, 'signatures'), { recursive: true });
    await cp(join(resigned, 'signatures'), join(path, 'signatures'), { recursive: true });
    expect((await verify(path)).signature?.state).toBe('invalid');
  });

  test('of what may not be read say so, and name no path of the computer', async () => {
    if (process.getuid?.() !== 0) return console.log('Left out: another account, because this one is not root.');
    const { phonehome } = await import('../support/cli.ts');
    const path = await copy('signed');
    await chmod(folder.path, 0o755);
    await chmod(await theEvidence(path), 0o000);
    const run = async () =>
      phonehome(['verify', '--quiet', '--case', path], { uid: 65_534, env: { PHONEHOME_HOME: at('none') } });
    const said = await run();
    expect(said.exit, said.err).toBe(1);
    expect(said.out).toContain('found a file that may not be read');
    expect(said.out).not.toContain(folder.path);
    await chmod(await theEvidence(path), 0o444);
    for (const name of ['signatures', 'reports']) {
      await chmod(join(path, name), 0o000);
      const shut = await run();
      expect(shut.out).toContain(`${name}: expected a folder of the case, found a folder that may not be read`);
      await chmod(join(path, name), 0o755);
    }
    await chmod(logOf(path), 0o000);
    expect((await run()).err).toMatch(/^The custody log .* may not be read\.\n$/);
  });
});
