import { expect, it } from 'vitest';
import { emptyDatabases, testSource } from '../../databases/testing/empty-databases.ts';
import type { Lists } from '../../lists.ts';
import { serverRegion } from './index.ts';

it('says the region that stands in a name, with its source, and nothing else', () => {
  const hostRegions = {
    source: testSource('names'),
    of: (name: string) => (name === 'a.example' ? { country: 'IN', region: 'Mumbai' } : null),
  };
  const enricher = serverRegion({ databases: { ...emptyDatabases, hostRegions } } as unknown as Lists);
  expect(enricher.id).toBe('server-region');
  expect(enricher.ofHost('a.example', 'a.example')).toEqual([
    { kind: 'region', country: 'IN', region: 'Mumbai', source: hostRegions.source },
  ]);
  expect(enricher.ofHost('b.example', 'b.example')).toEqual([]);
});
