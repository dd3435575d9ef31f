import { expect, it } from 'vitest';
import { emptyDatabases, testSource } from '../../databases/testing/empty-databases.ts';
import type { Lists } from '../../lists.ts';
import { ipRegistration } from './index.ts';

it('lets every database answer for itself, and leaves out what one does not know', () => {
  const found = { country: 'CN', region: null };
  const one = { source: testSource('one'), of: (ip: string) => (ip === '9.9.9.9' ? found : null) };
  const two = { source: testSource('two'), of: () => found };
  const enricher = ipRegistration({ databases: { ...emptyDatabases, registrations: [one, two] } } as unknown as Lists);
  expect(enricher.id).toBe('ip-registration');
  expect(enricher.ofAddress('9.9.9.9')).toEqual([
    { kind: 'registration', country: 'CN', source: one.source },
    { kind: 'registration', country: 'CN', source: two.source },
  ]);
  expect(enricher.ofAddress('1.1.1.1').map(({ source }) => source.key)).toEqual(['two 2026-01-01']);
});
