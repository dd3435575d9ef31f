import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CorpusTotals, corpus, corpusFile } from '../../../test/support/corpus.ts';
import type { BucketRecord, SeriesRecord } from '../model/record.ts';
import { type Collected, collect, sourceOf } from './testing/collect.ts';

const read = (...parts: string[]): Promise<Collected> => collect(sourceOf(corpusFile(...parts), parts.at(-1)!));

/** Every bucket with its series. */
function buckets(out: Collected): { series: SeriesRecord; bucket: BucketRecord }[] {
  const series = out.all('series');
  return out.all('bucket').map((bucket) => ({ series: series[bucket.series]!, bucket }));
}

function totalsOf(rows: readonly { series: SeriesRecord; bucket: BucketRecord }[]): Omit<CorpusTotals, 'file'> {
  const sum = (pick: (bucket: BucketRecord) => number | null): number =>
    rows.reduce((all, { bucket }) => all + pick(bucket)!, 0);
  const sent = new Map<number, number>();
  for (const { series, bucket } of rows) {
    // A tag's bytes are part of the app's total: they are never added up by app.
    if (series.tag === 0) sent.set(series.uid, (sent.get(series.uid) ?? 0) + bucket.sentBytes!);
  }
  const topTx = [...sent].sort((a, b) => b[1] - a[1]).slice(0, 5);
  return {
    buckets: rows.length,
    uids: new Set(rows.map(({ series }) => series.uid)).size,
    rx: sum((bucket) => bucket.receivedBytes),
    tx: sum((bucket) => bucket.sentBytes),
    rxPackets: sum((bucket) => bucket.receivedPackets),
    txPackets: sum((bucket) => bucket.sentPackets),
    topTx,
  };
}

describe.skipIf(!corpus)('binary netstats files of real phones', () => {
  const lines = corpus ? readFileSync(corpusFile('netstats-binary', 'TOTALS.ndjson'), 'utf8').trim().split('\n') : [];
  const truths = lines.map((line) => JSON.parse(line) as CorpusTotals);

  it.each(truths)('$file: buckets, uids, bytes and packets to the last', async (truth) => {
    const folder = truth.file === 'netstats_uid_v16' ? 'v16-identity-v6' : 'netstats';
    const out = await read('netstats-binary', folder, truth.file);
    expect({ file: truth.file, ...totalsOf(buckets(out)) }).toEqual(truth);
    expect(out.warnings).toEqual([]);
    const recorder = /^(?:netstats_)?(uid_tag|uid|xt|dev)/.exec(truth.file)![1];
    expect(new Set(out.all('series').map((series) => series.recorder))).toEqual(new Set([recorder]));
  });

  it('takes the held span from the file name', async () => {
    const out = await read('netstats-binary', 'netstats', 'uid.1677370094718-1678666645910');
    expect(out.all('held span')).toEqual([
      { kind: 'held span', recorder: 'uid', fromUs: 1_677_370_094_718_000, toUs: 1_678_666_645_910_000 },
    ]);
  });

  it.each([
    ['history_v1', /bare netstats history of version 1/],
    ['netstats_uid_v4', /netstats collection of version 4/],
    ['netstats_v1', /netstats collection of version 1/],
  ])('refuses %s by name and takes nothing', async (name, reason) => {
    const out = await read('netstats-binary', 'legacy', name);
    expect(out.sections.flatMap(({ records }) => records)).toEqual([]);
    expect(out.warnings.map((warning) => warning.reason)).toEqual([expect.stringMatching(reason)]);
  });
});

