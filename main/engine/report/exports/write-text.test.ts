import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventView } from '../../../../shared/types/event.ts';
import { inBatches, plainEvent } from './testing/events.ts';
import { writeText } from './write-text.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(() => rm(folder, { recursive: true }));

const idLine = (event: EventView) => `${event.id}\n`;

it('writes an empty export as a file with its head only', async () => {
  const out = join(folder, 'x.txt');
  expect(await writeText(out, 'head\n', inBatches(), idLine)).toEqual({
    path: out,
    rows: 0,
    sha256: createHash('sha256').update('head\n').digest('hex'),
  });
  expect(await readFile(out, 'utf8')).toBe('head\n');
});

it('replaces an older file only when the new one is whole', async () => {
  const out = join(folder, 'x.txt');
  await writeFile(out, 'older');
  async function* breaking() {
    yield [plainEvent()];
    throw new Error('the case went away');
  }
  await expect(writeText(out, '', breaking(), idLine)).rejects.toThrow('the case went away');
  expect(await readdir(folder)).toEqual(['x.txt']);
  expect(await readFile(out, 'utf8')).toBe('older');
  await writeText(out, '', inBatches([plainEvent()]), idLine);
  expect(await readFile(out, 'utf8')).toBe('v1\n');
});

it('names the path and the reason where it cannot write, and leaves nothing behind', async () => {
  await mkdir(join(folder, 'taken'));
  await expect(writeText(join(folder, 'taken'), '', inBatches(), idLine)).rejects.toMatchObject({
    code: 'wrong-use',
    message: `${join(folder, 'taken')} could not be written: it is a folder.`,
  });
  await expect(writeText(join(folder, 'no', 'x.txt'), '', inBatches(), idLine)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('its folder does not exist'),
  });
  expect(await readdir(folder)).toEqual(['taken']);
});
