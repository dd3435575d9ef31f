import type { StatementSource } from '../../model/enricher.ts';
import type { CloudOperator, CloudRegion, CloudRegionList } from './cloud-region-list.ts';
import type { PlaceDatabase, PlaceFound } from './database.ts';
import { RangeTable } from './range-table.ts';

/** The place of a region as it is said to a person: `Mumbai (AWS ap-south-1)`. */
export function placeOfRegion(
  operator: CloudOperator,
  region: Pick<CloudRegion, 'id' | 'country' | 'place'>,
): PlaceFound {
  return { country: region.country, region: `${region.place} (${operator.name} ${region.id})` };
}

/** A table of one operator's ranges. `prefixes` with the place of each; the narrowest answers. */
export function cloudDatabase(
  source: StatementSource,
  prefixes: Iterable<readonly [prefix: string, place: PlaceFound]>,
): PlaceDatabase {
  const table = new RangeTable(prefixes);
  return { source, of: (ip) => table.of(ip) };
}

/** The tables that ship: one for each operator and day of its ranges. */
export function shippedCloudDatabases(
  list: CloudRegionList,
  file: { readonly sha256: string; readonly licence: string },
): PlaceDatabase[] {
  return list.operators.flatMap((operator) => {
    const days = new Map<string, (readonly [prefix: string, place: PlaceFound])[]>();
    for (const region of operator.regions) {
      const day = region.rangesDate ?? operator.rangesDate;
      if (day === null || !region.ranges) continue;
      const place = placeOfRegion(operator, region);
      const prefixes = days.get(day) ?? [];
      for (const prefix of region.ranges) prefixes.push([prefix, place]);
      days.set(day, prefixes);
    }
    return [...days].map(([date, prefixes]) => {
      const source: StatementSource = {
        key: `${operator.id}-regions ${date}`,
        title: `${operator.name}: ranges of addresses by region, as published`,
        date,
        sha256: file.sha256,
        licence: file.licence,
        attribution: null,
        shipped: true,
      };
      return cloudDatabase(source, prefixes);
    });
  });
}
