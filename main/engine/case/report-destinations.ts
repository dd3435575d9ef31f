import type { DestinationBy, DestinationRow } from '../../../shared/types/destination.ts';
import { lawsFor } from '../enrich/laws.ts';
import type { Lists } from '../enrich/lists.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { addressList } from '../query/addresses.ts';
import { destinationList } from '../query/destinations.ts';
import { loadDictionary } from '../query/dictionary.ts';
import type { ReportDestinations } from '../report/destination-data.ts';

/** Where contacts lead, as the window shows it, and what lists say of it. */
export async function reportDestinations(read: ReadCase, lists: Lists): Promise<ReportDestinations> {
  const dictionary = await loadDictionary(read);
  const rowsBy = async (by: DestinationBy) => destinationList(read, dictionary, by, {});
  const { rows: countries, sources } = await rowsBy('country');
  const { rows: hosts } = await rowsBy('host');
  const addresses = await addressList(
    read,
    hosts.flatMap((row) => row.addresses.slice(0, 1)),
  );
  // The countries and states of most contacts come first.
  const of = (pick: (row: DestinationRow) => readonly string[]) => [...new Set(countries.flatMap(pick))];
  const subjects = {
    places: of((row) => row.countries),
    operatorStates: of((row) => row.operatorStates),
    ownerStates: of((row) => row.ownerStates),
  };
  return {
    countries,
    states: (await rowsBy('state')).rows,
    organisations: (await rowsBy('organisation')).rows,
    services: (await rowsBy('service')).rows,
    hosts,
    addresses,
    sources,
    laws: lawsFor(lists.laws, subjects),
    explained: [],
  };
}
