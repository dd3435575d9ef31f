import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeEngine } from '../../../test/shells/fake-engine.ts';
import { runOver } from '../../../test/shells/run-over.ts';

let folder: string;
let engine: ReturnType<typeof fakeEngine>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-cli-'));
  engine = fakeEngine();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runOver(engine, argv);

async function newCase(): Promise<string> {
  const path = join(folder, 'one.phonehome');
  writeFileSync(join(folder, 'a.txt'), 'abc');
  await run('import', '--case', path, join(folder, 'a.txt'));
  return path;
}

it('findings are made, changed and decided of, each action with its own options only', async () => {
  const path = await newCase();
  const { exit, out } = await run('findings', 'make', '--title', 'T', '--text', 'X', '--json', '--case', path);
  expect([exit, (JSON.parse(out) as { title: string }).title]).toEqual([0, 'T']);
  expect((await run('findings', 'reject', 'm1', '--reason', 'No.', '--case', path)).out).toContain('(rejected');
  for (const wrong of [
    ['make', '--case', path],
    ['accept', '--case', path],
    ['list', 'm1', '--case', path],
    ['list', '--title', 'T', '--case', path],
    ['edit', 'm1', '--case', path],
    ['move', 'm1', '--case', path],
    ['picture', 'm1', '--case', path],
    ['delete', 'm1', '--case', path],
    ['make', '--title', 'T', '--from', '2026-03-02', '--to', '2026-03-01', '--case', path],
  ]) {
    const told = await run('findings', ...wrong);
    expect([wrong.join(' '), told.exit, told.out]).toEqual([wrong.join(' '), 2, '']);
  }
  expect((await run('findings', 'accept', 'm7', '--case', path)).exit).toBe(3);
  const svg = join(folder, 'view.svg');
  expect((await run('findings', 'picture', 'm1', '--out', svg, '--case', path)).exit).toBe(0);
  expect(readFileSync(svg, 'utf8')).toContain('<svg');
  expect((await run('findings', 'picture', 'm1', '--out', svg, '--case', path)).exit).toBe(2);
  const missing = await run('findings', 'make', '--title', 'T', '--picture', join(folder, 'none.svg'), '--case', path);
  expect([missing.exit, missing.err]).toEqual([3, expect.stringContaining('none.svg')]);
});
