import sqlite3 from 'sqlite3';
import { expect, it } from 'vitest';
import type { SqlValue } from '../ports/case-handle.ts';
import { BinaryRows } from './binary-rows.ts';

/** What SQLite reads in them: each cell with its type. */
function read(bytes: Buffer): Promise<{ row: number; cell: number; type: string; value: SqlValue }[]> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(':memory:');
    database.all(
      `SELECT rows.key row, cells.key cell, typeof(rows.value ->> cells.key) type, rows.value ->> cells.key value
       FROM jsonb_each(?) rows, jsonb_each(rows.value) cells`,
      [bytes],
      (error: Error | null, rows) => {
        database.close();
        if (error) reject(error);
        else resolve(rows as { row: number; cell: number; type: string; value: SqlValue }[]);
      },
    );
  });
}

function write(rows: readonly (readonly SqlValue[])[], columns: readonly number[], into = new BinaryRows()): Buffer {
  for (const row of rows) into.add(row, columns);
  return into.take();
}

const numbers = [
  0,
  -0,
  1,
  9,
  10,
  -1,
  99,
  100,
  999_999_999,
  1_000_000_000,
  1_000_000_001,
  -1_000_000_000,
  1_699_999_999_000_000,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
];
const texts = [
  '',
  'a',
  'x'.repeat(11),
  'x'.repeat(12),
  'x'.repeat(255),
  'x'.repeat(256),
  'ü',
  '中文 😀',
  `${'x'.repeat(254)}é`,
  '"quoted" \\ and \n line',
  '\u0001',
  '{"a":[1]}',
  'null',
  'y'.repeat(400_000),
];

it('SQLite reads the cells that were written, with their types', async () => {
  const rows: SqlValue[][] = [
    numbers,
    texts,
    [null, Number.NaN, Number.POSITIVE_INFINITY],
    [1.5, -0.25, 1e21, 1e-7],
    [],
  ];
  const cells = await read(write(rows, [...texts.keys(), texts.length]));
  const of = (row: number, count: number) => cells.filter((one) => one.row === row && one.cell < count);
  expect(of(0, numbers.length).map(({ value }) => value)).toEqual(numbers.map((one) => one + 0));
  expect(new Set(of(0, numbers.length).map(({ type }) => type))).toEqual(new Set(['integer']));
  expect(of(1, texts.length).map(({ value }) => value)).toEqual(texts);
  expect(new Set(of(1, texts.length).map(({ type }) => type))).toEqual(new Set(['text']));
  expect(of(2, 3).map(({ type }) => type)).toEqual(['null', 'null', 'null']);
  expect(of(3, 4)).toMatchObject([{ value: 1.5 }, { value: -0.25 }, { value: 1e21 }, { value: 1e-7 }]);
  expect(new Set(of(3, 4).map(({ type }) => type))).toEqual(new Set(['real']));
});

it('takes the chosen columns, and the same memory again', async () => {
  const writer = new BinaryRows();
  write([['before', 'z'.repeat(5000)]], [0, 1], writer);
  const cells = await read(
    write(
      [
        [1, 'b', 3],
        [4, 'e', 6],
      ],
      [2, 1],
      writer,
    ),
  );
  expect(cells.map(({ value }) => value)).toEqual([3, 'b', 6, 'e']);
});
