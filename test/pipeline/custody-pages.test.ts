import { appendFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { CustodyPages } from '../../main/engine/store/custody-pages.ts';
import { hashOfLine, readCustody } from '../../main/engine/store/custody-reading.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';

const LINES = 100_000;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let long: string;

/** A line as a long acquisition has thousands of, with its chain. */
function chained(from: number, count: number, before: string): { text: string; head: string } {
  let prev = before;
  const texts: string[] = [];
  for (let seq = from; seq < from + count; seq += 1) {
    const facts = { command: 'cat /proc/net/tcp6', ending: 'exit', exit: 0, bytes: seq, sha256: '0'.repeat(64) };
    const text = JSON.stringify({
      seq,
      prev,
      at: '2026-03-01T08:00:00.000000Z',
      who: 'a',
      action: 'phone.command',
      batch: 1,
      ...facts,
    });
    prev = hashOfLine(text);
    texts.push(text);
  }
  return { text: `${texts.join('\n')}\n`, head: prev };
}

let head: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  long = join(folder.path, 'long.jsonl');
  const made = chained(1, LINES, '0'.repeat(64));
  head = made.head;
  await writeFile(long, made.text);
  return () => folder[Symbol.asyncDispose]();
});

test('a page of a log of a hundred thousand lines costs the reading of its own lines', async () => {
  const pages = new CustodyPages(long);
  const first = await pages.page(0, 3);
  expect(first.total).toBe(LINES);
  expect(first.lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  const began = performance.now();
  for (let after = 0; after < LINES; after += 1000) {
    const { lines } = await pages.page(after, 10);
    expect(lines.map(({ seq, line }) => [seq, line?.bytes])).toEqual(
      lines.map((_, n) => [after + n + 1, after + n + 1]),
    );
  }
  // No time is asserted: a hundred pages are printed beside one reading of all.
  const paged = performance.now() - began;
  const whole = performance.now();
  expect((await readCustody(long)).head).toBe(head);
  console.log(
    `a hundred pages: ${paged.toFixed(0)} ms, reading and walking all: ${(performance.now() - whole).toFixed(0)} ms`,
  );
  expect((await pages.page(LINES - 1, 50)).lines[0]!.hash).toBe(head);
  expect(await pages.page(LINES, 50)).toEqual({ lines: [], total: LINES });
});

test('what is appended is read on from there, half a line waits for its end, and another file is read anew', async () => {
  const path = join(folder.path, 'short.jsonl');
  const made = chained(1, 5, '0'.repeat(64));
  await writeFile(path, made.text);
  const pages = new CustodyPages(path);
  expect((await pages.page(0, 10)).total).toBe(5);
  const more = chained(6, 1, made.head);
  await appendFile(path, more.text.slice(0, 20));
  expect((await pages.page(0, 10)).total).toBe(5);
  await appendFile(path, more.text.slice(20));
  const page = await pages.page(5, 10);
  expect(page).toMatchObject({ total: 6, lines: [{ seq: 6, hash: more.head }] });
  await truncate(path, made.text.length);
  expect((await pages.page(0, 10)).total).toBe(5);
  await rm(path);
  await writeFile(path, `not a line\n${made.text}`);
  expect(await pages.page(0, 1)).toMatchObject({ total: 6, lines: [{ seq: 1, line: null, text: 'not a line' }] });
});

test('an open case shows its log with sentences, and lines as they come', async () => {
  const open = await testEngine().createCase(join(folder.path, 'case'), { ...emptyCaseInfo, number: '17/26' });
  const { lines, total } = await open.custodyLog(0, 100);
  expect(total).toBe(1);
  expect(lines[0]).toMatchObject({ seq: 1, action: 'case.created', batch: null });
  expect(lines[0]!.sentence).toBe('The case was made by Phonehome test. It says of itself: number 17/26.');
  expect(hashOfLine(lines[0]!.details)).toBe(lines[0]!.hash);
  await open.reportWrite(null, {}, { progress: { steps() {}, now() {} }, signal: new AbortController().signal });
  const later = await open.custodyLog(1, 100);
  expect(later.total).toBe(2);
  expect(later.lines[0]!.sentence).toMatch(/^A report was written to reports\/report-1\.pdf in the case: \d+ pages?; /);
  await open.close();
});
