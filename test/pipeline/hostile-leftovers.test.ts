import { once } from 'node:events';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDeflateRaw } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hashOfLine } from '../../main/engine/store/custody-reading.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld, hostileNames, hostilePhone } from '../../main/practice/index.ts';
import type { PracticePhone } from '../../main/practice/practice-phone.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { zipWithEntry } from '../support/raw-zip.ts';

const NOW = Date.UTC(2026, 2, 14, 9, 30) * 1000;
const MB = 1024 ** 2;

function practice(change: (phone: PracticePhone) => PracticePhone) {
  let ticks = NOW;
  const now = () => (ticks += 1500);
  const world = createWorld({ seed: 9, android: 13, maker: 'xiaomi', nowUs: NOW, days: 3 });
  const phone = change(createPracticePhone(world, { nowUs: now }));
  return testEngine(new PracticeBridge([phone], { now }), now);
}

/** The most memory that is in use while something runs, above what was there before. */
async function memoryOf(doing: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  await doing().finally(() => clearInterval(timer));
  return most - before;
}

/** A bugreport by its first lines, and then one section without end, packed a thousandfold. */
async function packedReport(megabytes: number): Promise<Buffer> {
  const packer = createDeflateRaw({ level: 9 });
  const pieces: Buffer[] = [];
  packer.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = once(packer, 'end');
  const line = '='.repeat(56);
  packer.write(`${line}\n== dumpstate: 2026-03-14 09:30:00\n${line}\n\nBuild: X\n------ KERNEL LOG (dmesg) ------\n`);
  const filler = Buffer.alloc(MB, `${'x'.repeat(1023)}\n`);
  for (let n = 0; n < megabytes; n += 1) if (!packer.write(filler)) await once(packer, 'drain');
  packer.end();
  await ended;
  return Buffer.concat(pieces);
}
const packed = await packedReport(700);
const bombs: readonly (readonly [string, Buffer, RegExp])[] = [
  [
    'that unpacks to a thousand times its size',
    zipWithEntry('bugreport-x.txt', packed, { method: 8, size: 700 * MB }),
    /unpack|more than/i,
  ],
  [
    'that says it is small and is not',
    zipWithEntry('bugreport-x.txt', packed, { method: 8, size: 5000 }),
    /unpack|says|more than|declared/i,
  ],
  ['with a path that leads out', zipWithEntry('../../../../tmp/outside', Buffer.from('x')), /path|name|out/i],
  ['that is none', Buffer.from('PK\u0003\u0004 and then nothing'), /zip|archive/i],
];

describe('a bugreport pulled from a hostile phone', () => {
  test.each(bombs)('%s is kept as it came, said, and costs nothing else', async (_, bytes, words) => {
    await using folder = await temporaryFolder();
    const engine = practice((phone) => ({
      ...phone,
      run: async (line) =>
        /^cat \S+\.zip/.test(line)
          ? { stdout: new Uint8Array(bytes), stderr: new Uint8Array(), exit: 0 }
          : phone.run(line),
    }));
    const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    let evidence: Awaited<ReturnType<typeof open.evidence>> = [];
    const grown = await memoryOf(async () => {
      await open.acquire({ serial: null, profile: 'quick', extras: ['bugreport'] }, work());
      evidence = await open.evidence();
    });
    const kept = evidence.find(({ bytes: size }) => size === bytes.length)!;
    const path = (await open.view()).path;
    expect((await readFile(join(path, 'evidence', kept.sha256))).equals(bytes)).toBe(true);
    const warnings = (await open.warnings(1000, 0)).filter((one) => one.evidence === kept.id);
    expect(warnings.map(({ reason }) => reason).join(' ')).toMatch(words);
    expect((await open.summary()).events.volume).toBeGreaterThan(10);
    expect((await open.verify(work())).failures).toEqual([]);
    expect(await readdir(folder.path)).toEqual(['case.phonehome']);
    expect(grown, `${Math.round(grown / MB)} MB more`).toBeLessThan(300 * MB);
    await open.close();
  });
});

