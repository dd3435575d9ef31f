import { expect, test } from 'vitest';
import { HOUR } from '../base/time.ts';
import type { IntervalColumns } from '../types/timeline.ts';
import { laneWith, windowWith } from './fixtures/synthetic.ts';
import { DataSet, totalsIn } from './lane-data.ts';
import { packedCount, packedMerged, packIntervals, type ReadColumns, unpackIntervals as unpack } from './packed.ts';

const start = Date.UTC(2026, 0, 5) * 1000;
const large = 2 ** 40 + 12_345;

/** As plain lists, to be compared. */
function unpackIntervals(text: string): Record<string, unknown> {
  const read: ReadColumns = unpack(text);
  const plain = (value: unknown) => (typeof value === 'object' ? Array.from(value as ArrayLike<unknown>) : value);
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, plain(value)]));
}

function columns(count: number): IntervalColumns {
  const of = (value: (n: number) => number) => Array.from({ length: count }, (_, n) => value(n));
  return {
    from: of((n) => start + n * 2 * HOUR + (n % 3)),
    to: of((n) => start + (n + 1) * 2 * HOUR + (n % 5) * 17),
    sent: of((n) => (n % 7 === 0 ? large + n : n * 31)),
    received: of((n) => n * 7_919),
    sentBackground: of((n) => (n % 2) * n * 31),
    receivedBackground: of(() => 0),
    events: of((n) => 1 + (n % 40)),
    top: Array.from({ length: count }, (_, n) => `v${1_000_000 - n * 13}`),
  };
}

test('what is packed comes back: moments, bytes beyond 32 bits, events', () => {
  const packed = packIntervals(columns(2500))!;
  expect(packedCount(packed)).toBe(2500);
  expect(unpackIntervals(packed)).toEqual(columns(2500));
  expect(unpackIntervals(packIntervals(columns(0))!)).toEqual(columns(0));
});

test('it is less than half of its JSON and goes through JSON as it is', () => {
  const packed = packIntervals(columns(2500))!;
  expect(JSON.stringify(packed).length).toBeLessThan(JSON.stringify(columns(2500)).length / 2);
  expect(JSON.parse(JSON.stringify(packed))).toBe(packed);
});

test('moments of any unit come back, down to a microsecond', () => {
  for (const unit of [HOUR, HOUR / 60, 1_000_000, 1000, 1]) {
    const from = [0, 3, 5, 5].map((n) => start + n * unit);
    const given = { ...columns(4), from, to: from.map((us, n) => us + (n + 1) * unit) };
    expect(unpackIntervals(packIntervals(given)!)).toEqual(given);
  }
});

test('peaks are kept to a byte an hour, and left out where nothing was merged', () => {
  const bare = columns(50);
  const mean = (bytes: readonly number[]) => bytes.map((one, n) => (one / (bare.to[n]! - bare.from[n]!)) * HOUR);
  const flat = { ...bare, peakSent: mean(bare.sent), peakReceived: mean(bare.received) };
  expect(unpackIntervals(packIntervals(flat)!)).toEqual({ ...bare, peakSent: [], peakReceived: [] });
  expect([packedMerged(packIntervals(flat)!), packedMerged(packIntervals(bare)!)]).toEqual([true, false]);
  const peakSent = flat.peakSent.map((one, n) => one + (n === 20 ? 5_000_000.4 : 0));
  const back = unpack(packIntervals({ ...flat, peakSent })!);
  for (const [n, one] of peakSent.entries()) expect(Math.abs(back.peakSent![n]! - one)).toBeLessThan(1);
});

test('errors of the edges: none, one for all, one each', () => {
  const bare = columns(3);
  for (const error of [30 * 60 * 1_000_000, [0, 5, 7_000_000]]) {
    expect(unpackIntervals(packIntervals({ ...bare, error })!)).toEqual({ ...bare, error });
  }
});

test('an event that is no volume is not packed', () => {
  expect(packIntervals({ ...columns(1), top: ['c5'] })).toBeNull();
  expect(packIntervals({ ...columns(1), sent: [0.5] })).toBeNull();
  expect(packIntervals({ ...columns(1), events: [Number.NaN] })).toBeNull();
});

test('lanes of an answer are prepared a few at a time, whoever looks at them first', () => {
  const lanes = Array.from({ length: 5 }, (_, n) => {
    const lane = laneWith(`lane ${n}`, columns(20));
    return n % 2 === 0 ? lane : { ...lane, intervals: columns(0), packed: packIntervals(lane.intervals)! };
  });
  const data = new DataSet(windowWith(lanes, start, start + 40 * HOUR));
  const first = data.series('lane 1');
  expect([data.prepare(2), data.prepare(2), data.prepare(2)]).toEqual([true, false, false]);
  expect(data.series('lane 1')).toBe(first);
  expect(totalsIn(data.series('lane 3')!, start, start + 40 * HOUR)).toEqual(
    totalsIn(data.series('lane 0')!, start, start + 40 * HOUR),
  );
});
