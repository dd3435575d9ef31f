import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import yazl from 'yazl';
import type { Failure } from '../../../shared/base/failure.ts';
import { checkContainer } from './check-container.ts';
import { readRaw } from './read-raw.ts';
import { defaultLimits } from './sections/budget.ts';
import { collect, sourceOf } from './testing/collect.ts';
import { temporaryFiles } from './testing/temporary.ts';

const write = temporaryFiles();

/** A zip of these members, deflated. */
async function zip(members: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const file = new yazl.ZipFile();
  for (const [name, content] of Object.entries(members)) file.addBuffer(Buffer.from(content), name);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const netstats = [
  'UID stats:',
  '  Complete history:',
  '  ident=[{type=WIFI, subType=COMBINED, networkId="Büro"}] uid=10001 set=DEFAULT tag=0x0',
  '    NetworkStatsHistory: bucketDuration=7200',
  '      st=1709272800 rb=1 rp=2 tb=3 tp=4 op=0',
  '',
].join('\n');
const props = '[ro.product.model]: [Example 12]\n[a.b]: [c]\n';

const failure = (path: string, limits = defaultLimits): Promise<Failure | null> =>
  checkContainer(path, limits).then(
    () => null,
    (thrown: unknown) => thrown as Failure,
  );

describe('checkContainer', () => {
  it('lets honest files pass, archives or not', async () => {
    const good = await zip({ 'a/netstats.txt': netstats, 'b.bin': Buffer.alloc(5_000_000) });
    expect(await failure(write('good.zip', good))).toBeNull();
    expect(await failure(write('good.gz', gzipSync(netstats)))).toBeNull();
    expect(await failure(write('good.zst', zstdCompressSync(netstats)))).toBeNull();
    expect(await failure(write('photo.jpg', Buffer.from('ffd8ffe000104a464946', 'hex')))).toBeNull();
    expect(await failure(write('text.txt', 'x'))).toBeNull();
    expect(await failure(write('nothing-in-it.zip', await zip({})))).toBeNull();
  });

  it.each([
    ['a file that is not there', 'not-found', null],
    ['an empty file', 'empty-file', Buffer.alloc(0)],
    ['a photo named .zip', 'broken-file', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['a zstd file of nothing but its head', 'broken-file', Buffer.from('28b52ffd0458', 'hex')],
    ['a gzip file of nothing but its head', 'broken-file', Buffer.from('1f8b0800000000000003ffff', 'hex')],
  ] as const)('refuses %s', async (_what, code, bytes) => {
    const path = bytes === null ? join(import.meta.dirname, 'no-such-file.zip') : write('refused.zip', bytes);
    const refused = await failure(path);
    expect(refused?.code).toBe(code);
    expect(refused?.message).toMatch(/^[^\n]+\.$/);
    expect(refused?.message).toContain(bytes === null ? 'no-such-file.zip' : 'refused.zip');
  });

  it('refuses a zip cut at any byte', async () => {
    const whole = await zip({ 'netstats.txt': netstats });
    for (let size = 4; size < whole.length; size += 1) {
      const refused = await failure(write('cut.zip', whole.subarray(0, size)));
      expect(refused?.code).toBe('broken-file');
    }
  });

  it.each(['../out.txt', 'a/../../out.txt', '/etc/passwd', 'C:/out.txt', '..\\out.txt'])(
    'refuses the name %s',
    async (name) => {
      // The writer knows better than to write such a name: one of the same length is put in its place.
      const stand = 'x'.repeat(name.length);
      const bytes = (await zip({ [stand]: 'x' })).toString('latin1').replaceAll(stand, name);
      const refused = await failure(write('names.zip', Buffer.from(bytes, 'latin1')));
      expect(refused?.code).toBe('hostile-archive');
      expect(refused?.message).toContain('leads out of it');
    },
  );

  it('refuses an encrypted zip', async () => {
    const bytes = await zip({ 'netstats.txt': netstats });
    const flags = (at: number): void => void bytes.writeUInt16LE(bytes.readUInt16LE(at) | 1, at);
    flags(6);
    flags(bytes.indexOf(Buffer.from('504b0102', 'hex')) + 8);
    expect((await failure(write('locked.zip', bytes)))?.code).toBe('unsupported');
    // As evidence inside a folder it is kept and said so.
    const out = await collect(sourceOf(write('locked.zip', bytes), 'locked.zip'));
    expect(out.loose.map(({ reason }) => reason)).toEqual(['netstats.txt is encrypted; it was not opened.']);
    expect(out.notRecognised.length).toBe(1);
  });

  it('refuses what says that it unpacks to very much', async () => {
    const bytes = await zip({ 'zeros.bin': Buffer.alloc(1_000_000) });
    // 50 GB, said where a zip without 64-bit sizes can say at most 4: so a smaller limit is set for the test.
    const limits = { ...defaultLimits, freeUnpacked: 500_000 };
    const refused = await failure(write('bomb.zip', bytes), limits);
    expect(refused?.code).toBe('hostile-archive');
    expect(refused?.message).toContain('unpacks to 1.00 MB');
    // Within the ratio, but more than this program takes: no accusation.
    const large = await failure(write('large.zip', bytes), { ...defaultLimits, mostUnpacked: 500_000 });
    expect(large?.code).toBe('unsupported');
  });

  it('refuses what unpacks to more than it says', async () => {
    const bytes = await zip({ 'zeros.bin': Buffer.alloc(1_000_000) });
    bytes.writeUInt32LE(10_000, bytes.indexOf(Buffer.from('504b0102', 'hex')) + 24);
    expect((await failure(write('liar.zip', bytes)))?.code).toBe('hostile-archive');
  });

  it('refuses members that share their bytes', async () => {
    const bytes = await zip({ 'one.bin': Buffer.alloc(100_000), 'two.bin': Buffer.alloc(100_000) });
    const first = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(0, bytes.indexOf(Buffer.from('504b0102', 'hex'), first + 4) + 42);
    const refused = await failure(write('overlap.zip', bytes));
    expect(refused?.code).toBe('hostile-archive');
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('refuses a %s bomb by what comes out of it', async (name, pack) => {
    const limits = { ...defaultLimits, freeUnpacked: 500_000 };
    const path = write('bomb.gz', pack(Buffer.alloc(1_000_000)));
    const refused = await failure(path, limits);
    expect(refused?.code).toBe('hostile-archive');
    expect(refused?.message).toMatch(new RegExp(`: a ${name} bomb\\.$`));
  });
});

describe('parseEvidence in containers', () => {
  it('reads members, nested archives and gzip files, and names them', async () => {
    const inner = await zip({ 'deep/getprop.txt': props });
    const bytes = await zip({
      'folder/netstats.txt': netstats,
      'folder/inner.zip': inner,
      'log.txt.gz': gzipSync(netstats),
      'log.txt.zst': zstdCompressSync(netstats),
      'photo.jpg': Buffer.from('ffd8ffe000104a464946', 'hex'),
    });
    const path = write('all.zip', bytes);
    const out = await collect(sourceOf(path, 'all.zip'));
    expect(out.sections.map(({ head, artifact }) => [head.member, head.fileName, artifact])).toEqual([
      ['folder/netstats.txt', 'netstats.txt', 'netstats-text'],
      ['folder/inner.zip › deep/getprop.txt', 'getprop.txt', 'getprop'],
      ['log.txt.gz › log.txt', 'log.txt', 'netstats-text'],
      ['log.txt.zst › log.txt', 'log.txt', 'netstats-text'],
    ]);
    expect(out.loose.map(({ reason, text }) => [reason, text])).toEqual([
      ['One file in this archive is kept and not read.', 'photo.jpg'],
    ]);
    // And the way back, to the very line.
    for (const { head, records } of out.sections) {
      const last = records.at(-1)!;
      const lines = await readRaw({ path }, head, last.at, 2);
      const expected = (head.name === 'getprop' ? props : netstats).split('\n')[last.at.line! - 1];
      expect(lines.find(({ hit }) => hit)).toEqual({ n: last.at.line, text: expected, hit: true });
    }
  });

  it('opens archives three deep and no deeper', async () => {
    let bytes = await zip({ 'getprop.txt': props });
    for (let depth = 2; depth <= 4; depth += 1) {
      bytes = await zip({ [`level-${depth}.zip`]: bytes });
      const out = await collect(sourceOf(write('deep.zip', bytes), 'deep.zip'));
      expect(out.all('property').length).toBe(depth <= 3 ? 2 : 0);
      expect(out.notRecognised.length).toBe(depth <= 3 ? 0 : 1);
    }
  });

  it('tells members of one name apart', async () => {
    const bytes = await zip({ 'a.txt': props, 'b.txt': '[x]: [y]\n[z]: [w]\n' });
    const renamed = Buffer.from(bytes.toString('latin1').replaceAll('b.txt', 'a.txt'), 'latin1');
    const path = write('twice.zip', renamed);
    const out = await collect(sourceOf(path, 'twice.zip'));
    expect(out.sections.map(({ head }) => head.member)).toEqual(['a.txt', 'a.txt (2)']);
    const lines = await readRaw({ path }, out.sections[1]!.head, { line: 1, offset: 0 }, 0);
    expect(lines.map(({ text }) => text)).toEqual(['[x]: [y]']);
  });

  it('warns of a member with a changed byte, and reads the others', async () => {
    const bytes = await zip({ 'a.txt': props.repeat(50), 'b.txt': netstats });
    bytes[60] = bytes[60]! ^ 0x55;
    const out = await collect(sourceOf(write('damaged.zip', bytes), 'damaged.zip'));
    expect(out.loose.some(({ reason }) => reason.startsWith('a.txt'))).toBe(true);
    expect(out.all('bucket').length).toBe(1);
  });

  it('notices a wrong checksum', async () => {
    const bytes = await zip({ 'netstats.txt': netstats });
    const at = bytes.indexOf(Buffer.from('504b0102', 'hex')) + 16;
    bytes.writeUInt32LE(crc32('something else'), at);
    const out = await collect(sourceOf(write('crc.zip', bytes), 'crc.zip'));
    expect(out.all('bucket').length).toBe(1);
    expect(out.sections[0]!.totals!.cut).toBe(true);
    expect(out.loose[0]!.reason).toMatch(/checksum/);
  });

  it('reads a cut gzip file as far as it goes', async () => {
    const noise = Array.from({ length: 3_000 }, (_, i) => `[key.${i}]: [${Math.imul(i, 2_654_435_761) >>> 0}]`).join(
      '\n',
    );
    const whole = gzipSync(`${noise}\n`);
    const out = await collect(sourceOf(write('cut.gz', whole.subarray(0, whole.length / 2)), 'getprop.txt.gz'));
    expect(out.all('property').length).toBeGreaterThan(100);
    expect(out.sections[0]!.totals!.cut).toBe(true);
    expect(out.loose.length).toBe(1);
  });

  it('stops at what an archive inside an archive unpacks to', async () => {
    const bomb = await zip({ 'long.txt': props + '[k]: [v]\n'.repeat(400_000) });
    const bytes = await zip({ 'netstats.txt': netstats, 'inner.zip': bomb, 'later.txt': netstats });
    const limits = { ...defaultLimits, freeUnpacked: 1_000_000, mostRatio: 1 };
    const out = await collect(sourceOf(write('nested-bomb.zip', bytes), 'nested-bomb.zip'), limits);
    expect(out.sections.map(({ head, totals }) => [head.name, totals!.cut])).toEqual([
      ['dumpsys netstats', false],
      ['getprop', true],
    ]);
    expect(out.loose.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/unpacks to more than 1.00 MB; what comes behind them was not read/),
    ]);
  });

  it('a broken zip, a photo and an empty archive are kept and said not to be read', async () => {
    const broken = (await zip({ 'a.txt': props })).subarray(0, 60);
    for (const [name, bytes] of [
      ['broken.zip', broken],
      ['photo.jpg', Buffer.from('ffd8ffe000104a464946', 'hex')],
      ['empty.zip', await zip({})],
      ['nothing.txt', Buffer.alloc(0)],
    ] as const) {
      const out = await collect(sourceOf(write(name, bytes), name));
      expect(out.sections).toEqual([]);
      expect(out.notRecognised).toEqual([expect.stringContaining(name)]);
    }
  });
});

describe('plain files', () => {
  it('reads UTF-16 as a Windows console writes it, with places in the file', async () => {
    const path = write('console.txt', Buffer.from(`\ufeff${netstats.replaceAll('\n', '\r\n')}`, 'utf16le'));
    const out = await collect(sourceOf(path, 'console.txt'));
    expect(out.all('series')[0]!.identities[0]!.networkName).toBe('Büro');
    const { at } = out.sections[0]!.records[1]!;
    const bytes = readFileSync(path);
    expect(bytes.toString('utf16le', at.offset!, at.offset! + 32)).toBe('      st=1709272');
    const lines = await readRaw({ path }, out.sections[0]!.head, at, 1);
    expect(lines.map(({ n, hit }) => [n, hit])).toEqual([
      [4, false],
      [5, true],
    ]);
  });

  it('knows a dump behind 10 MB on one line, wherever that stands', async () => {
    const lines = netstats.split('\n');
    for (const at of [0, 1, 2]) {
      const text = lines.toSpliced(at, 0, 'x'.repeat(10_000_000)).join('\n');
      const out = await collect(sourceOf(write('long.txt', text), 'long.txt'));
      expect(out.all('bucket').length).toBe(1);
      expect(out.warnings.map((warning) => warning.at.line)).toEqual([at + 1]);
    }
    // Without anything behind it, it is text of no known form.
    const out = await collect(sourceOf(write('only.txt', 'x'.repeat(10_000_000)), 'only.txt'));
    expect(out.notRecognised).toEqual([expect.stringMatching(/text in no form/)]);
  });

  it('believes a section name, and what the acquisition says of the end', async () => {
    const path = write('answer', 'package:com.example.chat uid:1010310\n');
    const out = await collect(sourceOf(path, 'answer', { section: 'pm list packages', user: 10, state: 'timed out' }));
    expect(out.sections[0]!.head).toMatchObject({ name: 'pm list packages', user: 10 });
    expect(out.sections[0]!.totals).toEqual({ length: 37, records: 1, warnings: 0, cut: true });
  });

  it('does not read an answer that has no section name, nor what the phone refused', async () => {
    const path = write('stderr', props);
    const source = sourceOf(path, 'stderr', { section: 'getprop' });
    const nothing = { sections: [], notRecognised: [], loose: [] };
    expect(await collect({ ...source, section: null })).toMatchObject(nothing);
    expect(await collect(sourceOf(path, 'x', { section: 'getprop', state: 'refused' }))).toMatchObject(nothing);
    expect((await collect(source)).all('property').length).toBe(2);
  });

  it('reports an answer that has a name and no reader, without a warning', async () => {
    const out = await collect(sourceOf(write('boot id', '1.5\n'), 'boot id', { section: 'boot id' }));
    expect(out.sections.map(({ head, artifact, totals }) => [head.name, artifact, totals!.length])).toEqual([
      ['boot id', null, 4],
    ]);
    expect([...out.warnings, ...out.notRecognised]).toEqual([]);
  });

  it('rejects evidence that is gone', async () => {
    await expect(collect(sourceOf('/nowhere/at/all', 'gone.txt'))).rejects.toMatchObject({ code: 'case-damaged' });
  });

  it('waits where the output asks for it', async () => {
    const path = write('big.txt', netstats.repeat(20_000));
    let asked = 0;
    const { Collected } = await import('./testing/collect.ts');
    const out = Object.assign(new Collected(), {
      settle: () => {
        asked += 1;
        return Promise.resolve();
      },
    });
    const { parseEvidence } = await import('./parse-evidence.ts');
    await parseEvidence(sourceOf(path, 'big.txt'), out);
    expect(asked).toBeGreaterThan(10);
    expect(out.all('bucket').length).toBe(20_000);
  });
});

describe('readRaw', () => {
  it('shows bytes in rows of sixteen', async () => {
    const path = write('rows.bin', Buffer.from(Array.from({ length: 100 }, (_, i) => i)));
    const lines = await readRaw(
      { path },
      { member: null, offset: 0, name: 'netstats file' },
      { line: null, offset: 49 },
      1,
    );
    expect(lines).toEqual([
      { n: null, text: '00000020  20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f   !"#$%&\'()*+,-./', hit: false },
      { n: null, text: '00000030  30 31 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 3f  0123456789:;<=>?', hit: true },
      { n: null, text: '00000040  40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f  @ABCDEFGHIJKLMNO', hit: false },
    ]);
  });

  it('cuts long lines, and gives nothing behind the end', async () => {
    const path = write('long.txt', `${'x'.repeat(2_000)}\nend\n`);
    const head = { member: null, offset: 0, name: 'getprop' };
    const [line] = await readRaw({ path }, head, { line: 1, offset: 0 }, 0);
    expect(line!.text).toBe(`${'x'.repeat(500)}…`);
    expect(await readRaw({ path }, head, { line: 9, offset: null }, 3)).toEqual([]);
    expect(await readRaw({ path }, head, { line: null, offset: 99_999 }, 3)).toEqual([]);
  });

  it('says what is missing', async () => {
    const path = write('one.zip', await zip({ 'a.txt': props }));
    const head = { member: 'b.txt', offset: 0, name: 'getprop' };
    const asked = readRaw({ path }, head, { line: 1, offset: 0 }, 3);
    await expect(asked).rejects.toMatchObject({ code: 'case-damaged', message: expect.stringContaining('b.txt') });
    await expect(readRaw({ path: `${path}.not` }, head, { line: 1, offset: 0 }, 3)).rejects.toMatchObject({
      code: 'case-damaged',
    });
  });

  it('is not confused by a folder that is no file', async () => {
    const folder = write('x', '');
    mkdirSync(`${folder}-folder`);
    const asked = readRaw(
      { path: `${folder}-folder` },
      { member: null, offset: 0, name: 'x' },
      { line: 1, offset: 0 },
      1,
    );
    await expect(asked).rejects.toMatchObject({ code: 'case-damaged' });
  });
});
