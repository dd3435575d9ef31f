import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CustodyLine } from './custody-reading.ts';
import { FindingLog, marksOf } from './finding-marks.ts';

let seq = 0;
const line = (action: string, more: object): CustodyLine => {
  seq += 1;
  return { seq, prev: '', at: `2026-03-01T08:00:0${seq % 10}.000000Z`, who: 'examiner', action, ...more };
};
const made = (number: number, title: string) =>
  line('finding.made', {
    finding: `m${number}`,
    number,
    title,
    text: 'Text',
    window: null,
    totals: null,
    cited: [],
    picture: null,
  });

it('follows the lines: the last words and the last decision stand, the first making too', () => {
  const marks = marksOf([
    made(1, 'One'),
    made(2, 'Two'),
    made(1, 'Another of the same number'),
    line('finding.changed', { finding: 'm1', title: 'One, changed', text: 'More' }),
    line('finding.decided', { finding: 'm1', state: 'rejected', reason: 'No.' }),
    line('finding.decided', { finding: 'm1', state: 'open', reason: null }),
    line('finding.decided', { finding: 'm9', state: 'accepted' }),
    line('finding.moved', { order: ['m2', 'm1'] }),
  ]);
  expect(marks.own.map(({ title, decision }) => [title, decision?.state])).toEqual([
    ['One, changed', 'open'],
    ['Two', undefined],
  ]);
  expect(marks.decisions.size).toBe(0);
  expect(marks.order).toEqual(['m2', 'm1']);
});

it.each([
  ['finding.made', {}],
  ['finding.made', { number: 'x', title: 1, text: null }],
  ['finding.made', { number: 3, title: 'T', text: 'X', cited: 'none', picture: 7, window: [], totals: {} }],
  ['finding.changed', { finding: {}, title: 'T' }],
  ['finding.decided', { finding: 'm1', state: 'guilty' }],
  ['finding.decided', { rule: 5, key: null, state: 'accepted' }],
  ['finding.moved', { order: 'm1' }],
  ['finding.moved', { order: [1, null, 'm1'] }],
])('a line %s of another form (%j) never throws', (action, more) => {
  expect(() => marksOf([made(1, 'One'), line(action, more)])).not.toThrow();
});

it('reads a growing log on from where it was, and another log anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-marks-'));
  const path = join(folder, 'custody.jsonl');
  const write = (lines: readonly CustodyLine[]) => lines.map((one) => `${JSON.stringify(one)}\n`).join('');
  await writeFile(path, write([made(1, 'One')]));
  const log = new FindingLog(path);
  expect((await log.marks()).own.map(({ title }) => title)).toEqual(['One']);
  await appendFile(path, write([made(2, 'Two')]));
  expect((await log.marks()).own.map(({ title }) => title)).toEqual(['One', 'Two']);
  expect((await log.marks()).own).toHaveLength(2);
  await writeFile(path, write([made(1, 'Of another'), made(2, 'log'), made(3, 'altogether')]));
  expect((await log.marks()).own.map(({ title }) => title)).toEqual(['Of another', 'log', 'altogether']);
  await rm(folder, { recursive: true });
});
