import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../model/artifact.ts';
import { artifacts } from './artifacts/index.ts';
import { DumpCutter, WholeFile } from './sections/dump-cutter.ts';
import { formOf } from './sections/known-forms.ts';
import { splitterFor } from './sections/line-splitter.ts';
import { SectionRun } from './sections/section-run.ts';
import { anet } from './testing/anet-writer.ts';
import { Collected } from './testing/collect.ts';

/** Reads bytes as the parse room does, without a file. */
function readBytes(artifact: Artifact, bytes: Buffer, fileName: string, chunk = bytes.length || 1): Collected {
  const out = new Collected();
  const head = { name: artifact.reads[0]!, member: null, fileName };
  if (artifact.form === 'binary') {
    const run = new SectionRun(out, { ...head, firstLine: null, offset: 0 }, artifact);
    run.bytes(artifact, bytes);
    run.close(bytes.length, false);
    return out;
  }
  const route = new WholeFile(out, { ...head, firstLine: 1, offset: 0 }, artifact);
  feed(route, bytes, chunk);
  return out;
}

function feed(route: WholeFile | DumpCutter, bytes: Buffer, chunk: number): void {
  const splitter = splitterFor(bytes, (text, line, offset, state, size) => route.line(text, line, offset, state, size));
  for (let at = 0; at < bytes.length; at += chunk) splitter.push(Buffer.from(bytes.subarray(at, at + chunk)));
  route.end(splitter.end(), false);
}

/** Warnings that tell of a reader that threw. */
function faults(out: Collected): string[] {
  return out.warnings
    .map(({ reason }) => reason)
    .filter((reason) => reason.includes('The reader of this section failed'));
}

const samples = artifacts.flatMap((artifact) => {
  // Archives are read at random, from files: `sections/apk` has tests of its own.
  if (artifact.form === 'archive') return [];
  const folder = join(import.meta.dirname, 'artifacts', artifact.id, 'fixtures');
  const names = readdirSync(folder).filter((name) => !name.endsWith('.golden.json'));
  return names.map((name) => ({ artifact, name, bytes: readFileSync(join(folder, name)) }));
});
const linesOf = samples.flatMap(({ bytes, artifact }) =>
  artifact.form === 'text' ? bytes.toString('latin1').split('\n') : [],
);

/** What a file cut at `size` says and the whole one does not. */
function contradictions(artifact: Artifact, name: string, bytes: Buffer, size: number, whole: Whole): string[] {
  const out = readBytes(artifact, bytes.subarray(0, size), name);
  const wrong = faults(out);
  const { records, totals } = out.sections[0]!;
  if (totals!.length !== size) wrong.push(`length ${totals!.length}`);
  for (const { record, at } of records) {
    const same = whole.get(at.offset);
    if (!same) wrong.push(`a record at ${at.offset}`);
    else if (artifact.id === 'netstats-text' && record.kind === 'bucket') {
      // Unknown is allowed, another number is not.
      const other = same as unknown as Record<string, unknown>;
      for (const [key, value] of Object.entries(record)) {
        if (value !== null && value !== other[key]) wrong.push(`${key} ${value} at ${at.offset}`);
      }
    }
  }
  return wrong.map((what) => `cut at ${size}: ${what}`);
}
type Whole = ReadonlyMap<number | null, unknown>;

describe('a file cut at any byte', () => {
  it.each(samples)('$artifact.id $name', ({ artifact, name, bytes }) => {
    const { records } = readBytes(artifact, bytes, name).sections[0]!;
    const whole: Whole = new Map(records.map(({ record, at }) => [at.offset, record]));
    const sizes = Array.from({ length: bytes.length }, (_, size) => size);
    expect(sizes.flatMap((size) => contradictions(artifact, name, bytes, size, whole))).toEqual([]);
  });
});

describe('bytes in any pieces', () => {
  it.each(samples.filter(({ artifact }) => artifact.form === 'text'))(
    '$name gives the same',
    ({ artifact, name, bytes }) => {
      const whole = readBytes(artifact, bytes, name);
      for (const chunk of [1, 2, 3, 7, 64]) expect(readBytes(artifact, bytes, name, chunk)).toEqual(whole);
    },
  );
});

