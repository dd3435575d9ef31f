import { expect, it } from 'vitest';
import { oneNetwork } from './flow-networks.ts';

const H = 3_600_000_000;
const bucket = (from: number, to: number, network: number) => ({
  fromUs: from * H,
  toUs: to * H,
  uid: 10_001,
  network,
  sent: 1,
  received: 1,
});
const spans = (buckets: Parameters<typeof oneNetwork>[0], room = H / 2) =>
  oneNetwork(buckets, room).map(({ fromUs, toUs, network }) => [fromUs / H, toUs / H, network]);

it('one network stands where no other is within half an hour', () => {
  expect(spans([bucket(0, 2, 7), bucket(2, 4, 7)])).toEqual([[-0.5, 4.5, 7]]);
  // From the hour before the change until the hour after it, either may have carried what is asked about.
  expect(spans([bucket(0, 2, 7), bucket(2, 4, 8)])).toEqual([
    [-0.5, 1.5, 7],
    [2.5, 4.5, 8],
  ]);
  expect(spans([bucket(0, 2, 7), bucket(0, 2, 8)])).toEqual([]);
  expect(spans([bucket(0, 2, 7), bucket(6, 8, 7)])).toEqual([
    [-0.5, 2.5, 7],
    [5.5, 8.5, 7],
  ]);
});
