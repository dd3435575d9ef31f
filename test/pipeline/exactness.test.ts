import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { EventView } from '../../shared/types/event.ts';
import { type CorpusTotals, corpus, corpusFile } from '../support/corpus.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

async function eventsOf(open: OpenCase): Promise<EventView[]> {
  const all: EventView[] = [];
  for await (const page of open.eventStream({ kind: 'volume' })) all.push(...page);
  return all;
}

function totals(events: readonly EventView[]): Omit<CorpusTotals, 'file'> {
  const byUid = new Map<number, number>();
  for (const event of events) byUid.set(event.uid!, (byUid.get(event.uid!) ?? 0) + event.sent!);
  const sum = (pick: (event: EventView) => number | null) => events.reduce((total, event) => total + pick(event)!, 0);
  return {
    buckets: events.length,
    uids: byUid.size,
    rx: sum((event) => event.received),
    tx: sum((event) => event.sent),
    rxPackets: sum((event) => event.receivedPackets),
    txPackets: sum((event) => event.sentPackets),
    topTx: [...byUid].sort((a, b) => b[1] - a[1]).slice(0, 5),
  };
}

async function imported(paths: readonly string[], look: (open: OpenCase) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  const engine = testEngine();
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  for (const path of paths) {
    const outcome = await open.importFiles([path], work());
    expect(outcome.failures).toEqual([]);
  }
  await look(open);
  await open.close();
}

describe.skipIf(!corpus)('real recordings, to the last byte', async () => {
  const truths: CorpusTotals[] = corpus
    ? (await readFile(corpusFile('netstats-binary/TOTALS.ndjson'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as CorpusTotals)
    : [];

  async function fileNamed(name: string): Promise<string> {
    for (const folder of ['netstats', 'v16-identity-v6']) {
      const path = `netstats-binary/${folder}`;
      if ((await readdir(corpusFile(path))).includes(name)) return corpusFile(`${path}/${name}`);
    }
    throw new Error(`${name} is not in the corpus`);
  }

  for (const truth of truths) {
    test(`${truth.file}: every bucket, byte and packet`, async () => {
      await imported([await fileNamed(truth.file)], async (open) => {
        const found = totals(await eventsOf(open));
        const { file: _file, topTx, ...sums } = truth;
        expect({ ...found, topTx: undefined }).toEqual({ ...sums, topTx: undefined });
        expect(found.topTx.slice(0, topTx.length)).toEqual(topTx);
      });
    });
  }

  const uidTruths = truths.filter((truth) => truth.file.startsWith('uid.'));
  const wholeSent = uidTruths.reduce((sum, truth) => sum + truth.tx, 0);
  const wholeReceived = uidTruths.reduce((sum, truth) => sum + truth.rx, 0);
  const text = () => corpusFile('netstats-text/long-history-full-uid.txt');
  const files = () => corpusFile('netstats-binary/netstats');

  async function expectWhole(open: OpenCase): Promise<void> {
    const { bytes } = await open.summary();
    expect(bytes).toEqual({ sent: wholeSent, received: wholeReceived });
    const { fromUs, toUs } = await open.overview(100);
    const window = await open.window({ by: 'app', fromUs, toUs, buckets: 1000, filter: {} });
    expect([window.sent, window.received]).toEqual([wholeSent, wholeReceived]);
    const apps = await open.apps();
    expect(apps.reduce((sum, app) => sum + app.sent, 0)).toBe(wholeSent);
  }

  test('the long history: 34,257 per-app buckets, equal to the binary files that it was made from', async () => {
    await imported([text()], async (open) => {
      const counted = (await eventsOf(open)).filter((event) => event.counted);
      expect(counted).toHaveLength(34_257);
      await expectWhole(open);
    });
  });

  test('the folder of binary files: tag rows and totals are kept and not counted', async () => {
    await imported([files()], async (open) => {
      const events = await eventsOf(open);
      expect(events.filter((event) => event.counted)).toHaveLength(34_320);
      expect(events.filter((event) => event.tag !== 0).every((event) => !event.counted)).toBe(true);
      expect(events.filter((event) => event.uid === -1).every((event) => !event.counted)).toBe(true);
      await expectWhole(open);
    });
  });

  for (const [title, order] of [
    ['text first', () => [text(), files()]],
    ['binary first', () => [files(), text()]],
  ] as const) {
    test(`the same history as text and as binary files is counted once (${title})`, async () => {
      await imported(order(), expectWhole);
    });
  }

  test('a dump since boot beside the complete one of the same phone adds only what came later', async () => {
    const complete = corpusFile('netstats-text/android10-full-uid.txt');
    let alone: EventView[] = [];
    await imported([complete], async (open) => {
      alone = (await eventsOf(open)).filter((event) => event.counted);
    });
    const last = alone
      .map((event) => event.from)
      .sort()
      .at(-1)!;
    await imported([complete, corpusFile('netstats-text/android10-uid-since-boot.txt')], async (open) => {
      const counted = (await eventsOf(open)).filter((event) => event.counted);
      const before = (events: readonly EventView[]) => totals(events.filter((event) => event.from < last));
      expect(before(counted)).toEqual(before(alone));
      // In the last two hours of the one, only one of the two is believed.
      expect(new Set(counted.filter((event) => event.from === last).map((event) => event.evidence.id)).size).toBe(1);
    });
  });

  test('the old form without per-app sums counts what it says, in microseconds', async () => {
    await imported([corpusFile('netstats-text/android4.4-5-long-keys.txt')], async (open) => {
      const counted = (await eventsOf(open)).filter((event) => event.counted);
      expect(counted[0]).toMatchObject({ uid: 10007, from: '2014-07-23T18:00:00.000000Z', sent: 1_214_969 });
    });
  });
});
