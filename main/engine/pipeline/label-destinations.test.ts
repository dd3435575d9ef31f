import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/engine.ts';
import { type Lists, loadLists } from '../enrich/lists.ts';
import { destinationTables, destinationTablesFor, peerNameFrom } from '../query/destination-columns.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { labelDestinations } from './label-destinations.ts';

let lists: Lists;
beforeAll(async () => {
  lists = await loadLists(join(import.meta.dirname, '../../../resources'));
});

interface Given {
  readonly host: string;
  readonly how: string;
  readonly confidence: string;
}

/** A labelled case file with one contact a row, in their order: its address, its own name, and those that others give it. */
async function labelled(
  path: string,
  contacts: readonly (readonly [ip: string, host: string | null, from: string | null, ...given: Given[]])[],
): Promise<CaseDatabase> {
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'create');
  for (const [at, [ip, host, from, ...given]] of contacts.entries()) {
    await database.run(
      `INSERT INTO contact (id, section, source, from_us, to_us, open_start, open_end, protocol, remote_ip, host, host_from)
       VALUES (?, 1, 'capture', ${Date.UTC(2026, 2, 1)}000, ${Date.UTC(2026, 2, 1)}000, 0, 0, 'tcp', ?, ?, ?)`,
      [at + 1, ip, host, from],
    );
    for (const { host: name, how, confidence } of given)
      await database.run(`INSERT INTO contact_name (contact, host, how, confidence, why) VALUES (?, ?, ?, ?, '')`, [
        at + 1,
        name,
        how,
        confidence,
      ]);
  }
  await database.transaction(() => labelDestinations(database, lists));
  return database;
}

it('a contact leads to the host that it names itself, else to the first that others name with some confidence', async () => {
  await using folder = await temporaryFolder();
  const look = (host: string, confidence: string) => ({ host, how: 'look-up before', confidence });
  const database = await labelled(folder.path, [
    ['42.62.48.20', 'API.Example.org', 'tls', look('other.example.org', 'high')],
    ['42.62.48.20', null, null, look('unsure.example.org', 'low'), look('Likely.example.org', 'medium')],
    ['42.62.48.20', null, null, look('unsure.example.org', 'low')],
    ['8.8.8.8', 'asked.example.org', 'dns'],
    ['8.8.8.8', 'asked.example.org', 'dns', look('dns.google', 'high')],
  ]);
  const rows = await database.all(
    `SELECT c.id, ad.ip, ho.name, ${peerNameFrom} how FROM contact c ${destinationTables} ORDER BY c.id`,
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    [1, '42.62.48.20', 'api.example.org', 'tls'],
    [2, '42.62.48.20', 'likely.example.org', 'look-up before'],
    [3, '42.62.48.20', null, null],
    [4, '8.8.8.8', null, null],
    [5, '8.8.8.8', 'dns.google', 'look-up before'],
  ]);
  await database.close();
});

it('joins are made for what is asked for', () => {
  expect(destinationTablesFor('c.host = ? AND a.name = ?')).toBe('');
  expect(destinationTablesFor('ad.country')).toBe('LEFT JOIN address ad ON ad.ip = c.remote_ip');
  expect(destinationTablesFor('ho.name, ps.title')).toBe(destinationTables);
});

it('a region in a name is that of the server that bears it, not of the name server that was asked for it', async () => {
  await using folder = await temporaryFolder();
  const name = 'a.ap-south-1.elb.amazonaws.com';
  const database = await labelled(folder.path, [
    ['13.126.0.1', name, 'tls'],
    ['9.9.9.9', name, 'dns'],
  ]);
  const rows = await database.all<{ ip: string; inName: number }>(
    `SELECT ip, said LIKE '%"host name"%' inName FROM address ORDER BY ip`,
  );
  expect(rows).toEqual([
    { ip: '13.126.0.1', inName: 1 },
    { ip: '9.9.9.9', inName: 0 },
  ]);
  await database.close();
});
