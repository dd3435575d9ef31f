import { expect, test } from 'vitest';
import { PieceRelay } from './piece-relay.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  await soon();
  return (await Promise.race([promise, Promise.resolve(open)])) === open;
}

test('a piece is the reader’s until the next is asked for', async () => {
  const relay = new PieceRelay();
  const memory = new Uint8Array(3);
  const read: string[] = [];
  const reading = (async () => {
    for await (const piece of relay) {
      await soon();
      read.push(piece.toString('latin1'));
    }
  })();
  for (const text of ['one', 'two', 'six']) {
    memory.set(Buffer.from(text));
    await relay.give(memory);
    memory.fill(0);
  }
  relay.end();
  await reading;
  expect(read).toEqual(['one', 'two', 'six']);
});

test('the giver waits for a reader that has not asked yet, and for none that left', async () => {
  const relay = new PieceRelay();
  const given = relay.give(new Uint8Array(1));
  expect(await isOpen(given)).toBe(true);
  expect(await relay.next()).toMatchObject({ done: false });
  expect(await isOpen(given)).toBe(true);
  await relay.return();
  expect(await isOpen(given)).toBe(false);
  expect(await isOpen(relay.give(new Uint8Array(1)))).toBe(false);
});

test('a fault comes in place of the end, behind the pieces before it; the first one counts', async () => {
  const relay = new PieceRelay();
  const given = relay.give(new Uint8Array(1));
  relay.end(new Error('cut'));
  relay.end();
  expect(await relay.next()).toMatchObject({ done: false });
  await expect(relay.next()).rejects.toThrow('cut');
  expect(await isOpen(given)).toBe(false);
  expect(await isOpen(relay.give(new Uint8Array(1)))).toBe(false);
});
