import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inBatches, plainEvent } from '../testing/events.ts';
import { jsonl } from './index.ts';

it('writes each event as one line of JSON, unchanged, in the order given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jsonl-'));
  const out = join(folder, 'events.jsonl');
  const events = [
    plainEvent({ app: '=微信\u2028"\n' }),
    plainEvent({ id: 'v2', sent: 0 }),
    plainEvent({ id: 'v3', sent: null }),
  ];
  const file = await jsonl.export(inBatches(events.slice(0, 2), events.slice(2)), out);
  const text = await readFile(out, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  expect(
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  ).toEqual(events);
  expect(file.rows).toBe(3);
  await rm(folder, { recursive: true });
});
