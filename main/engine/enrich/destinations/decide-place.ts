import type { AddressStatement, Confidence, HostStatement, Sourced } from '../../model/enricher.ts';
import { daysApart } from './days-apart.ts';

export { type Scope, scopeOf } from './scope.ts';

type RegionStatement = Sourced<Extract<HostStatement, { kind: 'region' }>>;
type PlaceStatement = Sourced<Extract<AddressStatement, { kind: 'cloud region' | 'location' }>> | RegionStatement;

/** What is shown as the place of an address: the statement that was chosen, or null where no source of places speaks. */
export interface DecidedPlace {
  readonly shown: PlaceStatement | null;
  /** Two sources of places name different countries. */
  readonly disputed: boolean;
  readonly confidence: Confidence;
}

/** An operator's own word for a range or a server goes before what a database infers. */
const ranks = { 'cloud region': 0, region: 1, location: 2 } as const;

/** Five years: past that, a database of places says more of its own day than of the contact’s. */
const FAR_DAYS = 1826;

/**
 * Chooses the place of an address from everything that was said of it, and of the host names that led to it. Order: a table of
 * the cloud operator, the region in the host's name, a database of locations; of several of one kind the one whose data are
 * nearest in time to the contact (`atUs`, microseconds UTC; null: the newest). The country of registration is never a place.
 *
 * `disputed` where any two of these sources name different countries. Confidence: high where the operator itself says it and
 * nobody contradicts; medium for a database of locations with which the registration agrees, or an operator's word that is
 * disputed; low where the databases dispute it, where only the registration differs, or where the data are more than five years
 * away from the contact.
 */
export function decidePlace(
  statements: readonly Sourced<AddressStatement>[],
  hostRegions: readonly RegionStatement[],
  atUs: number | null,
): DecidedPlace {
  const places: PlaceStatement[] = [...hostRegions];
  const registrations = new Set<string>();
  for (const one of statements) {
    if (one.kind === 'cloud region' || one.kind === 'location') places.push(one);
    else if (one.kind === 'registration') registrations.add(one.country);
  }
  let shown: PlaceStatement | null = null;
  for (const one of places) {
    if (!shown || ranks[one.kind] < ranks[shown.kind]) shown = one;
    else if (ranks[one.kind] === ranks[shown.kind] && daysApart(one.source, atUs) < daysApart(shown.source, atUs))
      shown = one;
  }
  if (!shown) return { shown: null, disputed: false, confidence: 'low' };
  const { country, kind } = shown;
  const disputed = places.some((one) => one.country !== country);
  if (kind !== 'location') return { shown, disputed, confidence: disputed ? 'medium' : 'high' };
  const elsewhere = [...registrations].some((registered) => registered !== country);
  const far = atUs !== null && daysApart(shown.source, atUs) > FAR_DAYS;
  return { shown, disputed, confidence: disputed || elsewhere || far ? 'low' : 'medium' };
}
