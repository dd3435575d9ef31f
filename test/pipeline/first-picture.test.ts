import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { keepFirstPicture } from '../../main/engine/pipeline/first-picture.ts';
import { rollUp } from '../../main/engine/pipeline/roll-up.ts';
import { loadDictionary } from '../../main/engine/query/dictionary.ts';
import { firstPicture, measuredPicture } from '../../main/engine/query/first-picture.ts';
import { Rollups } from '../../main/engine/query/rollup/rollups.ts';
import { timelineWindow } from '../../main/engine/query/timeline.ts';
import { countVolume } from '../../main/engine/query/volume-count.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { detailQuestion, FIRST_WIDTH, OVERVIEW_BINS } from '../../shared/timeline/questions.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';
import { importUnevenApps } from '../support/uneven-apps.ts';

const HOUR = 3_600_000_000;
const start = 1_760_767_200_000_000;
const subject = { by: 'app', filter: {} } as const;

/** What the picture has to be, as questions give it. */
async function asked(open: OpenCase, bars: number) {
  const overview = await open.overview(OVERVIEW_BINS);
  const question = detailQuestion(subject, overview, FIRST_WIDTH, overview);
  return { overview, window: await open.window({ ...question, bars, packed: true }), bars };
}

it('is what the questions for it answer, and follows the case', async () => {
  await using folder = await temporaryFolder();
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  expect(await open.first(5)).toBe(null);
  await importUnevenApps(open, folder.path, async () => {
    const first = await open.first(1);
    expect(first).toEqual(await asked(open, 1));
    expect(first!.window!.lanes.some(({ name }) => name === '')).toBe(false);
  });
  expect(await open.first(2)).toEqual(await asked(open, 2));
  const all = await open.first(32);
  expect(all!.bars).toBe(3);
  expect(all!.window!.lanes.every(({ packed }) => packed !== undefined)).toBe(true);
  expect((await open.view()).events).toBe((await open.summary()).events.volume + (await open.summary()).events.context);
  await open.close();
});

/** Three apps with an interval each, and so many contacts of the second. */
async function withContacts(folder: string, contacts: number, apps = 3): Promise<CaseDatabase> {
  const database = await CaseDatabase.open(join(folder, `${contacts}-${apps}.sqlite`), 'create');
  const uids = [10_001, 10_002, 10_003];
  for (const uid of uids.slice(0, apps))
    await database.run(`INSERT INTO app (uid, name, kind, packages) VALUES (?, ?, 'user', '[]')`, [uid, `App ${uid}`]);
  await database.run(`INSERT INTO network (id, ident, key, type, vpn, said) VALUES (1, 'a', 'wifi', 'wifi', 0, '')`);
  for (const [n, uid] of uids.entries()) {
    await database.run(
      `INSERT INTO series VALUES (?, ?, 1, 1, '', 'uid', 'complete', 1, ?, 0, 'default', 0, 0, 0, NULL)`,
      [n + 1, `k${n}`, uid],
    );
  }
  const [volume, contact] = [
    ['id', 'series', 'from_us', 'to_us', 'sent', 'received', 'counted'],
    [
      'id',
      'section',
      'source',
      'protocol',
      'from_us',
      'to_us',
      'uid',
      'remote_ip',
      'remote_port',
      'open_start',
      'open_end',
    ],
  ];
  await database.load(
    'volume',
    volume!,
    uids.map((_, n) => [n + 1, n + 1, start + n * HOUR, start + (n + 1) * HOUR, 500 - n, 9, 1]),
  );
  const at = (n: number) => start + n * 1000;
  await database.load(
    'contact',
    contact!,
    Array.from({ length: contacts }, (_, n) => [
      n + 1,
      1,
      'live',
      'tcp',
      at(n),
      at(n) + 5,
      10_002,
      '203.0.113.9',
      443,
      0,
      0,
    ]),
  );
  await rollUp(database);
  return database;
}

const pictureOf = (held: CaseDatabase) =>
  firstPicture(held, 2, async () => {
    const rollups = await Rollups.open(held);
    return rollups && measuredPicture(held, rollups);
  });

it('has the marks of contacts as they stand in the case now, and leaves the window out where they are very many', async () => {
  await using folder = await temporaryFolder();
  const few = await withContacts(folder.path, 7);
  const { window, bars } = (await pictureOf(few))!;
  expect(bars).toBe(2);
  const lane = window!.lanes.find(({ key }) => key === '10002')!;
  expect([lane.name, lane.events, lane.contacts?.count.reduce((sum, one) => sum + one)]).toEqual(['App 10002', 8, 7]);
  const { fromUs, toUs, resolutionUs } = window!;
  const question = { ...subject, fromUs, toUs, buckets: Math.round((toUs - fromUs) / resolutionUs), packed: true };
  const whole = await timelineWindow(few, await loadDictionary(few), question);
  const sums = ({ lanes: _lanes, ...rest }: typeof whole) => rest;
  expect(sums(window!)).toEqual(sums(whole));
  expect(window!.lanes.slice(0, bars)).toEqual(whole.lanes.slice(0, bars));
  // Of many events it is kept: the same, and nobody measures it again.
  await keepFirstPicture(few, 2);
  const kept = await firstPicture(few, 2, () => Promise.reject(new Error('measured again')));
  expect(kept).toEqual(await pictureOf(few));
  expect(kept!.window).toEqual(window);
  await few.close();
  const many = await withContacts(folder.path, 5000);
  const picture = (await pictureOf(many))!;
  expect([picture.window, picture.overview.sent.length]).toEqual([null, OVERVIEW_BINS]);
  await many.close();
});

it('leaves the window out where contacts are shown by host, as no app is known', async () => {
  await using folder = await temporaryFolder();
  const held = await withContacts(folder.path, 7, 0);
  expect((await pictureOf(held))!.window).toBe(null);
  await held.close();
});

it('keeps how many rows of volume there are', async () => {
  await using folder = await temporaryFolder();
  const held = await withContacts(folder.path, 0);
  expect(await countVolume(held)).toBe(3);
  await held.run(`INSERT INTO volume (id, series, from_us, to_us, counted) VALUES (9, 1, ${start}, ${start + 1}, 0)`);
  await keepFirstPicture(held);
  expect(await countVolume(held)).toBe(4);
  await held.run('DELETE FROM first_picture');
  expect(await countVolume(held)).toBe(4);
  expect(await pictureOf(held)).toBe(null);
  await held.close();
});
