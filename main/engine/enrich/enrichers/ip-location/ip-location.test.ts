import { expect, it } from 'vitest';
import { emptyDatabases, testSource } from '../../databases/testing/empty-databases.ts';
import type { Lists } from '../../lists.ts';
import { ipLocation } from './index.ts';

it('lets every database answer for itself, and leaves out what one does not know', () => {
  const found = { country: 'SG', region: null };
  const one = { source: testSource('one'), of: (ip: string) => (ip === '9.9.9.9' ? found : null) };
  const two = { source: testSource('two'), of: () => found };
  const enricher = ipLocation({ databases: { ...emptyDatabases, locations: [one, two] } } as unknown as Lists);
  expect(enricher.id).toBe('ip-location');
  expect(enricher.ofAddress('9.9.9.9')).toEqual([
    { kind: 'location', country: 'SG', region: null, source: one.source },
    { kind: 'location', country: 'SG', region: null, source: two.source },
  ]);
  expect(enricher.ofAddress('1.1.1.1').map(({ source }) => source.key)).toEqual(['two 2026-01-01']);
});
