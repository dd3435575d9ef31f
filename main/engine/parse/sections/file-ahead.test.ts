import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/engine.ts';
import { fileAhead } from './byte-stream.ts';

test('a file is read whole, in order, and may be left in the middle', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'file');
  const bytes = Buffer.from(Array.from({ length: 1_500_001 }, (_, n) => (n * n) % 251));
  await writeFile(path, bytes);
  const pieces: Buffer[] = [];
  for await (const piece of fileAhead(path)) pieces.push(Buffer.from(piece));
  expect(pieces.length).toBeGreaterThan(2);
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  for await (const piece of fileAhead(path)) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  await expect(fileAhead(join(folder.path, 'none')).next()).rejects.toThrow('ENOENT');
});