describe.skipIf(!corpus)('netstats text of real phones', () => {
  it.each(corpus ? readdirSync(corpusFile('netstats-text')) : [])('%s: every line is understood', async (name) => {
    const out = await read('netstats-text', name);
    const text = readFileSync(corpusFile('netstats-text', name), 'utf8');
    const counted = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
    expect(out.warnings).toEqual([]);
    expect(out.all('bucket').length).toBe(counted(/^ {6}(?:st|bucketStart)=/gm));
    expect(out.all('series').length).toBe(counted(/^ {2}ident=/gm));
    // The sums of the dump's own lines.
    const sum = (keys: string): number =>
      [...text.matchAll(new RegExp(` (?:${keys})=(\\d+)`, 'g'))].reduce((all, match) => all + Number(match[1]), 0);
    const { rx, tx, rxPackets, txPackets } = totalsOf(buckets(out));
    expect([rx, tx]).toEqual([sum('rb|rxBytes'), sum('tb|txBytes')]);
    expect([rxPackets, txPackets]).toEqual([sum('rp|rxPackets'), sum('tp|txPackets')]);
  });

  it('the long history equals the three binary uid files, series by series and bucket by bucket', async () => {
    const text = buckets(await read('netstats-text', 'long-history-full-uid.txt')).filter(
      ({ series }) => series.recorder === 'uid',
    );
    expect(text.length).toBe(34_257);
    // The stand-ins for names and subscribers are not the same in the two forms; all else is.
    const keyOf = (series: SeriesRecord): string => {
      const said = series.identities.map((one) => ({ ...one, networkName: null, subscriber: null }));
      return JSON.stringify([said, series.uid, series.set, series.tag, series.bucketUs]);
    };
    const gather = (rows: typeof text, into: Map<string, number[]>): void => {
      for (const { series, bucket } of rows) {
        const key = `${keyOf(series)} ${bucket.startUs}`;
        const held = into.get(key) ?? [0, 0, 0, 0, 0];
        const { receivedBytes, receivedPackets, sentBytes, sentPackets, operations } = bucket;
        const counts = [receivedBytes, receivedPackets, sentBytes, sentPackets, operations];
        into.set(
          key,
          held.map((value, i) => value + counts[i]!),
        );
      }
    };
    const fromText = new Map<string, number[]>();
    gather(text, fromText);
    const fromFiles = new Map<string, number[]>();
    for (const name of readdirSync(corpusFile('netstats-binary', 'netstats'))) {
      if (name.startsWith('uid.')) gather(buckets(await read('netstats-binary', 'netstats', name)), fromFiles);
    }
    const different = [...fromFiles].filter(([key, counts]) => String(fromText.get(key)) !== String(counts));
    expect(different.slice(0, 3)).toEqual([]);
    expect(fromText.size).toBe(fromFiles.size);
    expect(fromText.size).toBeGreaterThan(20_000);
  });
});