describe('UTF-16', () => {
  const netstats = artifacts.find(({ id }) => id === 'netstats-text')!;
  const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
  it.each(samples.filter(({ artifact }) => artifact.form === 'text'))(
    '$name gives the same records',
    ({ artifact, name, bytes }) => {
      const said = (out: Collected): unknown => out.sections[0]!.records.map(({ record, at }) => [at.line, record]);
      const plain = readBytes(artifact, bytes, name);
      const wide = utf16(bytes.toString('utf8').replace(/^\ufeff/, ''));
      for (const chunk of [1, 3, 64, wide.length]) {
        const out = readBytes(artifact, wide, name, chunk);
        expect(said(out)).toEqual(said(plain));
        expect(out.sections[0]!.totals!.length).toBe(wide.length);
      }
    },
  );

  it('passes over a line of 5 MB, and keeps the places behind it', () => {
    const head = `UID stats:\n  Complete history:\n  ident=[] uid=1 set=DEFAULT tag=0x0\n    NetworkStatsHistory: bucketDuration=7200\n`;
    const long = `${'é'.repeat(2_500_000)}\n`;
    const wide = utf16(
      `${head}  ${long}  ident=[] uid=1 set=DEFAULT tag=0x0\n    NetworkStatsHistory: bucketDuration=7200\n      st=7200 rb=1 rp=1 tb=1 tp=1 op=0\n`,
    );
    const out = readBytes(netstats, wide, 'x', 65_537);
    expect(out.all('bucket').length).toBe(1);
    const { at } = out.sections[0]!.records.at(-1)!;
    expect(at).toEqual({ line: 8, offset: wide.length - utf16('      st=7200 rb=1 rp=1 tb=1 tp=1 op=0\n').length + 2 });
    expect(out.warnings[0]!.reason).toContain(`${(long.length + 1) * 2} bytes`);
  });
});

