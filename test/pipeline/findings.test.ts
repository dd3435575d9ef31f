import { execFileSync } from 'node:child_process';
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { svgOf } from '../../shared/timeline/paint-svg.ts';
import { rect } from '../../shared/timeline/scene.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { FindingWindow, NewFinding } from '../../shared/types/finding.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { readsPdf, textOf } from '../support/pdf-text.ts';
import { netstatsText } from '../support/small-dump.ts';

/* What the examiner says of findings is kept in the log and the folder of the case: it outlives the case file, and is checked like evidence. */

const first = 1_760_767_200;
const hours = (n: number) => (first + n * 3600) * 1_000_000;
const window: FindingWindow = {
  fromUs: hours(0),
  toUs: hours(24),
  by: 'app',
  filter: {},
  selection: { fromUs: hours(4), toUs: hours(10) },
  zone: 'UTC',
  address: { by: 'app', from: '20251018T060000Z' },
};
const drawn = (colour: string) =>
  svgOf(
    [
      rect(0, 0, 600, 200, '#ffffff'),
      rect(40, 40, 300, 60, colour),
      {
        is: 'text',
        text: 'uid 10100 — lane',
        x: 8,
        y: 60,
        font: '600 12px "Inter Variable", sans-serif',
        fill: '#1a1e24',
      },
    ],
    { width: 600, height: 200, title: 'The timeline' },
  );
const wanted: NewFinding = {
  title: 'Sent at dawn — “every day”',
  text: 'The counters show bytes each morning.\n\nTo be asked of the owner.',
  window,
  cite: { largest: 2 },
  picture: drawn('#a9520e'),
};

/** Root may write everything. */
const asRoot = process.getuid?.() === 0;
if (asRoot) console.log('Left out: findings of a case that may not be written, because the tests run as root.');
if (!readsPdf)
  console.log('Left out: the words of findings in the report, because pdftotext (poppler-utils) is not installed.');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const engine = testEngine(noPhones, () => Date.now() * 1000);
const at = (name: string) => join(folder.path, `${name}.phonehome`);

async function newCase(name: string, buckets = 12): Promise<OpenCase> {
  const dump = join(folder.path, `${name}.txt`);
  await writeFile(dump, netstatsText({ uid: 10_100, buckets, firstSecond: first }));
  const open = await engine.createCase(at(name), { ...emptyCaseInfo, number: name });
  await open.importFiles([dump], work());
  return open;
}
const verify = async (path: string) => (await engine.verifyFolder(path, work())).failures;
const pictureFile = async (path: string) =>
  join(path, 'findings', (await readdir(join(path, 'findings'))).find((name) => name.endsWith('.svg'))!);

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  await engine.close();
  await folder[Symbol.asyncDispose]();
});

