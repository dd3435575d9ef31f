import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeMmdb } from '../../main/engine/enrich/databases/testing/mmdb-writer.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { writeRequests } from '../bench/capture-writer.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';

/*
 * Labels follow from databases too. A case that was derived with one that the checking program lacks, or without one that it has, is
 * no changed case: that is said with the names of the databases, and all that no database explains is still a difference.
 */

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const home = (name: string) => join(folder.path, `databases-${name}`);
const engine = (databases: string) => testEngine(noPhones, () => Date.now() * 1000, undefined, home(databases));
const at = (name: string) => join(folder.path, `${name}.phonehome`);
const verify = (path: string, databases: string) => engine(databases).verifyFolder(path, work());

async function derive(name: string, databases: string): Promise<void> {
  const open = await engine(databases).createCase(at(name), emptyCaseInfo);
  await open.importFiles([join(folder.path, 'capture.pcap')], work());
  await open.close();
}

let copies = 0;
/** A copy of a case in which these statements were run. */
async function changed(of: string, ...statements: string[]): Promise<string> {
  copies += 1;
  const path = at(`copy-${copies}`);
  await cp(at(of), path, { recursive: true });
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
  for (const statement of statements) await database.run(statement);
  await database.close();
  return path;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeRequests(join(folder.path, 'capture.pcap'), 60, 30);
  const file = join(folder.path, 'dbip-country-lite-2025-12.mmdb');
  // The servers of the capture lie from 11.0.0.0 upwards.
  const entries = [['11.0.0.0/9', { country: { iso_code: 'IN', names: { en: 'India' } } }]] as const;
  await writeFile(file, writeMmdb({ type: 'DBIP-Country-Lite', date: '2025-12-01', ipVersion: 4, entries }));
  await engine('imported').addDatabase(file);
  await derive('with', 'imported');
  await derive('without', 'none');
  return () => folder[Symbol.asyncDispose]();
});

describe('a case whose labels rest on databases', () => {
  test('is sound where the databases are the same', async () => {
    for (const [name, databases] of [
      ['with', 'imported'],
      ['without', 'none'],
    ] as const)
      expect(await verify(at(name), databases)).toMatchObject({ ok: true, failures: [], notes: [] });
  });

  test('is sound where this program lacks one of them, which is named with its hash', async () => {
    const { ok, failures, notes } = await verify(at('with'), 'none');
    expect(failures).toEqual([]);
    expect(ok).toBe(true);
    expect(notes).toHaveLength(1);
    expect(notes![0]).toMatch(
      /names databases and lists that this program does not have: DBIP-Country-Lite .* of 2025-12-01 \(SHA-256 [0-9a-f]{64}\)/,
    );
  });

  test('is sound where this program has one more, which is named', async () => {
    const { ok, notes } = await verify(at('without'), 'imported');
    expect(ok).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^This program has .* derived without: DBIP-Country-Lite /)]);
  });

  test('is sound where a list that ships had another edition', async () => {
    const path = await changed(
      'without',
      `UPDATE source SET key = 'owners 2020-01-01 00000000', date = '2020-01-01', sha256 = '${'0'.repeat(64)}' WHERE key LIKE 'owners %'`,
      `UPDATE host SET owner = 'elder', owner_name = 'Elder name' WHERE owner IS NOT NULL`,
    );
    const { ok, notes } = await verify(path, 'none');
    expect(ok).toBe(true);
    expect(notes!.map((note) => /of 2020-01-01/.test(note))).toContain(true);
  });

  test('is made the same again by a rebuild with the databases that this program has', async () => {
    const path = await changed('with');
    const none = engine('none');
    await none.rebuildFolder(path, work());
    expect(await verify(path, 'none')).toMatchObject({ ok: true, notes: [] });
    expect((await verify(path, 'imported')).notes).toHaveLength(1);
  });
});

describe('no database explains', () => {
  const tables = async (path: string, databases: string) =>
    (await verify(path, databases)).failures.map(({ what }) => what.replace('case.sqlite: the table ', '')).sort();

  test.each([
    ['a place that was changed', `UPDATE address SET country = 'AQ' WHERE id = 2`, ['address']],
    ['what a database said', `UPDATE address SET said = replace(said, '"location"', '"registration"')`, ['address']],
    ['an owner', `UPDATE host SET owner_name = 'Somebody' WHERE id = 3`, ['host']],
    ['a source that is named otherwise', `UPDATE source SET title = 'Another' WHERE id = 1`, ['source']],
    ['a source that is gone', `DELETE FROM source WHERE id = 1`, ['source']],
  ])('%s, where the databases are the same', async (_, statement, expected) => {
    expect(await tables(await changed('with', statement), 'imported')).toEqual(expected);
  });

  test.each([
    [
      'an address more',
      `INSERT INTO address (id, ip, scope, disputed, own_services, said) VALUES (900, '9.9.9.9', 'public', 0, 0, '[]')`,
      ['address'],
    ],
    ['another address', `UPDATE address SET ip = '9.9.9.9' WHERE id = 2`, ['address']],
    ['a place that no source said', `UPDATE address SET country = 'AQ' WHERE country = 'IN'`, ['address']],
    [
      'what a database of both said',
      `UPDATE address SET said = (
         SELECT json_group_array(json(CASE WHEN value->>0 IN (SELECT id FROM source WHERE shipped = 1) AND value->>2 IS NOT NULL
           THEN json_set(value, '$[2]', 'AQ') ELSE value END)) FROM json_each(said))`,
      ['address'],
    ],
    ['an owner by a list of both', `UPDATE host SET owner_name = 'Somebody' WHERE id = 3`, ['host']],
    ['a host of another name', `UPDATE host SET name = 'a.example' WHERE id = 3`, ['host']],
    ['a figure elsewhere', `UPDATE contact SET sent = sent + 1 WHERE id = 1`, ['contact']],
    [
      'a contact that leads elsewhere',
      `UPDATE contact SET host = (SELECT name FROM host WHERE id = 1) WHERE id = 3`,
      ['contact'],
    ],
    ['a table that is gone', `DROP TABLE source`, ['address', 'source']],
  ])('%s, although this program lacks a database', async (_, statement, expected) => {
    const found = await tables(await changed('with', statement), 'none');
    expect(found).toEqual(expected);
  });
});