describe('junk', () => {
  const text = artifacts.filter(({ form }) => form === 'text');
  it('of any bytes is no fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.constantFrom(...artifacts), (bytes, artifact) => {
        const buffer = Buffer.from(bytes);
        formOf(buffer, 'junk', artifacts);
        expect(faults(readBytes(artifact, buffer, 'uid.1-2'))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('made of real lines in any order, with bytes changed, is no fault', () => {
    const line = fc.oneof(
      fc.constantFrom(...linesOf),
      fc.tuple(fc.constantFrom(...linesOf), fc.nat(), fc.nat(255)).map(([said, at, byte]) => {
        const bytes = Buffer.from(said, 'latin1');
        if (bytes.length > 0) bytes[at % bytes.length] = byte;
        return bytes.toString('latin1');
      }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.constantFrom(...text), (lines, artifact) => {
        const out = readBytes(artifact, Buffer.from(lines.join('\n'), 'latin1'), 'x');
        expect(faults(out)).toEqual([]);
        for (const section of out.sections) {
          expect(section.records.length).toBe(section.totals!.records);
          expect(section.warnings.length).toBe(section.totals!.warnings);
          for (const { record } of section.records) {
            for (const value of Object.values(record)) if (typeof value === 'number') expect(value).not.toBeNaN();
          }
        }
        const cut = new Collected();
        feed(
          new DumpCutter(
            cut,
            { member: null, fileName: 'x' },
            (name) => text.find(({ reads }) => reads.includes(name)) ?? null,
          ),
          Buffer.from(lines.join('\n'), 'latin1'),
          50,
        );
        expect(faults(cut)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('in a binary file never takes memory for what is not there', () => {
    const [binary] = artifacts.filter(({ form }) => form === 'binary');
    const identities = [{ type: 1, name: '"Teahouse"open' }];
    const good = anet([
      { identities, uid: 10_001, set: 0, tag: 0, bucketMs: 7_200_000, buckets: [[1, 2, 3, 4, 5, 6, 7]] },
    ]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(3), (at, byte, more) => {
        const bytes = Buffer.from(good);
        for (let i = at; i <= Math.min(at + more, bytes.length - 1); i += 1) bytes[i] = byte;
        const out = readBytes(binary!, bytes, 'uid.1-2');
        expect(faults(out)).toEqual([]);
        expect(out.all('bucket').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('lines that no dump has', () => {
  const netstats = artifacts.find(({ id }) => id === 'netstats-text')!;
  it('of 10 MB: a warning with its place, and the series around it are read', () => {
    const head = 'UID stats:\n  Complete history:\n';
    const key = '  ident=[{type=WIFI, subType=COMBINED, networkId="Teahouse"}] uid=10001 set=DEFAULT tag=0x0\n';
    const history = '    NetworkStatsHistory: bucketDuration=7200\n';
    const bucket = (rb: number): string => `      st=1709272800 rb=${rb} rp=2 tb=3 tp=4 op=0\n`;
    const long = `      st=1709272800 rb=1${'0'.repeat(10 * 1024 * 1024)}\n`;
    const bytes = Buffer.from(head + key + history + bucket(5) + long + bucket(6) + key + history + bucket(7));
    const out = readBytes(netstats, bytes, 'x', 256 * 1024);
    const offset = (head + key + history + bucket(5)).length;
    // The long line may have held another key: the bucket behind it is nobody's.
    expect(out.all('bucket').map(({ receivedBytes }) => receivedBytes)).toEqual([5, 7]);
    expect(out.warnings.map(({ at }) => at)).toEqual([
      { line: 6, offset },
      { line: 7, offset: offset + long.length },
    ]);
    expect(out.warnings[0]!.reason).toContain(`${long.length - 1} bytes`);
    expect(out.sections[0]!.records.at(-1)!.at.line).toBe(10);
  });

  it('a series behind a name without end takes its buckets with it', () => {
    const good = '  ident=[{type=WIFI, subType=COMBINED, networkId="T"}] uid=1 set=DEFAULT tag=0x0\n';
    const bad = `  ident=[{type=WIFI, subType=COMBINED, networkId="${'"}, {'.repeat(400_000)}\n`;
    const rest = '    NetworkStatsHistory: bucketDuration=7200\n      st=7200 rb=1 rp=1 tb=1 tp=1 op=0\n';
    const out = readBytes(
      netstats,
      Buffer.from(`UID stats:\n  Complete history:\n${good}${rest}${bad}${rest}`),
      'x',
      9_999,
    );
    expect(out.all('series').length).toBe(1);
    expect(out.all('bucket').length).toBe(1);
  });

  it('hostile sets below the longest line are given up soon', () => {
    const names = '", metered=true, networkId="'.repeat(30_000);
    const key = `  ident=[{type=WIFI, networkId="${names}"}] uid=1 set=DEFAULT tag=0x0\n`;
    const tokens = ` uid=1 set=A tag=0x0${' a=b'.repeat(200_000)} !\n`;
    const out = readBytes(netstats, Buffer.from(`UID stats:\n  Complete history:\n${key}  ident=[]${tokens}`), 'x');
    expect(out.all('series')).toEqual([]);
    expect(out.warnings.length).toBe(2);
  });

  it('buckets that are said to last for ages are no buckets', () => {
    const dump = (length: number): string =>
      `  ident=[] uid=1 set=DEFAULT tag=0x0\n    NetworkStatsHistory: bucketDuration=${length}\n      st=7200 rb=1 rp=1 tb=1 tp=1 op=0\n`;
    const text = `UID stats:\n  Complete history:\n${dump(999_999_999_999)}${dump(86_400)}`;
    const out = readBytes(netstats, Buffer.from(text), 'x');
    expect(out.all('series').map(({ bucketUs }) => bucketUs)).toEqual([86_400_000_000]);
    expect(out.all('bucket').length).toBe(1);
    expect(out.warnings.map(({ at }) => at.line)).toEqual([3]);
  });

  it('a bucket that stands twice is taken twice, and said', () => {
    const line = '      st=7200 rb=1 rp=1 tb=1 tp=1 op=0\n';
    const head = '  ident=[] uid=1 set=DEFAULT tag=0x0\n    NetworkStatsHistory: bucketDuration=3600\n';
    const text = `UID stats:\n  Complete history:\n${head}${line}${head}${line}${line}`;
    const out = readBytes(netstats, Buffer.from(text), 'x');
    expect(out.all('bucket').length).toBe(3);
    expect(out.warnings.map(({ at }) => at.line)).toEqual([9]);
  });

  it('a million broken lines give a hundred rows and a count', () => {
    const bytes = Buffer.from(`Dev stats:\n${'  what is this\n'.repeat(100_000)}`);
    const out = readBytes(netstats, bytes, 'x', 65_536);
    expect(out.warnings.length).toBe(101);
    expect(out.warnings.at(-1)!.reason).toMatch(/^99900 more places/);
  });
});