describe('a finding that the examiner makes', () => {
  test('holds the sums of its stretch and the largest events with their places, and outlives a rebuild and the case file', async () => {
    const open = await newCase('kept');
    const made = await open.makeFinding(wanted);
    expect(made).toMatchObject({
      id: 'm1',
      key: 'm1',
      rule: null,
      state: 'accepted',
      title: wanted.title,
      window,
      note: null,
      decision: null,
      totals: { fromUs: hours(4), toUs: hours(10), sent: 1002 + 1003 + 1004, received: 2002 + 2003 + 2004, events: 3 },
    });
    const sha256 = execFileSync('sha256sum', [join(folder.path, 'kept.txt')], { encoding: 'utf8' }).slice(0, 64);
    expect(made.cited).toMatchObject([
      { id: 'v5', same: true, sent: 1004, sha256, evidence: 'E1', line: 13, fromUs: hours(8), uid: 10_100 },
      { id: 'v4', same: true, sent: 1003, line: 12 },
    ]);
    expect(made.events).toEqual(['v5', 'v4']);
    expect((await open.eventDetail('v5')).event.sent).toBe(1004);

    const found = async (text: string) => (await open.find(text, 5)).groups.map(({ group }) => group);
    expect(await found('every day')).toEqual(['finding']);
    await open.editFinding('m1', { title: 'Sent at dawn', text: wanted.text });
    expect(await found('every day')).toEqual([]);
    await open.decideFinding('m1', 'open', null);
    const before = await open.findings();
    expect(before.find(({ key }) => key === 'm1')).toMatchObject({
      title: 'Sent at dawn',
      state: 'open',
      lines: [5, 6, 7],
    });
    await open.rebuild(work());
    expect(await open.findings()).toEqual(before);
    await open.close();

    await rm(join(at('kept'), 'case.sqlite'));
    const again = await engine.openCase(at('kept'));
    expect(await again.findings()).toEqual(before);
    expect(await again.findingPicture('m1')).toBe(wanted.picture);
    await again.close();
    expect(await verify(at('kept'))).toEqual([]);
    expect((await stat(await pictureFile(at('kept')))).mode & 0o222).toBe(0);
  });

  test('finds its events again where they have other numbers, and says where one is not there', async () => {
    const open = await newCase('renumbered');
    await open.makeFinding(wanted);
    await open.close();
    // The earlier evidence comes to stand before it: rows get other numbers.
    const other = await newCase('renumbered-source', 3);
    await other.close();
    const path = at('renumbered');
    const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
    await database.run('UPDATE volume SET id = id + 100');
    await database.run('DELETE FROM volume WHERE sent = 1003');
    await database.run('UPDATE volume SET received = 7 WHERE sent = 1004');
    await database.close();
    const changed = await engine.openCase(path);
    const [found] = await changed.findings();
    expect(found!.cited).toMatchObject([
      { id: 'v105', same: false },
      { id: null, same: false },
    ]);
    expect(found!.note).toMatch(/One cited event cannot be found.*One cited event says something else/);
    await changed.rebuild(work());
    expect((await changed.findings())[0]!.note).toBe(null);
    await changed.close();
  });

  test('is put into an order, rejected and withdrawn only with a reason, and never deleted', async () => {
    const open = await newCase('order');
    for (const title of ['one', 'two', 'three']) await open.makeFinding({ ...wanted, title, picture: null });
    expect((await open.moveFinding('m3', 0)).map(({ key }) => key)).toEqual(['m3', 'm1', 'm2']);
    await expect(open.decideFinding('m1', 'withdrawn', '  ')).rejects.toMatchObject({ code: 'wrong-use' });
    await expect(open.decideFinding('m9', 'accepted', null)).rejects.toMatchObject({ code: 'not-found' });
    await open.decideFinding('m1', 'withdrawn', 'The clock stood wrong.');
    const fourth = await open.makeFinding({
      ...wanted,
      title: 'four',
      window: null,
      cite: { ids: ['v2'] },
      picture: null,
    });
    expect(fourth).toMatchObject({ id: 'm4', totals: null, events: ['v2'] });
    const all = await open.findings();
    expect(all.map(({ key }) => key)).toEqual(['m3', 'm1', 'm2', 'm4']);
    expect(all[1]).toMatchObject({ state: 'withdrawn', decision: { reason: 'The clock stood wrong.' } });
    await expect(open.makeFinding({ ...wanted, title: ' ' })).rejects.toMatchObject({ code: 'wrong-use' });
    await expect(open.makeFinding({ ...wanted, cite: { ids: ['v999'] } })).rejects.toMatchObject({ code: 'not-found' });
    const lines = (await open.custodyLog(0, 1000)).lines.filter(({ action }) => action.startsWith('finding.'));
    expect(lines.map(({ sentence }) => sentence)).toContainEqual(
      'Finding m1 “one” was withdrawn by the examiner. Reason: The clock stood wrong.',
    );
    await open.close();
  });

  test('two at the same time get two numbers', async () => {
    const open = await newCase('together');
    const made = await Promise.all([open.makeFinding(wanted), open.makeFinding({ ...wanted, title: 'another' })]);
    expect(made.map(({ id }) => id)).toEqual(['m1', 'm2']);
    // One picture is kept once.
    expect(await readdir(join(at('together'), 'findings'))).toHaveLength(1);
    await open.close();
    expect(await verify(at('together'))).toEqual([]);
  });

  test.each([
    ['a script', (svg: string) => svg.replace('</svg>', '<script>alert(1)</script></svg>')],
    ['a reference elsewhere', (svg: string) => svg.replace('#a9520e', 'url(https://example.org/x)')],
    ['a foreign object', (svg: string) => svg.replace('</svg>', '<foreignObject/></svg>')],
    ['an image', (svg: string) => svg.replace('</svg>', '<image href="file:///etc/hostname"/></svg>')],
    ['an entity', (svg: string) => svg.replace('uid 10100', '&x;')],
    ['a document type', (svg: string) => `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>${svg}`],
    ['no size', (svg: string) => svg.replace('width="600"', 'width="0"')],
    ['nothing of an SVG', () => 'hello'],
  ])('keeps no picture with %s', async (name, spoil) => {
    const open = await newCase(`spoilt ${name}`);
    await expect(open.makeFinding({ ...wanted, picture: spoil(wanted.picture!) })).rejects.toMatchObject({
      code: 'wrong-use',
    });
    expect((await open.findings()).filter(({ rule }) => rule === null)).toEqual([]);
    await open.close();
  });

  test.skipIf(asRoot)('a case that cannot be written says so in a sentence, and shows what it has', async () => {
    const open = await newCase('locked');
    await open.makeFinding(wanted);
    await open.close();
    await chmod(at('locked'), 0o555);
    const read = await engine.openCase(at('locked'));
    expect(await read.findings()).toHaveLength(1);
    await expect(read.makeFinding(wanted)).rejects.toMatchObject({ code: 'read-only' });
    await read.close();
    await chmod(at('locked'), 0o755);
  });
});

