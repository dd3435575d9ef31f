import { expect, it } from 'vitest';
import type { CloudRegionList } from './cloud-region-list.ts';
import { recognise } from './import-database.ts';
import { testSource } from './testing/empty-databases.ts';
import { writeMmdb } from './testing/mmdb-writer.ts';

const list: CloudRegionList = {
  list: 'cloud-regions',
  title: 'none',
  date: '2026-01-01',
  version: 1,
  sources: [],
  operators: [],
};

it('opens a damaged database or refuses it in words, and is never thrown off by one of its records', () => {
  const whole = writeMmdb({
    type: 'DBIP-City-Lite',
    date: '2026-01-01',
    ipVersion: 6,
    entries: [
      ['9.9.9.0/24', { country: { iso_code: 'IN' }, city: { names: { en: 'Pune' } } }],
      ['9.9.8.0/24', { country: { iso_code: 'SG' } }],
      ['2600::/16', { country: { iso_code: 'US' } }],
    ],
  });
  let opened = 0;
  let refused = 0;
  let state = 7;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  for (let round = 0; round < 2000; round += 1) {
    const bytes = Buffer.from(whole);
    for (let count = 0; count <= round % 3; count += 1) bytes[next(bytes.length)] = next(256);
    try {
      const places = recognise(bytes, 'x.mmdb', list).places(testSource('x'));
      for (const ip of ['9.9.9.9', '9.9.8.8', '2600::1', '255.255.255.255']) places?.of(ip);
      opened += 1;
    } catch (error) {
      expect((error as Error).message).toMatch(/^(it|its|no) [a-zA-Z’ ]+( in .*)?$/);
      refused += 1;
    }
  }
  expect(opened).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
