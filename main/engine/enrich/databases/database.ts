import type { DatabaseView } from '../../../../shared/types/database.ts';
import type { StatementSource } from '../../model/enricher.ts';

/** A country, and the region or city in it as the source names it. */
export interface PlaceFound {
  readonly country: string;
  readonly region: string | null;
}

/** One database of places (or of the countries of registration). `of` takes an address as text and answers null for what it lacks. */
export interface PlaceDatabase {
  readonly source: StatementSource;
  of(ip: string): PlaceFound | null;
}

/** One database of networks. */
export interface NetworkDatabase {
  readonly source: StatementSource;
  of(ip: string): { readonly asn: number; readonly name: string } | null;
}

/** Everything that speaks of addresses, opened: what ships first, then what the examiner imported, in the order of their ids. */
export interface Databases {
  /** Ranges of which the operator of a cloud says in which region they are. */
  readonly cloudRegions: readonly PlaceDatabase[];
  readonly locations: readonly PlaceDatabase[];
  readonly registrations: readonly PlaceDatabase[];
  readonly networks: readonly NetworkDatabase[];
  /** Regions that stand in names of servers; asked with a host's name. */
  readonly hostRegions: PlaceDatabase;
  /** One row a database, for lists of them. */
  readonly views: readonly DatabaseView[];
}

/** Codes that databases give although they are no countries: unknown, a continent, an anonymous network. */
const noCountries = new Set(['ZZ', 'XX', 'EU', 'AP', 'A1', 'A2', 'O1', 'T1']);

/** A country as two letters of ISO 3166-1, or null for anything else that stands in a record. */
export function countryOf(said: unknown): string | null {
  return typeof said === 'string' && /^[A-Z]{2}$/.test(said) && !noCountries.has(said) ? said : null;
}
