import { humanBytes } from '../../../shared/base/bytes.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import type { FilterRole } from '../../../shared/types/event.ts';
import type { ViewFilter } from '../../state/event-filter.ts';

/** As addresses are written; a name of digits and dots alone is none that a name server knows. */
const isAddress = (text: string): boolean => /^[\d.]+$/.test(text) || text.includes(':');

/** Names for the keys that filters hold; what is not known stays the key. */
export interface ChipNames {
  app?(key: string): string;
  organisation?(key: string): string;
  service?(key: string): string;
}

export interface Chip {
  readonly key: keyof ViewFilter;
  readonly text: string;
}

/** Whom a state or an organisation is meant of, as the beginning of a chip. */
const roleWords: Readonly<Record<FilterRole | 'either', string>> = {
  either: ' (of owner or operator)',
  owner: ' (of the owner)',
  operator: ' (of the operator)',
  first: ' (of the owner, else the operator)',
};

/** One chip a filter, in words. */
export function chipsOf(filter: ViewFilter, names: ChipNames): Chip[] {
  const chips: Chip[] = [];
  const add = (key: keyof ViewFilter, text: string) => chips.push({ key, text });
  const { app, network, country, state, organisation, service, host } = filter;
  if (filter.text !== undefined) add('text', `holds “${filter.text}”`);
  if (app !== undefined) add('app', `app: ${names.app?.(app) ?? app}`);
  if (country !== undefined) add('country', `in ${countryName(country)}`);
  const role = roleWords[filter.whose ?? 'either'];
  if (state !== undefined) add('state', `state: ${countryName(state)}${role}`);
  if (organisation !== undefined)
    add('organisation', `organisation: ${names.organisation?.(organisation) ?? organisation}${role}`);
  if (service !== undefined) add('service', `service: ${names.service?.(service) ?? service}`);
  if (host !== undefined)
    add('host', isAddress(host) ? `address: ${host}, named or not` : `host: ${host}, and who was asked for it`);
  if (network !== undefined) add('network', `network: ${network}`);
  if (filter.direction !== undefined) add('direction', `only ${filter.direction}`);
  if (filter.backgroundOnly) add('backgroundOnly', 'background only');
  if (filter.optionalOnly) add('optionalOnly', 'optional services only');
  if (filter.minBytes !== undefined) add('minBytes', `at least ${humanBytes(filter.minBytes)} an interval`);
  return chips;
}