describe('what is changed behind the program’s back is named', () => {
  let path: string;
  let copies = 0;
  beforeAll(async () => {
    const open = await newCase('true');
    await open.makeFinding(wanted);
    await open.decideFinding('m1', 'accepted', 'Seen.');
    await open.close();
  });
  const copy = async () => {
    copies += 1;
    path = at(`copy-${copies}`);
    await cp(at('true'), path, { recursive: true });
    return path;
  };
  const whats = async () => (await verify(path)).map(({ what }) => what);

  test('a picture that was changed, taken out, renamed, a link, or one more', async () => {
    await copy();
    const file = await pictureFile(path);
    const name = `findings/${file.split('/').at(-1)}`;
    const was = await readFile(file);
    await rm(file);
    expect(await verify(path)).toEqual([expect.objectContaining({ what: name, found: 'the file is missing' })]);
    const open = await engine.openCase(path);
    await expect(open.findingPicture('m1')).rejects.toMatchObject({ code: 'case-damaged' });
    await open.close();
    await writeFile(file, was.toString().replace('uid 10100', 'uid 10101'));
    expect(await whats()).toEqual([name]);
    const changed = await engine.openCase(path);
    await expect(changed.findingPicture('m1')).rejects.toMatchObject({ code: 'case-damaged' });
    await changed.close();
    await rm(file);
    const beside = join(folder.path, 'beside.svg');
    await writeFile(beside, was);
    await symlink(beside, file);
    expect(await whats()).toEqual([name]);
    await rm(file);
    await writeFile(file, was);
    expect(await whats()).toEqual([]);
    await writeFile(join(path, 'findings', 'more.svg'), was);
    expect(await whats()).toEqual(['findings/more.svg']);
    await rm(join(path, 'findings', 'more.svg'));
    await rename(file, join(path, 'findings', 'other.svg'));
    expect((await whats()).sort()).toEqual([name, 'findings/other.svg'].sort());
  });

  test('a link in the place of the folder, and nothing is written through it', async () => {
    await copy();
    const beside = join(folder.path, `moved-${copies}`);
    await rename(join(path, 'findings'), beside);
    await symlink(beside, join(path, 'findings'));
    const told = await whats();
    expect(told).toContain('findings');
    expect(told.some((what) => /^findings\/[0-9a-f]{64}\.svg$/.test(what))).toBe(true);
    const open = await engine.openCase(path);
    await expect(open.findingPicture('m1')).rejects.toMatchObject({ code: 'case-damaged' });
    await expect(open.makeFinding(wanted)).rejects.toMatchObject({ code: 'case-damaged' });
    await open.close();
    expect(await readdir(beside)).toHaveLength(1);
  });

  test.skipIf(!readsPdf)('a picture that is another one is not printed, and the report says so', async () => {
    await copy();
    const file = await pictureFile(path);
    const was = await readFile(file, 'utf8');
    await rm(file);
    await writeFile(file, was.replace('uid 10100', 'uid 99999'));
    const open = await engine.openCase(path);
    const out = join(folder.path, 'unlike.pdf');
    await open.reportWrite(out, { date: '2026-03-01T08:00:00Z' }, work());
    await open.close();
    const text = textOf(await readFile(out));
    expect(text).toContain('The picture is not printed.');
    expect(text).not.toContain('uid 99999');
  });

  test('a title, a text, a citation or a reason that was changed in the log', async () => {
    for (const [was, is] of [
      ['Sent at dawn', 'Sent at dusk'],
      ['each morning', 'each evening'],
      ['"sent":1004', '"sent":9004'],
      ['"reason":"Seen."', '"reason":"True."'],
    ] as const) {
      await copy();
      const log = join(path, 'custody.jsonl');
      const text = await readFile(log, 'utf8');
      expect(text).toContain(was);
      await writeFile(log, text.replace(was, is));
      expect((await whats()).some((what) => what.startsWith('custody.jsonl'))).toBe(true);
    }
  });

  test('the last line about findings, cut off', async () => {
    await copy();
    const log = join(path, 'custody.jsonl');
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    await writeFile(log, `${lines.slice(0, -1).join('\n')}\n`);
    expect((await whats()).some((what) => what.startsWith('custody.jsonl'))).toBe(true);
  });

  test('a finding that was put into the case file is not shown, and named', async () => {
    await copy();
    const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
    await database.run(`INSERT INTO finding VALUES (900, NULL, 'x', 'Planted', '', '', 'accepted', NULL, '[]')`);
    await database.close();
    const open = await engine.openCase(path);
    expect((await open.findings()).map(({ title }) => title)).not.toContain('Planted');
    await open.close();
    expect(await whats()).toEqual(['case.sqlite: the table finding']);
  });

  test('a picture whose name a killed program did not give gets it; what has no line goes', async () => {
    await copy();
    const file = await pictureFile(path);
    const name = file.split('/').at(-1)!;
    await rename(file, join(path, 'findings', `.${name}.0f8e1c2a-0000-4000-8000-000000000000.part`));
    const outcome = await engine.verifyFolder(path, work());
    expect(outcome.failures).toEqual([]);
    expect(outcome.notes?.join(' ')).toContain(`findings/${name} lies there as`);
    const open = await engine.openCase(path);
    expect(await open.findingPicture('m1')).toBe(wanted.picture);
    await open.close();
    expect(await readdir(join(path, 'findings'))).toEqual([name]);
  });
});

