import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CopyThread } from './copy-thread.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonehome-copy-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function files(content: Uint8Array, target = join(folder, 'copy')) {
  await writeFile(join(folder, 'source'), content);
  const [from, to] = [await open(join(folder, 'source')), await open(target, 'w')];
  return { from, to, close: () => Promise.all([from.close(), to.close()]) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

test('copies, hashes and hands out every byte in its order, to a reader that is slower than the disk too', async () => {
  // More than the pieces that are held at once, and no whole number of them.
  const content = randomBytes(6_500_001);
  const { from, to, close } = await files(content);
  const thread = new CopyThread(from.fd, to.fd);
  const read: Buffer[] = [];
  for await (const piece of thread.pieces()) {
    await turn();
    read.push(Buffer.from(piece));
  }
  expect(Buffer.concat(read).equals(content)).toBe(true);
  expect(await thread.digest()).toBe(createHash('sha256').update(content).digest('hex'));
  await thread.end();
  await close();
  expect((await readFile(join(folder, 'copy'))).equals(content)).toBe(true);
});

test('whoever reads no further ends it, while it waits for room too', async () => {
  const { from, to, close } = await files(randomBytes(9_000_000));
  const thread = new CopyThread(from.fd, to.fd);
  for await (const piece of thread.pieces()) {
    expect(piece.length).toBeGreaterThan(0);
    await turn();
    break;
  }
  await thread.end();
  await close();
});

test.runIf(existsSync('/dev/full'))('a disk that is full is told with what the system called it', async () => {
  const { from, to, close } = await files(randomBytes(2_000_000), '/dev/full');
  const thread = new CopyThread(from.fd, to.fd);
  const all = (async () => {
    for await (const _ of thread.pieces());
  })();
  await expect(all).rejects.toMatchObject({ code: 'ENOSPC', syscall: 'write' });
  await expect(thread.digest()).rejects.toMatchObject({ code: 'ENOSPC' });
  await thread.end();
  await close();
});

test('a file that cannot be read is told', async () => {
  const { to, close } = await files(new Uint8Array(1));
  const source = await open(folder);
  const thread = new CopyThread(source.fd, to.fd);
  const all = (async () => {
    for await (const _ of thread.pieces());
  })();
  await expect(all).rejects.toMatchObject({ syscall: 'read' });
  await thread.end();
  await source.close();
  await close();
});
