import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/engine.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { WritesAhead } from './writes-ahead.ts';

const KEEP = 'INSERT INTO rollup (key, value)';
const CHUNK = 'INSERT INTO rollup_chunk (id, kind, length_class, from_us, last_us, end_us, events, data)';

describe('rows that are written while the next are made', () => {
  it('are all there once they are settled, those that were sent as soon as somebody asks', async () => {
    await using folder = await temporaryFolder();
    const database = await CaseDatabase.open(join(folder.path, 'case.sqlite'), 'create');
    const ahead = new WritesAhead(database);
    const made = Array.from({ length: 150 }, (_, n) => new Uint8Array(n % 3 === 0 ? 40_000 : 2).fill(n));
    for (const [n, data] of made.entries()) {
      await ahead.row(CHUNK, [n + 1, 'volume', 0, n, n, n, 1, data], data.length);
      if (n % 10 === 0) await ahead.row(KEEP, [`key ${n}`, String(n)], 10);
    }
    ahead.send();
    expect(await database.get('SELECT count(*) n, max(id) last FROM rollup_chunk')).toEqual({ n: 150, last: 150 });
    await ahead.settled();
    const found = await database.all<{ data: never }>('SELECT data FROM rollup_chunk ORDER BY id');
    expect(found).toHaveLength(made.length);
    expect(found.every(({ data }, n) => Buffer.from(data).equals(made[n]!))).toBe(true);
    expect(await database.all('SELECT key, value FROM rollup ORDER BY key LIMIT 2')).toEqual([
      { key: 'key 0', value: '0' },
      { key: 'key 10', value: '10' },
    ]);
    await database.close();
  });

  it('one that the case does not take is met when they are settled', async () => {
    await using folder = await temporaryFolder();
    const database = await CaseDatabase.open(join(folder.path, 'case.sqlite'), 'create');
    const ahead = new WritesAhead(database);
    await ahead.row(KEEP, ['one key', 'a'], 2);
    ahead.send();
    await ahead.row(KEEP, ['one key', 'b'], 2);
    await expect(ahead.settled()).rejects.toThrow(/UNIQUE/);
    await database.close();
  });
});