test('a signature covers what was said before it, and tells of what came later', async () => {
  const keyed = testEngine(noPhones, () => Date.now() * 1000, join(folder.path, 'keys'));
  const phrase = 'plum orchard in March';
  await keyed.createSigningKey({ name: 'A. Example', passphrase: phrase });
  const made = await newCase('signed');
  await made.makeFinding(wanted);
  await made.close();
  const open = await keyed.openCase(at('signed'));
  await open.sign(phrase, work());
  const manifest = await readFile(join(at('signed'), 'signatures/manifest-1.json'), 'utf8');
  expect(manifest).toMatch(/findings\/[0-9a-f]{64}\.svg/);
  expect((await open.verify(work())).signature?.state).toBe('valid');
  await open.decideFinding('m1', 'withdrawn', 'Another cause was found.');
  const after = await open.verify(work());
  expect(after.ok).toBe(true);
  expect(after.signature).toMatchObject({ state: 'stale', later: 1 });
  expect(after.signature?.said).toContain('1 line of the log about findings');
  await open.close();
});

test.skipIf(!readsPdf)(
  'the report prints the finding with its picture’s words, sums and evidence lines, and why one was put aside',
  async () => {
    const open = await newCase('printed');
    await open.makeFinding(wanted);
    await open.makeFinding({ ...wanted, title: 'Put aside', text: 'Nothing in it.', picture: null });
    await open.decideFinding('m2', 'rejected', 'It is the time of the update.');
    const out = join(folder.path, 'printed.pdf');
    await open.reportWrite(out, { date: '2026-03-01T08:00:00Z' }, work());
    const bytes = await readFile(out);
    const text = textOf(bytes);
    const [one] = await open.findings();
    expect(text).toContain('Sent at dawn — “every day”');
    expect(text).toContain('To be asked of the owner.');
    expect(text).toContain('uid 10100 — lane');
    expect(text).toContain('3.01 kB sent');
    expect(text).toContain('E1, line 13');
    expect(text.replaceAll(/\s/g, '')).toContain(one!.cited[0]!.sha256);
    expect(text.replaceAll(/\s/g, '')).toContain(one!.picture!.sha256);
    expect(text).toContain('It is the time of the update.');
    expect(text).toContain('rejected');
    await open.rebuild(work());
    const again = join(folder.path, 'printed-2.pdf');
    await open.reportWrite(again, { date: '2026-03-01T08:00:00Z' }, work());
    expect((await readFile(again)).equals(bytes)).toBe(true);
    await open.close();
  },
);
