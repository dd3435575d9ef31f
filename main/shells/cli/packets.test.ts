import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import { fakeEngine } from '../../../test/shells/fake-engine.ts';
import { runOver } from '../../../test/shells/run-over.ts';

const folder = mkdtempSync(join(tmpdir(), 'phonehome-packets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const engine = fakeEngine();
  const path = join(folder, 'case');
  if (!(await engine.isCase(path))) await engine.createCase(path, emptyCaseInfo);
  return runOver(engine, [...argv, '--case', path]);
}

test('packets prints where they were written, how many, and the hash', async () => {
  const { exit, out } = await run('packets', '--event', 'C1', '--out', 'flow.pcap', '--json');
  expect(exit).toBe(0);
  const saved = JSON.parse(out) as Record<string, unknown>;
  expect(Object.keys(saved)).toEqual(['path', 'packets', 'expected', 'bytes', 'sha256']);
  expect(saved).toMatchObject({ path: join(process.cwd(), 'flow.pcap'), packets: 3 });
  expect((await run('packets', '--event', 'C1', '--out', 'f.pcap', '--quiet')).out).toContain('3 of 3');
});

test('packets ends with 1 where fewer were found than the case counts, with 2 where there are none', async () => {
  expect(await run('packets', '--event', 'C2', '--out', 'f.pcap')).toMatchObject({
    exit: 1,
    out: expect.stringContaining('3 of 4'),
  });
  const refused = await run('packets', '--event', 'V1', '--out', 'f.pcap', '--quiet');
  expect(refused).toMatchObject({ exit: 2, out: '', err: 'Event V1 was not read from a capture.\n' });
  expect(await run('packets', '--out', 'f.pcap')).toMatchObject({ exit: 2 });
});

test('hosts prints an array, and says so where nothing is there', async () => {
  expect(await run('hosts', '--json')).toMatchObject({ exit: 0, out: '[]\n' });
  expect((await run('hosts')).out).toBe('The case holds no contacts and no look-ups.\n');
});
