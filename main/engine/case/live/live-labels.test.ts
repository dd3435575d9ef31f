import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/engine.ts';
import { loadLists } from '../../enrich/lists.ts';
import type { Contact } from '../../normalise/contacts.ts';
import { labelDestinations } from '../../pipeline/label-destinations.ts';
import type { Row } from '../../ports/case-handle.ts';
import { destinationTables } from '../../query/destination-columns.ts';
import { CaseDatabase } from '../../store/case-database.ts';
import { LiveRows } from './live-rows.ts';

const resources = join(import.meta.dirname, '../../../../resources');
const startUs = Date.UTC(2026, 2, 1) * 1000;

function contact(remoteIp: string, second: number): Contact {
  const [fromUs, toUs] = [startUs + second * 1_000_000, startUs + second * 1_000_000];
  const ends = { fromUs, toUs, openStart: false, openEnd: true, beforeUs: null, afterUs: null, lookErrorUs: 10 };
  const peers = { localIp: '10.0.0.2', localPort: 4000 + second, remoteIp, remotePort: 443, protocol: 'tcp' } as const;
  return { section: 1, line: 1, offset: 0, uid: 10_100, inode: null, states: ['established'], ...peers, ...ends };
}

/** All labels, with what they are about in place of numbers. */
async function labels(database: CaseDatabase): Promise<Row[][]> {
  const key = (column: string) => `(SELECT key FROM source WHERE source.id = ${column})`;
  return [
    await database.all(`SELECT key, title, date, sha256, licence, attribution, shipped FROM source ORDER BY key`),
    await database.all(
      `SELECT ip, scope, country, region, ${key('place_source')}, place_kind, confidence, disputed, asn, network_name,
         ${key('network_source')}, organisation, organisation_name, state FROM address ORDER BY ip`,
    ),
    await database.all(
      `SELECT a.ip, ${key('s.value->>0')} key, s.value->>1 kind, s.value->>2 country, s.value->>3 region, s.value->>4 asn, s.value->>5 name
         FROM address a JOIN json_each(a.said) s ORDER BY 1, 2, 3`,
    ),
    await database.all(
      `SELECT c.id, ad.country, ho.name, ps.key FROM contact c ${destinationTables} WHERE ad.id IS NOT NULL ORDER BY 1`,
    ),
  ];
}

it('says of what is met while a phone is watched what the derivation says in the end, of what is new only', async () => {
  await using folder = await temporaryFolder();
  const database = await CaseDatabase.open(join(folder.path, 'case.sqlite'), 'create');
  const lists = await loadLists(resources);
  const first = await LiveRows.behind(database, 1, lists);
  first.contact(contact('161.117.97.20', 0));
  await first.write();
  // A case that holds labels already: numbers of addresses and of sources go on behind them.
  await database.transaction(() => labelDestinations(database, lists));

  const rows = await LiveRows.behind(database, 1, lists);
  const long = contact('42.62.48.20', 1);
  for (const one of [long, contact('161.117.97.20', 2), contact('2001:4860:4860::8888', 3), contact('192.168.1.1', 4)])
    rows.contact(one);
  await rows.write();
  const [, addresses] = await labels(database);
  expect(addresses!.map(({ ip, scope, country }) => [ip, scope, country])).toEqual([
    ['161.117.97.20', 'public', 'SG'],
    ['192.168.1.1', 'private', null],
    ['2001:4860:4860::8888', 'public', expect.stringMatching(/^[A-Z]{2}$/)],
    ['42.62.48.20', 'public', 'CN'],
  ]);

  const written: string[] = [];
  const run = database.run.bind(database);
  database.run = (sql, params) => {
    written.push(sql.match(/INTO (\w+)/)?.[1] ?? sql);
    return run(sql, params);
  };
  // Seen again, and another contact with an address that is known: no address is asked about again.
  rows.contact({ ...long, toUs: long.toUs + 5 });
  rows.contact(contact('42.62.48.20', 6));
  await rows.write();
  expect(written.filter((table) => /^[a-z_]+$/.test(table)).sort()).toEqual(['contact']);
  database.run = run;

  const during = await labels(database);
  await database.transaction(() => labelDestinations(database, lists));
  expect(await labels(database)).toEqual(during);
  expect(during[3]).toHaveLength(7);
  await database.close();
});

it('labels what could not be written with the next beat', async () => {
  await using folder = await temporaryFolder();
  const database = await CaseDatabase.open(join(folder.path, 'case.sqlite'), 'create');
  const rows = await LiveRows.behind(database, 1, await loadLists(resources));
  rows.contact(contact('42.62.48.20', 1));
  const { transaction } = database;
  database.transaction = () => Promise.reject(new Error('busy'));
  await expect(rows.write()).rejects.toThrow('busy');
  database.transaction = transaction;
  await rows.write();
  expect((await labels(database)).map((table) => table.length > 0)).toEqual([true, true, true, true]);
  await database.close();
});
