import { type EventFilter, filterRoles } from '../../shared/types/event.ts';

/** Filters that places offer and addresses hold; a part of what the engine knows. */
export type ViewFilter = Pick<
  EventFilter,
  | 'text'
  | 'app'
  | 'direction'
  | 'backgroundOnly'
  | 'optionalOnly'
  | 'minBytes'
  | 'network'
  | 'country'
  | 'state'
  | 'organisation'
  | 'whose'
  | 'service'
  | 'host'
>;

/** Names and lengths of the filters that are plain texts, as they stand in an address. */
const texts = {
  text: ['text', 200],
  app: ['app', 300],
  network: ['net', 300],
  organisation: ['org', 300],
  service: ['service', 300],
  host: ['host', 300],
} as const;

const isCode = (code: string | undefined): code is string => /^[A-Z]{2}$/.test(code ?? '');

/** Reads the filters of an address; what is not understood narrows nothing. The same names at every place, so that links carry over. */
export function readFilter(record: Readonly<Record<string, string>>): ViewFilter {
  const filter: { -readonly [K in keyof ViewFilter]: ViewFilter[K] } = {};
  for (const [field, [key, most]] of Object.entries(texts)) {
    const value = record[key];
    if (value) filter[field as keyof typeof texts] = value.slice(0, most);
  }
  if (isCode(record.country)) filter.country = record.country;
  if (isCode(record.state)) filter.state = record.state;
  const whose = filterRoles.find((role) => role === record.whose);
  if (whose !== undefined && (filter.state ?? filter.organisation) !== undefined) filter.whose = whose;
  if (record.dir === 'sent' || record.dir === 'received') filter.direction = record.dir;
  if (record.background === '1') filter.backgroundOnly = true;
  if (record.optional === '1') filter.optionalOnly = true;
  const min = Number(record.min);
  if (Number.isFinite(min) && min > 0) filter.minBytes = min;
  return filter;
}

/** Writes filters into the words of an address; what narrows nothing is left out. */
export function writeFilter(filter: ViewFilter): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [field, [key]] of Object.entries(texts)) {
    const value = filter[field as keyof typeof texts];
    if (value) record[key] = value;
  }
  if (filter.country) record.country = filter.country;
  if (filter.state) record.state = filter.state;
  if (filter.whose && (filter.state || filter.organisation)) record.whose = filter.whose;
  if (filter.direction) record.dir = filter.direction;
  if (filter.backgroundOnly) record.background = '1';
  if (filter.optionalOnly) record.optional = '1';
  if (filter.minBytes !== undefined) record.min = String(filter.minBytes);
  return record;
}

/** A filter without what narrows nothing: whom it means matters only where it names somebody. */
export function cleanFilter(filter: ViewFilter): ViewFilter {
  const named = filter.state !== undefined || filter.organisation !== undefined;
  const kept = ([key, value]: [string, unknown]) => value !== undefined && (key !== 'whose' || named);
  return Object.fromEntries(Object.entries(filter).filter(kept)) as ViewFilter;
}
