import type { StatementSource } from '../../../model/enricher.ts';
import type { Databases } from '../database.ts';

/** A source for tests. */
export function testSource(name: string, date = '2026-01-01'): StatementSource {
  return {
    key: `${name} ${date}`,
    title: name,
    date,
    sha256: '0'.repeat(64),
    licence: 'CC0-1.0',
    attribution: null,
    shipped: true,
  };
}

/** Databases that know nothing. */
export const emptyDatabases: Databases = {
  cloudRegions: [],
  locations: [],
  registrations: [],
  networks: [],
  hostRegions: { source: testSource('names'), of: () => null },
  views: [],
};
