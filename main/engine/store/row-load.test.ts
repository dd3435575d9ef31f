import { expect, test } from 'vitest';
import type { SqlValue } from '../ports/case-handle.ts';
import { CaseDatabase } from './case-database.ts';
import { RowLoad } from './row-load.ts';

const columns = ['section', 'key', 'value'];

/** Rows of which the first column changes once after many, the second rarely and the third always. */
const rows = Array.from({ length: 5_000 }, (_, n): SqlValue[] => [
  n < 3_000 ? 1 : 2,
  n % 1_000 === 999 ? null : 'same',
  n % 7 === 0 ? n / 2 : `value ${n}`,
]);

test('every row arrives as it was, whatever columns are alike and wherever it is taken', async () => {
  const database = await CaseDatabase.open(':memory:', 'create');
  try {
    await database.run('CREATE TABLE said (id INTEGER PRIMARY KEY, section INTEGER, key TEXT, value)');
    const loader = database.loader('said', columns);
    for (const [n, row] of rows.entries()) {
      loader.add(row);
      if (n % 777 === 0) await loader.store();
    }
    expect(loader.waiting).toBeGreaterThan(0);
    await loader.store();
    expect(loader.waiting).toBe(0);
    const found = await database.all<Record<string, SqlValue>>('SELECT section, key, value FROM said ORDER BY id');
    expect(found.map((one) => Object.values(one))).toEqual(rows);
  } finally {
    await database.close();
  }
});

test('what is alike in all rows is said once, and a row that differs begins a statement of its own', () => {
  const load = new RowLoad('said', columns);
  for (const row of rows.slice(0, 2_000)) load.add([1, 'same', row[2]!]);
  const [one, ...none] = load.take();
  expect(none).toEqual([]);
  expect(one?.sql).toContain('SELECT ?2->>0,?2->>1,value->>0');
  const without = one!.rows.length;
  for (const row of rows.slice(0, 2_000)) load.add([1, 'same', row[2]!]);
  load.add([2, 'same', 'other']);
  const [before, after] = load.take();
  expect(before?.rows.length).toBe(without);
  expect(after?.sql).toContain('SELECT value->>0,?2->>1,value->>1');
  expect(load.take()).toEqual([]);
});
