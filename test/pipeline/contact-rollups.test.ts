import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollupsFollow } from '../../main/engine/case/check-rollups.ts';
import { packRuns } from '../../main/engine/pipeline/pack-contacts.ts';
import { dropRollups, rollUp } from '../../main/engine/pipeline/roll-up.ts';
import { WritesAhead } from '../../main/engine/pipeline/writes-ahead.ts';
import type { SqlValue } from '../../main/engine/ports/case-handle.ts';
import { contactLanes, type LaneContacts } from '../../main/engine/query/contact-lanes.ts';
import { loadDictionary } from '../../main/engine/query/dictionary.ts';
import { contactPages } from '../../main/engine/query/rollup/contact-pages.ts';
import { FEW_CONTACTS } from '../../main/engine/query/rollup/contact-rollups.ts';
import { GatheredSeries } from '../../main/engine/query/rollup/contact-series.ts';
import { type ContactQuestion, windowContacts } from '../../main/engine/query/rollup/contact-window.ts';
import { Rollups } from '../../main/engine/query/rollup/rollups.ts';
import { Tiled } from '../../main/engine/query/rollup/tiled.ts';
import { timelineWindow } from '../../main/engine/query/timeline.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { tableDigests } from '../../main/engine/store/content-digest.ts';
import type { EventFilter } from '../../shared/types/event.ts';
import type { LaneChoice } from '../../shared/types/timeline.ts';
import { shiftedChance, spreadSeed } from '../support/chance.ts';
import { temporaryFolder } from '../support/engine.ts';

const HOUR = 3_600_000_000;
const START = 1_700_000_000_000_000;
/** Tiles of few contacts, so that small cases have many of them. */
const TILE_EVENTS = 150;
const ADDRESSES = 24;
const HOSTS = ['a.example', 'B.example', 'c.example', 'd.example'];

/** What is known of the ends of contacts: places, operators, owners, services, and captures with clocks that were compared or not. */
async function laidEnds(database: CaseDatabase): Promise<void> {
  await database.run(
    `INSERT INTO network (id, ident, key, type, name, vpn, said) VALUES (1, 'a', 'wifi', 'wifi', 'Home', 0, ''), (2, 'b', 'mobile', 'mobile', NULL, 0, '')`,
  );
  await database.run(
    `INSERT INTO app (uid, name, kind, packages, service_id, service_name, service_optional)
     VALUES (10001, 'One', 'user', '["one"]', 's1', 'S', 1), (10002, 'Two', 'user', '[]', NULL, NULL, NULL)`,
  );
  await database.run(
    `INSERT INTO host (id, name, owner, owner_name, state, service, service_name, service_optional)
     VALUES (1, 'a.example', 'o1', 'Owner', 'US', 's2', 'Second', 0), (2, 'b.example', NULL, NULL, NULL, NULL, NULL, NULL), (3, 'given.example', 'o2', 'Other', 'DE', 's3', 'Third', 1)`,
  );
  await database.run(
    `INSERT INTO capture VALUES (1, 0, 1, 'unknown', -5000000, 250000, 'sockets', 1, 1, 0, 0), (2, 0, 1, 'unknown', NULL, NULL, NULL, 0, 0, 0, 0)`,
  );
  for (let n = 0; n < ADDRESSES - 2; n += 1) {
    const country = ['DE', 'US', null][n % 3]!;
    await database.run(
      `INSERT INTO address (ip, scope, country, disputed, asn, network_name, organisation, organisation_name, state, own_services, said)
       VALUES (?, ?, ?, 0, ?, 'Net', ?, 'Org', 'US', ?, '')`,
      [ipOf(n), n % 5 === 0 ? 'private' : 'public', country, n % 4 === 0 ? null : n, n % 2 ? `o${n % 3}` : null, n % 2],
    );
  }
}

const ipOf = (n: number) => (n % 6 === 5 ? `2001:db8::${n}` : `198.51.100.${n}`);

/** Some days of contacts: moments, seconds, days; many that begin alike; open, with and without bytes, ports, names, networks, apps. */
async function laid(database: CaseDatabase, seed: number, contacts: number): Promise<void> {
  const random = shiftedChance(spreadSeed(seed));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  await laidEnds(database);
  const names: [number, number, string, string, string, string][] = [];
  let before = START;
  const rows = Array.from({ length: contacts }, (_, n) => {
    const id = n * 3 + 1;
    const kind = random();
    const length = kind < 0.4 ? 0 : kind < 0.9 ? Math.floor(random() ** 6 * 1e10) : Math.floor(random() * 80 * HOUR);
    // Many begin alike, or soon after one another.
    const from =
      random() < 0.8
        ? before + (random() < 0.3 ? 0 : Math.floor(random() * 2e7))
        : START + Math.floor(random() ** 2 * 400 * HOUR);
    before = from;
    const bytes = () => (random() < 0.2 ? null : Math.floor(random() * 3) * Math.floor(10 ** (random() * 8)));
    const host = random() < 0.4 ? pick(HOSTS) : null;
    if (random() < 0.2) {
      const name = pick(['Given.example', 'b.example']);
      names.push([names.length + 1, id, name, 'look-up before', pick(['low', 'medium', 'high']), '']);
    }
    return [
      id,
      pick([1, 2, 3]),
      'sockets',
      pick([10_001, 10_002, 10_003, null]),
      from,
      from + length,
      random() < 0.1 ? Math.floor(random() * 1e7) : null,
      random() < 0.1 ? 1 : 0,
      random() < 0.1 ? 1 : 0,
      'tcp',
      ipOf(Math.floor(random() ** 3 * ADDRESSES)),
      pick([443, 443, 443, 80, null]),
      host,
      host === null ? null : pick(['tls', 'dns', 'http', null]),
      pick([1, 2, null]),
      bytes(),
      bytes(),
    ];
  });
  const columns =
    'id section source uid from_us to_us error_us open_start open_end protocol remote_ip remote_port host host_from network sent received';
  await database.load('contact', columns.split(' '), rows);
  await database.load('contact_name', ['id', 'contact', 'host', 'how', 'confidence', 'why'], names);
}

