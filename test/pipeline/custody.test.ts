import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { contentDigest } from '../../main/engine/store/content-digest.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

/** A case with two imports, made once; each test damages a copy of its own. */
let sound: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const dump = join(folder.path, 'netstats.txt');
  const other = join(folder.path, 'later.txt');
  await writeFile(dump, netstatsText({ uid: 10123, buckets: 40 }));
  await writeFile(other, netstatsText({ uid: 10124, buckets: 10 }));
  const open = await testEngine().createCase(join(folder.path, 'sound'), { ...emptyCaseInfo, number: '17/26' });
  await open.importFiles([dump], work());
  await open.importFiles([other], work());
  await open.close();
  sound = join(folder.path, 'sound.phonehome');
  return () => folder[Symbol.asyncDispose]();
});

async function copyOfCase(name: string): Promise<string> {
  const path = join(folder.path, `${name}.phonehome`);
  await cp(sound, path, { recursive: true });
  return path;
}
const verify = (path: string) => testEngine().verifyFolder(path, work());

describe('verify', () => {
  test('a sound case passes', async () => {
    const outcome = await verify(sound);
    expect(outcome.failures).toEqual([]);
    expect(outcome.ok).toBe(true);
    expect(outcome.checked).toBeGreaterThan(7);
  });

  test('finds one flipped bit in any evidence file, wherever it is', async () => {
    const path = await copyOfCase('bit');
    for (const name of await readdir(join(path, 'evidence'))) {
      const file = join(path, 'evidence', name);
      const bytes = await readFile(file);
      await chmod(file, 0o644);
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const flipped = Buffer.from(bytes);
        flipped[at]! ^= 1;
        await writeFile(file, flipped);
        const outcome = await verify(path);
        expect(outcome.ok).toBe(false);
        expect(outcome.failures).toEqual([
          {
            what: expect.stringContaining('evidence E'),
            expected: name,
            found: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ]);
      }
      await writeFile(file, bytes);
    }
    expect((await verify(path)).ok).toBe(true);
  });

  test('finds one line taken out of the custody log, whichever it is, the last one too', async () => {
    const path = await copyOfCase('line');
    const log = join(path, 'custody.jsonl');
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    for (const [at] of lines.entries()) {
      await writeFile(log, `${lines.filter((_, n) => n !== at).join('\n')}\n`);
      const outcome = await verify(path);
      expect(outcome.ok, `line ${at + 1} taken out`).toBe(false);
      expect(outcome.failures.some((one) => one.what.includes('custody.jsonl'))).toBe(true);
    }
  });

  test('finds a changed word in the log, a missing evidence file, one too many, and a changed report', async () => {
    const path = await copyOfCase('various');
    const log = join(path, 'custody.jsonl');
    const text = await readFile(log, 'utf8');
    await writeFile(log, text.replace('17/26', '18/26'));
    expect((await verify(path)).failures[0]?.what).toContain('line 2');
    await writeFile(log, text);

    const [name] = await readdir(join(path, 'evidence'));
    await writeFile(join(path, 'evidence', 'f'.repeat(64)), 'planted');
    expect((await verify(path)).failures).toEqual([expect.objectContaining({ found: 'none' })]);
    await rm(join(path, 'evidence', 'f'.repeat(64)));
    await rm(join(path, 'evidence', name!));
    expect((await verify(path)).failures).toEqual([
      expect.objectContaining({ expected: name, found: 'the file is missing' }),
    ]);
  });

  test('works where nothing can be written, and changes nothing', async () => {
    const path = await copyOfCase('readonly');
    const before = await readFile(join(path, 'case.sqlite'));
    await verify(path);
    expect(await readdir(path)).not.toContain('case.lock');
    expect(Buffer.compare(await readFile(join(path, 'case.sqlite')), before)).toBe(0);
  });

  test('a damaged case file is named, and the evidence is still checked', async () => {
    const path = await copyOfCase('database');
    await writeFile(join(path, 'case.sqlite'), 'no database');
    const outcome = await verify(path);
    expect(outcome.failures).toEqual([expect.objectContaining({ what: 'case.sqlite' })]);
  });
});

