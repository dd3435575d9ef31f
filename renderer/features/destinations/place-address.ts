import { type DestinationBy, type DestinationRow, destinationGroups } from '../../../shared/types/destination.ts';
import { readFilter, type ViewFilter, writeFilter } from '../../state/event-filter.ts';
import type { Sorting } from '../../ui/columns.ts';
import { filterValue } from '../filters/use-destination-names.ts';
import { type Measure, measures } from './map/map-marks.ts';

/** What rows are not known of have this key in an address: none of theirs is empty or a space. */
const NOT_KNOWN = ' ';

/** All that a copied address of this place brings back. */
export interface DestinationsAddress {
  readonly by: DestinationBy;
  readonly filter: ViewFilter;
  readonly sorting: Sorting;
  /** Null: as the case has it, bytes where it tells any. */
  readonly measure: Measure | null;
  readonly map: boolean;
  /** The open row by its key (null: of what is not known); undefined: none is open. */
  readonly row: string | null | undefined;
  readonly event: string | null;
}

type AddressRecord = Readonly<Record<string, string>>;

/** Reads an address; what is missing or not understood stands as in a fresh view. */
export function readPlace(record: AddressRecord): DestinationsAddress {
  return {
    by: destinationGroups.find((by) => by === record.by) ?? 'country',
    filter: readFilter(record),
    sorting: { by: record.sort ?? '', down: record.order !== 'up' },
    measure: measures.find((measure) => measure === record.area) ?? null,
    map: record.map !== 'off',
    row: record.row === undefined ? undefined : record.row === NOT_KNOWN ? null : record.row,
    event: record.event ?? null,
  };
}

/** Writes an address; what stands as in a fresh view is left out. */
export function writePlace(address: DestinationsAddress): Record<string, string> {
  const { by, filter, sorting, measure, map, row, event } = address;
  return {
    ...(by !== 'country' && { by }),
    ...writeFilter(filter),
    ...(sorting.by !== '' && { sort: sorting.by }),
    ...(!sorting.down && { order: 'up' }),
    ...(measure !== null && { area: measure }),
    ...(!map && { map: 'off' }),
    ...(row !== undefined && { row: row ?? NOT_KNOWN }),
    ...(event !== null && { event }),
  };
}

const fields = {
  country: 'country',
  state: 'state',
  organisation: 'organisation',
  service: 'service',
  host: 'host',
  address: 'host',
} as const satisfies Record<DestinationBy, keyof ViewFilter>;

/** The filter that selects the contacts of a row, and no others; null where none can. */
export function filterOf(by: DestinationBy, row: Pick<DestinationRow, 'key'>): ViewFilter | null {
  const key = filterValue(row);
  if (key === null) return null;
  // Rows of states and organisations go by the owner first.
  return { [fields[by]]: key, ...((by === 'state' || by === 'organisation') && { whose: 'first' }) };
}

/** A filter without what a kind of rows is chosen by: so that its others stay to be chosen. */
export function withoutOwn(by: DestinationBy, filter: ViewFilter): ViewFilter {
  const { [fields[by]]: _, ...rest } = filter;
  return rest;
}