test('a user who may be a part of another user’s name is told of as one in doubt', async () => {
  await using folder = await temporaryFolder();
  const engine = practice((phone) => hostilePhone(phone, { names: true }));
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  const { users } = await open.acquire({ serial: null, profile: 'quick' }, work());
  const doubtful = users!.filter(({ why }) => why?.includes('in doubt'));
  expect(doubtful.map(({ id }) => id)).toEqual([77]);
  const reasons = (await open.warnings(10_000, 0)).map(({ reason }) => reason);
  expect(reasons).toContainEqual(expect.stringContaining('may be a part of that name'));
  await open.close();
});

test('names of a million letters pass through log, exports and report, each in its own form, and steer nothing', async () => {
  await using folder = await temporaryFolder();
  const engine = practice((phone) => hostilePhone(phone, { names: true }));
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  const grown = await memoryOf(async () => {
    await open.acquire({ serial: null, profile: 'full' }, work());
    for (const format of ['csv', 'jsonl']) await open.export(format, join(folder.path, `events.${format}`));
    const { bytes, pages } = await open.reportWrite(null, {}, work());
    expect(pages).toBeLessThan(200);
    expect(bytes).toBeLessThan(10 * MB);
  });
  expect(grown, `${Math.round(grown / MB)} MB more`).toBeLessThan(400 * MB);
  const csv = await readFile(join(folder.path, 'events.csv'), 'utf8');
  expect(csv).not.toMatch(/(?:^|,)"?[=+@]/m);
  for (const line of (await readFile(join(folder.path, 'events.jsonl'), 'utf8')).trimEnd().split('\n'))
    expect(() => JSON.parse(line)).not.toThrow();

  const { total } = await open.custodyLog(0, 1);
  const { lines } = await open.custodyLog(0, total);
  for (const { sentence, who, action } of lines) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(sentence + who + action).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(sentence.length, action).toBeLessThan(8000);
  }
  expect(lines.find(({ action }) => action === 'batch.started')!.sentence).toContain(hostileNames.page.slice(0, 20));
  expect((await open.verify(work())).failures).toEqual([]);
  await open.close();
});

test('what a program left unfinished in a case from elsewhere changes no other file', async () => {
  await using folder = await temporaryFolder();
  const engine = practice((phone) => phone);
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  await open.acquire({ serial: null, profile: 'quick' }, work());
  await open.close();
  const path = join(folder.path, 'case.phonehome');
  const log = join(path, 'custody.jsonl');
  // As it would lie there after a kill: the batch without its end, and beside it a “file on its way” that is a link.
  const lines = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(0, -1);
  await writeFile(log, `${lines.join('\n')}\n`);
  await rm(join(path, 'case.sqlite'));
  const mine = join(folder.path, 'mine.txt');
  await writeFile(mine, 'not part of any case');
  await chmod(mine, 0o644);
  const note = {
    batch: 1,
    name: 'x',
    origin: { kind: 'command', step: 'a', command: 'b', stream: 'stdout', user: null },
  };
  const incoming = (name: string) => join(path, 'evidence', `.incoming-${name}`);
  await symlink(mine, incoming('1-1-1'));
  await writeFile(`${incoming('1-1-1')}.note`, `${JSON.stringify({ ...note, section: null, openedUs: NOW })}\n`);
  await mkdir(incoming('1-1-2'));
  await writeFile(incoming('1-1-3'), 'bytes');
  await writeFile(`${incoming('1-1-3')}.note`, '{"batch":1,"name":{},"origin":[],"openedUs":"x"}\n');
  await symlink('/dev/zero', `${incoming('1-1-4')}.note`);
  await writeFile(incoming('1-1-4'), 'more bytes');

  const again = await engine.openCase(path);
  expect((await stat(mine)).mode & 0o777).toBe(0o644);
  expect(await readFile(mine, 'utf8')).toBe('not part of any case');
  expect((await readdir(join(path, 'evidence'))).filter((name) => name.startsWith('.'))).toEqual([]);
  expect((await again.verify(work())).failures).toEqual([]);
  const cleared = (await readFile(log, 'utf8')).split('\n').filter((line) => line.includes('evidence.cleared'));
  expect(cleared).toHaveLength(4);
  expect(hashOfLine(lines.at(-1)!)).toBe(JSON.parse((await readFile(log, 'utf8')).split('\n')[lines.length]!).prev);
  await again.close();
  await cp(path, join(folder.path, 'copy.phonehome'), { recursive: true });
});
