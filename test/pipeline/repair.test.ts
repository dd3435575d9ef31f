import { cp, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { contentDigest } from '../../main/engine/store/content-digest.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

let sound: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'netstats.txt'), netstatsText({ uid: 10123, buckets: 400 }));
  await writeFile(join(folder.path, 'later.txt'), netstatsText({ uid: 10124, buckets: 10 }));
  const open = await testEngine().createCase(join(folder.path, 'sound'), emptyCaseInfo);
  await open.importFiles([join(folder.path, 'netstats.txt')], work());
  await open.close();
  sound = join(folder.path, 'sound.phonehome');
  return () => folder[Symbol.asyncDispose]();
});

async function copyOfCase(name: string): Promise<string> {
  const path = join(folder.path, `${name}.phonehome`);
  await cp(sound, path, { recursive: true });
  return path;
}

async function digestOf(path: string): Promise<string> {
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
  try {
    return await contentDigest(database);
  } finally {
    await database.close();
  }
}

describe('a damaged case file is derived anew from the evidence', () => {
  test.each([
    ['empty', (file: string) => truncate(file, 0)],
    ['cut short', (file: string) => truncate(file, 30_000)],
    ['no database', (file: string) => writeFile(file, 'no database at all, but some text')],
    [
      'damaged inside',
      async (file: string) => {
        const bytes = await readFile(file);
        await writeFile(file, bytes.fill(0x55, 8192, 40_000));
      },
    ],
  ])('%s', async (name, damage) => {
    const path = await copyOfCase(`damaged ${name}`);
    const before = await digestOf(path);
    await damage(join(path, 'case.sqlite'));
    const outcome = await testEngine().rebuildFolder(path, work());
    expect(outcome.events).toBe(400);
    expect(await digestOf(path)).toBe(before);
    expect((await testEngine().verifyFolder(path, work())).failures).toEqual([]);
  });

  test('an empty one, left by a crash, needs no rebuild: opening is enough', async () => {
    const path = await copyOfCase('emptied');
    await truncate(join(path, 'case.sqlite'), 0);
    const open = await testEngine().openCase(path);
    expect((await open.summary()).events.volume).toBe(400);
    await open.close();
  });

  test('one of a newer program is left alone', async () => {
    const path = await copyOfCase('newer');
    const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
    await database.run('PRAGMA user_version = 9999');
    await database.close();
    await expect(testEngine().rebuildFolder(path, work())).rejects.toMatchObject({ code: 'case-newer' });
  });
});

describe('a write that was cut off', () => {
  /** Copies the case while a transaction is open, as a crash would leave it: with the journal beside it. */
  async function cutOff(name: string): Promise<string> {
    const source = await copyOfCase(`${name} source`);
    const path = join(folder.path, `${name}.phonehome`);
    const database = await CaseDatabase.open(join(source, 'case.sqlite'), 'write');
    await database.run('PRAGMA cache_spill=ON');
    await database.run('PRAGMA cache_size=5');
    await database.run('BEGIN IMMEDIATE');
    await database.run('UPDATE volume SET sent = 0, received = 0');
    await cp(source, path, { recursive: true });
    await database.run('ROLLBACK');
    await database.close();
    expect(await readFile(join(path, 'case.sqlite-journal')).then((bytes) => bytes.length)).toBeGreaterThan(4096);
    return path;
  }

  test('is played back when the case is opened', async () => {
    const path = await cutOff('cut off');
    const open = await testEngine().openCase(path);
    expect((await open.summary()).bytes.sent).toBeGreaterThan(0);
    await open.close();
    expect(await digestOf(path)).toBe(await digestOf(sound));
    expect((await testEngine().verifyFolder(path, work())).failures).toEqual([]);
  });

  test('is compared with by rebuild, and never played into the new case file', async () => {
    const path = await cutOff('cut off and rebuilt');
    await testEngine().rebuildFolder(path, work());
    expect(await readFile(join(path, 'custody.jsonl'), 'utf8')).toContain('"identical":true');
    expect(await digestOf(path)).toBe(await digestOf(sound));
  });
});