describe('the case folder', () => {
  test('evidence is named by its hash and read-only', async () => {
    for (const name of await readdir(join(sound, 'evidence'))) {
      expect(name).toMatch(/^[0-9a-f]{64}$/);
      expect((await stat(join(sound, 'evidence', name))).mode & 0o222).toBe(0);
    }
  });

  test('rebuild gives the identical rows, and says so in the log', async () => {
    const path = await copyOfCase('rebuild');
    const digest = async () => {
      const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
      const answer = await contentDigest(database);
      await database.close();
      return answer;
    };
    const before = await digest();
    const open = await testEngine().openCase(path);
    await open.rebuild(work());
    await open.close();
    expect(await digest()).toBe(before);
    const last = JSON.parse((await readFile(join(path, 'custody.jsonl'), 'utf8')).trimEnd().split('\n').at(-1)!);
    expect(last).toMatchObject({ action: 'case.rebuilt', identical: true, before, after: before });
    expect((await verify(path)).ok).toBe(true);
  });

  test('a case file that is gone is derived anew on opening', async () => {
    const path = await copyOfCase('gone');
    await rm(join(path, 'case.sqlite'));
    const open = await testEngine().openCase(path);
    expect((await open.summary()).events.volume).toBe(50);
    await open.close();
    expect((await verify(path)).ok).toBe(true);
  });

  test('a log line that a crash cut off is removed and the repair is logged', async () => {
    const path = await copyOfCase('torn');
    const log = join(path, 'custody.jsonl');
    await writeFile(log, `${await readFile(log, 'utf8')}{"seq":99,"pr`);
    expect((await verify(path)).failures[0]?.found).toContain('cut off');
    const open = await testEngine().openCase(path);
    await open.rebuild(work());
    await open.close();
    expect(await readFile(log, 'utf8')).toContain('log.repaired');
    expect((await verify(path)).ok).toBe(true);
  });

  test('evidence kept before a crash is derived on the next opening, and its batch is called interrupted', async () => {
    const path = await copyOfCase('crash');
    const log = join(path, 'custody.jsonl');
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!).action).toBe('batch.finished');
    await writeFile(log, `${lines.slice(0, -1).join('\n')}\n`);
    await rm(join(path, 'case.sqlite'));
    const open = await testEngine().openCase(path);
    expect((await open.batches()).map((batch) => batch.state)).toEqual(['complete', 'interrupted']);
    expect((await open.summary()).events.volume).toBe(50);
    await open.close();
  });

  test('the same file twice adds nothing', async () => {
    const path = await copyOfCase('twice');
    const open = await testEngine().openCase(path);
    const before = await readFile(join(path, 'custody.jsonl'), 'utf8');
    const again = join(folder.path, 'other-name.txt');
    await copyFile(join(folder.path, 'netstats.txt'), again);
    const outcome = await open.importFiles([again], work());
    expect(outcome).toMatchObject({ events: 0, warnings: 0, evidence: [{ id: 'E1', already: true }] });
    expect(await readFile(join(path, 'custody.jsonl'), 'utf8')).toBe(before);
    expect(await readdir(join(path, 'evidence'))).toHaveLength(2);
    await open.close();
  });

  test('what is not recognised is kept and said so', async () => {
    const path = await copyOfCase('unknown');
    await mkdir(join(folder.path, 'things'), { recursive: true });
    await writeFile(
      join(folder.path, 'things', 'holiday.bin'),
      Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)),
    );
    const open = await testEngine().openCase(path);
    const outcome = await open.importFiles([join(folder.path, 'things')], work());
    expect(outcome.evidence).toMatchObject([{ name: 'things/holiday.bin', already: false }]);
    expect(outcome.warnings).toBe(1);
    expect((await open.evidence()).at(-1)).toMatchObject({
      name: 'things/holiday.bin',
      recognised: false,
      bytes: 5000,
    });
    await open.close();
  });
});
