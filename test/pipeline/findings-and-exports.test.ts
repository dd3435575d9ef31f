import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAST_BYTES, LEAST_SHARE } from '../../main/engine/detect/rules/background-sender/index.ts';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { EventView } from '../../shared/types/event.ts';
import { corpus } from '../support/corpus.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const dump = corpus && join(corpus, 'netstats-text', 'long-history-full-uid.txt');
if (!dump) console.log('Findings and exports of a real history are left out: the corpus is not there.');

/** A second reader, as plain as can be, that shares nothing with the program: sent bytes by uid and set. */
function sentBySet(text: string): Map<string, number> {
  const sums = new Map<string, number>();
  let section = '';
  let key: string | null = null;
  for (const line of text.split('\n')) {
    const header = /^\s*(Dev|Xt|UID|UID tag) stats:/.exec(line);
    if (header) section = header[1] ?? '';
    const series = /uid=(-?\d+) set=(\w+) tag=(0x[0-9a-f]+)/.exec(line);
    if (series) {
      const counts = section === 'UID' && series[3] === '0x0' && !line.includes('type=17');
      key = counts ? `${series[1]} ${series[2]}` : null;
    }
    const sent = /\btb=(\d+)/.exec(line);
    if (key && sent) sums.set(key, (sums.get(key) ?? 0) + Number(sent[1]));
  }
  return sums;
}

describe.skipIf(!dump)('a real history', () => {
  let opened: OpenCase;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const engine = testEngine();
  beforeAll(async () => {
    folder = await temporaryFolder();
    opened = await engine.createCase(join(folder.path, 'history'), emptyCaseInfo);
    await opened.importFiles([dump ?? ''], work());
  });
  afterAll(async () => {
    await engine.close();
    await folder[Symbol.asyncDispose]();
  });

  it('gives background findings whose figures are those of the file, to the byte', async () => {
    const sums = sentBySet(readFileSync(dump ?? '', 'utf8'));
    const expected = new Map<string, string>();
    for (const uid of new Set([...sums.keys()].map((key) => key.split(' ')[0] ?? ''))) {
      const background = sums.get(`${uid} DEFAULT`) ?? 0;
      const all = background + (sums.get(`${uid} FOREGROUND`) ?? 0);
      if (Number(uid) < 0 || Number(uid) % 100_000 < 10_000) continue;
      if (background >= LEAST_BYTES && background >= LEAST_SHARE * all)
        expected.set(`uid ${uid}`, `${all} ${background}`);
    }
    const findings = (await opened.findings()).filter((finding) => finding.rule === 'background-sender');
    const found = new Map(
      findings.map((finding) => {
        const figures = [...finding.text.matchAll(/\(([\d\u202f]+) bytes\)/g)].map((match) =>
          match[1]?.replaceAll('\u202f', ''),
        );
        return [finding.app ?? '', figures.join(' ')];
      }),
    );
    expect(expected.size).toBeGreaterThan(5);
    expect(found).toEqual(expected);
    const cited = findings[0]?.events[0] ?? '';
    expect((await opened.eventDetail(cited)).event).toMatchObject({ id: cited, foreground: false, counted: true });
  });

  it('exports every event to CSV and JSON Lines, as many and as hashed', async () => {
    const events: EventView[] = [];
    for await (const batch of opened.eventStream({})) events.push(...batch);
    for (const format of ['csv', 'jsonl']) {
      const out = join(folder.path, `events.${format}`);
      const { files } = await opened.export(format, out);
      const bytes = await readFile(out);
      expect(files).toEqual([
        { path: out, rows: events.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      ]);
      const lines = bytes.toString('utf8').split('\n');
      expect(lines).toHaveLength(events.length + (format === 'csv' ? 2 : 1));
      if (format === 'jsonl') expect(JSON.parse(lines[0] ?? '')).toEqual(events[0]);
    }
  });
});
