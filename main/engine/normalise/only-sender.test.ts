import { expect, test } from 'vitest';
import { bytesAround, onlySenders } from './only-sender.ts';

const bucket = (fromUs: number, toUs: number, uid: number, sent = 10, received = 20) => ({
  fromUs,
  toUs,
  uid,
  sent,
  received,
});

test('an app is alone where no bucket of another touches', () => {
  const buckets = [
    bucket(0, 10, 1),
    bucket(10, 20, 1, 5, 5),
    bucket(20, 30, 1, 7, 7),
    bucket(20, 30, 2),
    bucket(30, 40, 2),
  ];
  expect(onlySenders(buckets)).toEqual([
    { fromUs: 0, toUs: 20, uid: 1, buckets: buckets.slice(0, 2), longestUs: 10 },
    { fromUs: 30, toUs: 40, uid: 2, buckets: [buckets[4]], longestUs: 10 },
  ]);
});

test('bytes around a moment are those of the buckets that touch it', () => {
  const [sender] = onlySenders([bucket(0, 10, 1, 1, 2), bucket(10, 20, 1, 10, 20), bucket(20, 30, 1, 100, 200)]);
  expect(bytesAround(sender!, 12, 14)).toEqual({ sent: 10, received: 20 });
  expect(bytesAround(sender!, 8, 14)).toEqual({ sent: 11, received: 22 });
  expect(bytesAround(sender!, 0, 30)).toEqual({ sent: 111, received: 222 });
  expect(bytesAround(sender!, 31, 40)).toEqual({ sent: 0, received: 0 });
});

test('two networks or sets of one app are one app, and a stretch without bytes ends it', () => {
  expect(onlySenders([bucket(0, 10, 1), bucket(0, 10, 1), bucket(20, 30, 1)])).toMatchObject([
    { fromUs: 0, toUs: 10, uid: 1, buckets: [{}, {}] },
    { fromUs: 20, toUs: 30, uid: 1, buckets: [{}] },
  ]);
});

test('buckets of other lengths are told apart where they overlap', () => {
  expect(onlySenders([bucket(0, 30, 1), bucket(10, 20, 2)])).toMatchObject([
    { fromUs: 0, toUs: 10, uid: 1 },
    { fromUs: 20, toUs: 30, uid: 1 },
  ]);
  expect(onlySenders([])).toEqual([]);
});
