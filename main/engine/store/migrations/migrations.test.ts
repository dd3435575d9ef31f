import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseDatabase } from '../case-database.ts';
import { migrations, schemaVersion } from './index.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  path = join(folder, 'case.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

/** A case file as a program of that version left it, with one interval in it. */
async function madeBy(version: number): Promise<void> {
  const driver = new sqlite3.Database(path);
  const run = promisify(driver.run.bind(driver)) as (sql: string) => Promise<void>;
  for (const step of migrations.filter((one) => one.version <= version)) {
    for (const statement of step.statements) await run(statement);
  }
  await run(`INSERT INTO volume (id, series, from_us, to_us, sent, counted) VALUES (1, 1, 0, 7200000000, 5, 1)`);
  await run(`PRAGMA user_version = ${version}`);
  await promisify(driver.close.bind(driver))();
}

const olderOnes = migrations.map(({ version }) => version).filter((version) => version < schemaVersion);

describe('a case file of an older shape', () => {
  it.each(olderOnes)('of version %d is read without being changed: what it lacks is empty', async (version) => {
    await madeBy(version);
    const read = await CaseDatabase.open(path, 'read');
    expect(read.older).toBe(true);
    expect(await read.all('SELECT id, sent, error_us FROM volume')).toEqual([{ id: 1, sent: 5, error_us: null }]);
    expect(await read.all('SELECT * FROM contact')).toEqual([]);
    expect(await read.all('SELECT * FROM watched')).toEqual([]);
    expect(await read.get('PRAGMA main.user_version')).toEqual({ user_version: version });
    await read.close();
  });

  it.each(olderOnes)('of version %d is brought up to date by whoever writes it', async (version) => {
    await madeBy(version);
    const write = await CaseDatabase.open(path, 'write');
    expect(await write.all('SELECT id, sent, error_us FROM volume')).toEqual([{ id: 1, sent: 5, error_us: null }]);
    await write.close();
    const read = await CaseDatabase.open(path, 'read');
    expect(read.older).toBe(false);
    expect(await read.all(`SELECT name FROM sqlite_schema WHERE name = 'destination'`)).toEqual([]);
    await read.close();
  });
});