const filters: readonly EventFilter[] = [
  { direction: 'sent' },
  { direction: 'received', minBytes: 10 },
  { minBytes: 0 },
  { minBytes: 100_000 },
  { uid: 10_001 },
  { app: 'one', direction: 'sent' },
  { text: 'given' },
  { network: 'Home', minBytes: 5 },
  { service: 's1' },
  { service: 'Third' },
  { optionalOnly: true },
  { country: 'de' },
  { state: 'US', whose: 'owner' },
  { organisation: 'o1' },
  { host: 'b.example' },
  { host: '198.51.100.1' },
  { kind: 'contact' },
  { kind: 'lookup' },
  { backgroundOnly: true },
];

const questions = fc.record({
  by: fc.constantFrom('app', 'network', 'service', 'country', 'organisation', 'host'),
  from: fc.integer({ min: -50 * HOUR, max: 450 * HOUR }),
  length: fc.oneof(fc.integer({ min: 1, max: 500 * HOUR }), fc.integer({ min: 1, max: HOUR })),
  steps: fc.constantFrom(7, 300, 300, 1500),
  round: fc.constantFrom(true, true, false),
  filter: fc.oneof(fc.constant<EventFilter>({}), fc.constantFrom(...filters)),
  few: fc.constantFrom(0, 0, 200, 100_000),
  first: fc.constantFrom<(LaneChoice | undefined)[]>(undefined, { most: 2, order: 'sent', keep: [] }),
});

/** All contacts of a question with their marks. */
async function drawnContacts(
  database: CaseDatabase,
  rollups: Rollups,
  question: ContactQuestion,
  stepUs: number,
  few?: number,
): Promise<LaneContacts[]> {
  const { lanes, columns } = await windowContacts(database, rollups, question, stepUs, few);
  const marks = await columns(lanes.map(({ lane }) => lane));
  return lanes.map((one) => ({ ...one, contacts: marks.get(one.lane)! }));
}

/** Lanes in one order. */
const settled = (lanes: readonly LaneContacts[]) =>
  lanes.toSorted((a, b) => (String(a.lane) < String(b.lane) ? -1 : 1));

async function rolled(path: string, seed: number, contacts: number, few = 0): Promise<CaseDatabase> {
  const database = await CaseDatabase.open(join(path, `${seed}.sqlite`), 'create');
  await database.transaction(async () => {
    await laid(database, seed, contacts);
    await rollUp(database, TILE_EVENTS, few);
  });
  return database;
}

/** Asks many questions of rollups and of rows; answers how many tiles told. */
async function holdAgainstRows(database: CaseDatabase, rollups: Rollups, seed: number): Promise<number> {
  const { packed } = (await rollups.contacts())!;
  let tiles = 0;
  if (packed instanceof Tiled) {
    const cover = packed.cover.bind(packed);
    packed.cover = async (...args) => {
      const found = await cover(...args);
      tiles += found.tiles.length;
      return found;
    };
  }
  await fc.assert(
    fc.asyncProperty(fc.noBias(questions), async ({ by, from, length, steps, round, filter, few, first }) => {
      const exact = Math.max(1, Math.floor(length / steps));
      const stepUs = round ? 2 ** Math.floor(Math.log2(exact)) : exact;
      const question = { by, fromUs: START + from, toUs: START + from + length, filter, first } as const;
      const answer = await drawnContacts(database, rollups, question, stepUs, few);
      expect(settled(answer)).toEqual(settled(await contactLanes(database, question, stepUs)));
    }),
    { numRuns: 120, seed },
  );
  return tiles;
}

