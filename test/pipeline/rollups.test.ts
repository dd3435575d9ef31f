import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollUp } from '../../main/engine/pipeline/roll-up.ts';
import { loadDictionary } from '../../main/engine/query/dictionary.ts';
import { volumeCondition } from '../../main/engine/query/filter.ts';
import { caseSpan, overview } from '../../main/engine/query/overview.ts';
import { Rollups } from '../../main/engine/query/rollup/rollups.ts';
import { type RolledBars, volumeBars } from '../../main/engine/query/rollup/volume-bars.ts';
import { summary } from '../../main/engine/query/summary.ts';
import { timelineWindow } from '../../main/engine/query/timeline.ts';
import { barsOfRows } from '../../main/engine/query/volume-rows.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { tableDigests } from '../../main/engine/store/content-digest.ts';
import { unpackIntervals } from '../../shared/timeline/packed.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { EventFilter } from '../../shared/types/event.ts';
import type { SummaryView } from '../../shared/types/summary.ts';
import { shiftedChance, spreadSeed } from '../support/chance.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

const HOUR = 3_600_000_000;
const START = 1_700_000_000_000_000;
const SERIES = 12;
/** Tiles of few events, so that small cases have many of them. */
const TILE_EVENTS = 150;

/** Some days of buckets of two hours, of a second, of anything between; some over several days; some not counted. */
async function laid(database: CaseDatabase, seed: number, events: number): Promise<void> {
  const random = shiftedChance(spreadSeed(seed));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  await database.run(
    `INSERT INTO network (id, ident, key, type, vpn, said) VALUES (1, 'a', 'wifi', 'wifi', 0, ''), (2, 'b', 'mobile', 'mobile', 0, '')`,
  );
  await database.run(
    `INSERT INTO app (uid, name, kind, packages, service_id, service_name) VALUES (10001, 'One', 'user', '["one"]', 's1', 'S'), (10002, 'Two', 'user', '[]', NULL, NULL)`,
  );
  for (let n = 1; n <= SERIES; n += 1) {
    await database.run(
      `INSERT INTO series VALUES (?, ?, 1, 1, '', 'uid', 'complete', ?, ?, 0, 'default', ?, 0, 0, NULL)`,
      [n, `k${n}`, 1 + (n % 2), 10_000 + (n % 5), pick([0, 1, null])],
    );
  }
  const rows = Array.from({ length: events }, (_, n) => {
    const kind = random();
    const length =
      kind < 0.5 ? 2 * HOUR : kind < 0.9 ? 1 + Math.floor(random() ** 3 * 1e9) : Math.floor(random() * 80 * HOUR) + 1;
    const at = START + Math.floor(random() ** 2 * 400 * HOUR);
    const from = kind < 0.5 ? Math.floor(at / (2 * HOUR)) * 2 * HOUR : at;
    const bytes = () => (random() < 0.1 ? null : Math.floor(10 ** (random() * 10)));
    const error = random() < 0.1 ? Math.floor(random() * 1e7) : null;
    return [
      n * 2 + 1,
      1 + Math.floor(random() * SERIES),
      from,
      from + length,
      bytes(),
      bytes(),
      null,
      null,
      random() < 0.95 ? 1 : 0,
      null,
      null,
      error,
    ];
  });
  const columns = [
    'id',
    'series',
    'from_us',
    'to_us',
    'sent',
    'received',
    'sent_packets',
    'received_packets',
    'counted',
    'line',
    'offset',
    'error_us',
  ];
  await database.load('volume', columns, rows);
}

const exact = [
  'from',
  'to',
  'sent',
  'received',
  'sentBackground',
  'receivedBackground',
  'events',
  'top',
  'error',
] as const;
const peaks = ['peakSent', 'peakReceived'] as const;

/** Lanes and bars in one order, whatever the order of those that start alike. */
function settled({ lanes }: RolledBars) {
  const bars = lanes.map(({ lane, columns }) => {
    const { from, to } = columns;
    const order = Array.from(from, (_, at) => at).sort((a, b) => from[a]! - from[b]! || to[a]! - to[b]!);
    const of = (names: readonly (typeof exact | typeof peaks)[number][]) =>
      names.map((name) => order.map((at) => columns[name][at]!));
    return { lane, merged: columns.merged, exact: of(exact), peaks: of(peaks) };
  });
  return bars.sort((a, b) => (String(a.lane) < String(b.lane) ? -1 : 1));
}

/** Everything alike; peaks, the only fractions, as far as the fifteen digits go with which SQLite writes them. */
function expectSame(answer: ReturnType<typeof settled>, truth: ReturnType<typeof settled>): void {
  const rest = (lanes: typeof answer) => lanes.map(({ peaks: _, ...told }) => told);
  expect(rest(answer)).toEqual(rest(truth));
  for (const [n, lane] of answer.entries()) {
    for (const [of, column] of lane.peaks.entries()) {
      const told = truth[n]!.peaks[of]!;
      expect(column.filter((value, at) => Math.abs(value - told[at]!) > 1e-13 * Math.abs(told[at]!))).toEqual([]);
    }
  }
}