describe('a custody log that was changed at its end is not written on', () => {
  test.each([
    ['a changed last line', (text: string) => text.replace('"state":"complete"', '"state":"complEte"')],
    ['a last line without its end', (text: string) => text.slice(0, -1)],
    ['a last line taken out', (text: string) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`],
  ])('%s', async (name, change) => {
    const path = await copyOfCase(name);
    const log = join(path, 'custody.jsonl');
    const changed = change(await readFile(log, 'utf8'));
    await writeFile(log, changed);
    const open = await testEngine().openCase(path);
    await expect(open.importFiles([join(folder.path, 'later.txt')], work())).rejects.toMatchObject({
      code: 'case-damaged',
    });
    await open.close();
    await expect(testEngine().rebuildFolder(path, work())).rejects.toMatchObject({ code: 'case-damaged' });
    expect(await readFile(log, 'utf8')).toBe(changed);
    expect((await testEngine().verifyFolder(path, work())).ok).toBe(false);
  });
});

describe('what is imported beside the case', () => {
  test('a folder that holds the case itself gives the other files, and says what was left', async () => {
    const path = await copyOfCase('inside');
    const open = await testEngine().openCase(path);
    await writeFile(join(folder.path, 'beside.txt'), netstatsText({ uid: 10125, buckets: 3 }));
    const outcome = await open.importFiles([folder.path, join(path, 'custody.jsonl')], work());
    await open.close();
    expect(outcome.evidence.map((one) => one.name)).toContain(`${folder.path.split('/').at(-1)}/beside.txt`);
    expect(outcome.evidence.filter((one) => one.name.includes('/inside.phonehome'))).toEqual([]);
    expect(outcome.failures.map((one) => one.message)).toEqual([
      `${path} belongs to the case itself and was not taken.`,
      `${join(path, 'custody.jsonl')} belongs to the case itself and was not taken.`,
    ]);
  });

  test('counts whose sum no integer can hold do not stop it', async () => {
    const most = String(Number.MAX_SAFE_INTEGER);
    const dump = netstatsText({ uid: 10126, buckets: 1100 }).replaceAll(/ (rb|rp|tb|tp)=\d+/g, ` $1=${most}`);
    await writeFile(join(folder.path, 'huge.txt'), dump);
    const open = await testEngine().createCase(join(folder.path, 'huge'), emptyCaseInfo);
    const outcome = await open.importFiles([join(folder.path, 'huge.txt')], work());
    expect(outcome.events).toBe(1100);
    const { span, bytes } = await open.summary();
    expect(bytes.sent).toBeGreaterThan(9e18);
    const [fromUs, toUs] = [Date.parse(span.from!) * 1000, Date.parse(span.to!) * 1000];
    const window = await open.window({ by: 'network', fromUs, toUs, buckets: 10, filter: {} });
    expect(window.sent).toBeGreaterThan(9e18);
    await open.close();
  });
});

describe('a report is never written over the case', () => {
  test.each([
    ['its log', 'custody.jsonl'],
    ['its case file', 'case.sqlite'],
    ['a new name beside them', 'report.pdf'],
    ['a name among the evidence', 'evidence/report.pdf'],
    ['the folder itself', '../into.phonehome'],
    ['a way round', 'reports/../custody.jsonl'],
  ])('%s', async (_, name) => {
    const path = await copyOfCase('into');
    const open = await testEngine().openCase(path);
    const before = await readFile(join(path, 'custody.jsonl'), 'utf8');
    await expect(open.reportWrite(join(path, name), {}, work())).rejects.toMatchObject({ code: 'wrong-use' });
    await expect(open.export('csv', join(path, name))).rejects.toMatchObject({ code: 'wrong-use' });
    await open.close();
    expect(await readFile(join(path, 'custody.jsonl'), 'utf8')).toBe(before);
    expect((await testEngine().verifyFolder(path, work())).failures).toEqual([]);
  });

  test('nor over an earlier report in the case', async () => {
    const path = await copyOfCase('earlier');
    const open = await testEngine().openCase(path);
    const out = join(path, 'reports', 'mine.pdf');
    await open.reportWrite(out, { date: '2026-01-01' }, work());
    await expect(open.reportWrite(out, { date: '2026-01-02' }, work())).rejects.toMatchObject({ code: 'wrong-use' });
    await open.close();
    expect((await testEngine().verifyFolder(path, work())).failures).toEqual([]);
  });
});