describe('rollups of contacts', () => {
  it('answer every question as the rows do: the same marks, peers, countries, bytes, errors', async () => {
    await using folder = await temporaryFolder();
    for (const [seed, contacts] of [
      [1, 4000],
      [2, 12_000],
      [3, 40],
      [4, 1],
    ] as const) {
      const database = await rolled(folder.path, seed, contacts);
      const kinds = await database.all<{ lanes: string; n: number }>(
        `SELECT lanes, count(*) n FROM rollup_tile WHERE kind = 'contact' GROUP BY lanes ORDER BY lanes`,
      );
      expect(kinds.map(({ lanes }) => lanes)).toEqual(
        contacts < 4000 ? [] : ['app', 'country', 'host', 'network', 'organisation', 'service'],
      );
      const tiles = await holdAgainstRows(database, (await Rollups.open(database, TILE_EVENTS))!, seed);
      expect(tiles > 10).toBe(contacts >= 4000);
      await database.close();
    }
  });

  it('answer the same where contacts are few and held in memory', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 8, 3000, FEW_CONTACTS);
    expect(await database.get('SELECT count(*) n FROM rollup_chunk')).toEqual({ n: 0 });
    await holdAgainstRows(database, (await Rollups.open(database, TILE_EVENTS))!, 8);
    await database.close();
  });

  it('answer the same where contacts come in many runs that are not in order of time', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 9, 6000);
    const whole = await database.get(`SELECT count(*) n FROM rollup_chunk`);
    await database.run('DELETE FROM rollup_chunk');
    const ahead = new WritesAhead(database);
    const edges = await packRuns(ahead, contactPages(database, new GatheredSeries()), 0, 700);
    await ahead.settled();
    expect(edges.length).toBeGreaterThan(3 * Number(whole!.n));
    expect(edges.reduce((sum, { events }) => sum + events, 0)).toBe(6000);
    await holdAgainstRows(database, (await Rollups.open(database, TILE_EVENTS))!, 9);
    await database.close();
  });

  it('answer of chosen lanes only', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 5, 4000);
    const rollups = (await Rollups.open(database, TILE_EVENTS))!;
    const question = { by: 'host', fromUs: START, toUs: START + 400 * HOUR, filter: {} } as const;
    const all = settled(await contactLanes(database, question, 2 ** 30));
    const wanted = ['', 'a.example', '198.51.100.1', 'nobody'];
    for (const few of [0, 100_000]) {
      const some = await drawnContacts(database, rollups, { ...question, lanes: wanted }, 2 ** 30, few);
      expect(settled(some)).toEqual(all.filter(({ lane }) => wanted.includes(String(lane))));
      expect(some).toHaveLength(2);
    }
    await database.close();
  });

  it('stand in the window as those of the rows, and are the same bytes for the same rows', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 6, 4000);
    const rollups = await Rollups.open(database, TILE_EVENTS);
    const dictionary = await loadDictionary(database);
    const question = { by: 'country', fromUs: START, toUs: START + 2 ** 40, buckets: 512, filter: {} } as const;
    const answer = await timelineWindow(database, dictionary, question, rollups);
    expect(answer.lanes).toHaveLength(4);
    expect(answer).toEqual(await timelineWindow(database, dictionary, question));

    const before = await tableDigests(database);
    await database.transaction(() => rollUp(database, TILE_EVENTS, 0));
    expect(await tableDigests(database)).toEqual(before);
    await database.transaction(() => dropRollups(database));
    for (const table of ['rollup', 'rollup_chunk', 'rollup_tile', 'rollup_column'])
      expect(await database.get(`SELECT count(*) n FROM ${table}`)).toEqual({ n: 0 });
    await database.close();
  });

  it('are held against those that follow from the labels of the case, where other databases would label otherwise', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 10, 500);
    const fresh = await rolled(folder.path, 11, 0);
    await database.transaction(() => rollUp(database, undefined, 0));
    await fresh.transaction(async () => {
      for (const table of ['app', 'network', 'capture', 'host', 'address', 'contact', 'contact_name']) {
        await fresh.run(`DELETE FROM ${table}`);
        const rows = await database.all(`SELECT * FROM ${table}`);
        await fresh.load(table, Object.keys(rows[0]!), rows.map(Object.values<SqlValue>));
      }
      await fresh.run(`UPDATE address SET country = 'FR'`);
      await rollUp(fresh, undefined, 0);
    });
    const stands = await tableDigests(database);
    expect((await tableDigests(fresh)).get('rollup_column')).not.toBe(stands.get('rollup_column'));
    expect(await rollupsFollow(database, fresh, stands, 0)).toBe(true);
    await database.run(`UPDATE rollup_column SET data = x'00' WHERE id = 3`);
    expect(await rollupsFollow(database, fresh, await tableDigests(database), 0)).toBe(false);
    for (const one of [database, fresh]) await one.close();
  });

  it('are left out where contacts cannot be packed: the rows are asked', async () => {
    await using folder = await temporaryFolder();
    const database = await rolled(folder.path, 7, 500);
    await database.run('UPDATE contact SET to_us = from_us - 1 WHERE id = 4');
    await database.transaction(() => rollUp(database, TILE_EVENTS, 0));
    const rollups = (await Rollups.open(database, TILE_EVENTS))!;
    expect(await rollups.contacts()).toBe(null);
    const question = { by: 'app', fromUs: START, toUs: START + 400 * HOUR, filter: {} } as const;
    expect(await drawnContacts(database, rollups, question, HOUR)).toEqual(
      await contactLanes(database, question, HOUR),
    );
    await database.close();
  });
});