const filters: readonly EventFilter[] = [
  {},
  {},
  {},
  { direction: 'sent' },
  { direction: 'received' },
  { backgroundOnly: true },
  { minBytes: 100_000 },
  { uid: 10_001, direction: 'sent' },
  { text: 'one' },
  { network: 'wifi', minBytes: 5 },
  { service: 's1' },
  { optionalOnly: true },
];

const questions = fc.record({
  by: fc.constantFrom('app', 'network', 'service', 'country', 'organisation', 'host'),
  from: fc.integer({ min: -50 * HOUR, max: 450 * HOUR }),
  length: fc.oneof(fc.integer({ min: 1, max: 500 * HOUR }), fc.integer({ min: 1, max: HOUR })),
  steps: fc.constantFrom(1, 7, 300, 1500),
  filter: fc.constantFrom(...filters),
  few: fc.constantFrom(0, 200, 100_000),
});

async function rolled(path: string, seed: number, events: number): Promise<CaseDatabase> {
  const database = await CaseDatabase.open(join(path, `${seed}.sqlite`), 'create');
  await database.transaction(async () => {
    await laid(database, seed, events);
    await rollUp(database, TILE_EVENTS);
  });
  return database;
}

describe('rollups', () => {
  it('answer every question as the rows do: the same bars, bytes, peaks, events', async () => {
    await using folder = await temporaryFolder();
    for (const [seed, events] of [
      [1, 8000],
      [2, 20_000],
      [3, 40],
      [4, 1],
    ] as const) {
      const database = await rolled(folder.path, seed, events);
      const rollups = (await Rollups.open(database, TILE_EVENTS))!;
      const tiles = (await database.get<{ n: number }>('SELECT count(*) n FROM rollup_tile'))!.n;
      expect(tiles > 20).toBe(events >= 6000);
      await fc.assert(
        fc.asyncProperty(questions, async ({ by, from, length, steps, filter, few }) => {
          const [fromUs, toUs] = [START + from, START + from + length];
          const stepUs = Math.max(1, Math.floor(length / steps));
          const asked = { by, fromUs, toUs, stepUs, filter } as const;
          const answer = await volumeBars(database, rollups, asked, few);
          expect(answer.resolutionUs).toBeLessThanOrEqual(stepUs);
          expect(answer.resolutionUs).toBeGreaterThan(stepUs / 2);
          const condition = volumeCondition({ ...filter, fromUs, toUs });
          const truth = await barsOfRows(database, { ...asked, stepUs: answer.resolutionUs }, condition);
          expectSame(settled(answer), settled(truth));
        }),
        { numRuns: 60, seed },
      );
      await database.close();
    }
  });

  it('tell the span and the strip of the case as the rows do', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 7, 6000);
    const rollups = (await Rollups.open(database, TILE_EVENTS))!;
    expect(await caseSpan(database, rollups)).toEqual(await caseSpan(database));
    const sums = ({ span, bytes }: SummaryView) => ({ span, bytes });
    expect(sums(await summary(database, rollups))).toEqual(sums(await summary(database)));
    const [answer, truth] = [await overview(database, 50, rollups), await overview(database, 50)];
    expect([answer.fromUs, answer.toUs, answer.stepUs]).toEqual([truth.fromUs, truth.toUs, truth.stepUs]);
    const sum = (bins: readonly number[]) => bins.reduce((all, one) => all + one, 0);
    for (const of of ['sent', 'received', 'sentBackground', 'receivedBackground'] as const) {
      expect(sum(answer[of]) / sum(truth[of])).toBeCloseTo(1, 9);
      // Bytes of short intervals that start within half a bin may stand in the bin beside theirs.
      for (const [n, bytes] of answer[of].entries())
        expect(Math.abs(bytes - truth[of][n]!)).toBeLessThan(sum(truth[of]) / 50);
    }
    await database.close();
  });

  it('are the same bytes for the same rows', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 5, 5000);
    const before = await tableDigests(database);
    await database.transaction(() => rollUp(database, TILE_EVENTS));
    expect(await tableDigests(database)).toEqual(before);
    await database.run(`UPDATE rollup_tile SET data = substr(data, 1, length(data) - 1) || x'00' WHERE id = 3`);
    const after = await tableDigests(database);
    expect([...after].filter(([table, digest]) => before.get(table) !== digest).map(([table]) => table)).toEqual([
      'rollup_tile',
    ]);
    await database.close();
  });

  it('are the same of rows as they came as of rows that are read back, of one import and of several that overlap', async () => {
    await using folder = await temporaryFolder();
    const engine = testEngine();
    const made = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    const file = join(folder.path, 'case.phonehome', 'case.sqlite');
    const dump = join(folder.path, 'dump.txt');
    for (const [uid, buckets, uncounted] of [
      [10_123, 300, 0],
      [10_123, 400, 300],
      [10_124, 50, 350],
    ] as const) {
      await writeFile(dump, netstatsText({ uid, buckets }));
      await made.importFiles([dump], work());
      const database = await CaseDatabase.open(file, 'write');
      const before = await tableDigests(database);
      expect(await database.get('SELECT count(*) n FROM volume WHERE counted = 0')).toEqual({ n: uncounted });
      await database.transaction(() => rollUp(database));
      expect(await tableDigests(database)).toEqual(before);
      await database.close();
    }
    await made.close();
    await engine.close();
  });

  it('are written by an import, found where they were changed, and written anew where an older program left none', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'dump.txt'), netstatsText({ uid: 10_123, buckets: 300 }));
    const engine = testEngine();
    const made = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    await made.importFiles([join(folder.path, 'dump.txt')], work());
    const path = join(folder.path, 'case.phonehome');
    const whole = await made.overview(100);
    const question = { by: 'app', fromUs: whole.fromUs, toUs: whole.toUs, buckets: 1000, filter: {} } as const;
    const before = await made.window(question);
    const picture = await made.first(3);
    expect(picture?.window?.sent).toBe(before.sent);
    expect((await made.verify(work())).failures).toEqual([]);
    await made.close();

    const file = join(path, 'case.sqlite');
    const changed = await CaseDatabase.open(file, 'write');
    expect(await changed.all('SELECT events FROM rollup_chunk')).toEqual([{ events: 300 }]);
    await changed.run(`UPDATE rollup_chunk SET data = substr(data, 1, length(data) - 1) || x'01'`);
    await changed.close();
    const told = await engine.verifyFolder(path, work());
    expect(told.failures.map(({ what }) => what)).toEqual(['case.sqlite: the table rollup_chunk']);

    const older = await CaseDatabase.open(file, 'write');
    for (const table of ['rollup', 'rollup_chunk', 'rollup_tile', 'rollup_column', 'first_picture'])
      await older.run(`DROP TABLE ${table}`);
    await older.run(`PRAGMA user_version = 100`);
    await older.close();
    const read = await CaseDatabase.open(file, 'read');
    expect(await Rollups.open(read)).toBe(null);
    const dictionary = await loadDictionary(read);
    expect(await timelineWindow(read, dictionary, question)).toEqual(before);
    await read.close();
    const again = await engine.openCase(path);
    expect(await again.window(question)).toEqual(before);
    expect(await again.first(3)).toEqual(picture);
    expect((await again.verify(work())).failures).toEqual([]);
    await again.close();

    // One that has rollups and no first picture gets it alone.
    const bare = await CaseDatabase.open(file, 'write');
    const chunks = await bare.all('SELECT id, data FROM rollup_chunk');
    await bare.run('DELETE FROM first_picture');
    await bare.close();
    const third = await engine.openCase(path);
    expect(await third.first(3)).toEqual(picture);
    expect((await third.verify(work())).failures).toEqual([]);
    await third.close();
    const now = await CaseDatabase.open(file, 'write');
    expect(await now.all('SELECT id, data FROM rollup_chunk')).toEqual(chunks);
    await now.run(`UPDATE first_picture SET events = events + 1`);
    await now.close();
    const lied = await engine.verifyFolder(path, work());
    expect(lied.failures.map(({ what }) => what)).toEqual(['case.sqlite: the table first_picture']);
    await engine.close();
  });

  it('answer of chosen lanes only, packed, with the sums of those', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 6, 4000);
    const rollups = (await Rollups.open(database, TILE_EVENTS))!;
    const dictionary = await loadDictionary(database);
    const question = { by: 'app', fromUs: START, toUs: START + 400 * HOUR, buckets: 300, filter: {} } as const;
    const all = await timelineWindow(database, dictionary, question, rollups);
    const lanes = all.lanes.slice(1, 3);
    const chosen = { ...question, lanes: lanes.map(({ key }) => key), packed: true };
    const some = await timelineWindow(database, dictionary, chosen, rollups);
    expect(some.sent).toBe(lanes[0]!.sent + lanes[1]!.sent);
    expect(some.lanes.map(({ key, received }) => [key, received])).toEqual(
      lanes.map(({ key, received }) => [key, received]),
    );
    for (const [n, { packed, intervals }] of some.lanes.entries()) {
      expect(intervals.from).toEqual([]);
      const { from, sent, top } = unpackIntervals(packed!);
      const { intervals: plain } = lanes[n]!;
      expect([from, sent, top].map((column) => Array.from<unknown>(column))).toEqual([
        plain.from,
        plain.sent,
        plain.top,
      ]);
    }
    await database.close();
  });
});