describe.skipIf(!corpus)('bugreports and dumps of real phones', () => {
  it('cuts the Android 10 bugreport inside its zip', async () => {
    const name = 'bugreport-sailfish-QP1A.191005.007.A3-2020-01-08-15-30-07.zip';
    const out = await read('bugreport', name);
    const services = out.sections.filter(({ head }) => head.name.startsWith('dumpsys '));
    expect(services.length).toBe(175);
    expect(new Set(out.sections.map(({ head }) => head.member))).toEqual(new Set([name.replace('.zip', '.txt')]));

    const packages = out.named('dumpsys package')!;
    const names = packages.records.flatMap(({ record }) => (record.kind === 'package' ? [record.name] : []));
    expect(new Set(names).size).toBe(134);
    expect(out.named('CHECKIN PACKAGE')!.artifact).toBe('package-checkin');

    const netstats = out.named('dumpsys netstats')!;
    expect(netstats.artifact).toBe('netstats-text');
    expect(netstats.records).toEqual([
      {
        record: { kind: 'dump time', local: '2020-01-08 15:32:02' },
        at: { line: 178_295, offset: expect.any(Number) },
      },
    ]);
    expect(netstats.totals).toMatchObject({ warnings: 0, cut: false });
    expect(netstats.head.firstLine).toBe(178_283);

    expect(out.all('user').map(({ id, name: said, running }) => [id, said, running])).toEqual([
      [0, null, true],
      [11, 'User2', false],
    ]);
    expect(out.all('property')).toContainEqual({
      kind: 'property',
      key: 'bugreport.fingerprint',
      value: 'google/sailfish/sailfish:10/QP1A.191005.007.A3/eng.230473.20191211.100332:userdebug/test-keys',
    });
    expect(out.warnings.map(({ reason }) => reason)).toEqual([expect.stringMatching(/gave up on this dump/)]);
    const cut = out.sections.filter(({ totals }) => totals!.cut).map(({ head }) => head.name);
    expect(cut).toEqual(['dumpsys media.camera']);
  });

  it('reads a report of Android 2.3 and says what it lacks', async () => {
    const out = await read('bugreport', 'android2.3-miui-deadlock.txt');
    expect(out.sections.length).toBeGreaterThan(50);
    expect(out.all('property')).toContainEqual({ kind: 'property', key: 'bugreport.build', value: 'MIUI.1.8.12' });
    expect(out.warnings.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/clock stood before there was Android/),
      'The head of this bugreport does not say: fingerprint of the build.',
    ]);
  });

  it.each([
    ['bugreport/samsung-android11-trimmed-dumpstate.txt', 'dumpsys package'],
    ['dumpsys/packages-samsung.txt', 'dumpsys package'],
    ['dumpsys/androidqf-folder/dumpsys.txt', 'dumpsys package'],
    ['dumpsys/androidqf-folder/getprop.txt', 'getprop'],
    ['pcap/pcapdroid/two_flows.pcap', 'packet capture'],
  ])('%s: reads %s', async (path, section) => {
    const out = await read(...path.split('/'));
    expect(out.named(section)!.records.length).toBeGreaterThan(1);
    expect(out.warnings).toEqual([]);
    expect(out.notRecognised).toEqual([]);
  });

  it.each(['dumpsys/androidqf-folder/packages.json', 'dumpsys/androidqf-folder/ps.txt'])(
    '%s: kept, and said not to be read',
    async (path) => {
      const out = await read(...path.split('/'));
      expect(out.sections).toEqual([]);
      expect(out.notRecognised).toEqual([expect.stringMatching(/it is kept and not read\.$/)]);
    },
  );
});

describe.skipIf(!corpus)('the state of real phones: accounts, operations, settings, what is kept in step', () => {
  const own = ['app-ops', 'accounts', 'sync-state', 'settings'];
  it.each([
    ['bugreport', 'bugreport-sailfish-QP1A.191005.007.A3-2020-01-08-15-30-07.zip', [101, 167, 0, 0, 299]],
    ['bugreport', 'samsung-android11-trimmed-dumpstate.txt', [16, 37, 0, 0, 0]],
    ['bugreport', 'android2.3-miui-deadlock.txt', [0, 0, 1, 4, 0]],
    ['dumpsys', 'appops-samsung.txt', [23, 46, 0, 0, 0]],
    ['dumpsys/androidqf-folder', 'dumpsys.txt', [16, 37, 0, 0, 0]],
  ] as const)('%s/%s: every line is understood', async (folder, name, counts) => {
    const out = await read(...folder.split('/'), name);
    const sections = out.sections.filter(({ artifact }) => own.includes(artifact ?? ''));
    expect(sections.length).toBeGreaterThan(0);
    expect(sections.flatMap(({ warnings }) => warnings)).toEqual([]);
    const ops = out.all('app op');
    const timed = ops.filter((one) => one.of !== null);
    // Times and modes as a count of their lines has them.
    expect([
      timed.length,
      ops.length - timed.length,
      out.all('account').length,
      out.all('sync').length,
      out.all('setting').length,
    ]).toEqual(counts);
    for (const one of timed) {
      expect(one.local).toMatch(/^\d{4}-/);
      expect(one.agoUs).not.toBeNull();
      expect(one.package).not.toBeNull();
    }
  });

  it('an account of Android 2.3 is told without a user, and what it keeps in step with its last times', async () => {
    const out = await read('bugreport', 'android2.3-miui-deadlock.txt');
    expect(out.all('account')).toEqual([
      { kind: 'account', user: null, type: 'com.google', name: 'test0001@x.invalid' },
    ]);
    expect(out.all('account keeper').map(({ type }) => type)).toContain('com.miui.auth');
    expect(out.all('sync').map((one) => [one.authority, one.enabled, one.lastSuccess])).toContainEqual([
      'com.android.contacts',
      true,
      '2011-08-18 08:42:28',
    ]);
  });
});
