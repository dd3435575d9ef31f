import { humanBytes } from '../../../shared/base/bytes.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import type { ViewFilter } from '../../state/event-filter.ts';

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

/** One chip a filter, in words. The text of a search has its own field, and no chip. */
export function chipsOf(filter: ViewFilter, names: ChipNames): Chip[] {
  const chips: Chip[] = [];
  const add = (key: keyof ViewFilter, text: string) => chips.push({ key, text });
  const { app, network, country, state, organisation, service, host } = filter;
  if (app !== undefined) add('app', `app: ${names.app?.(app) ?? app}`);
  if (country !== undefined) add('country', `in ${countryName(country)}`);
  if (state !== undefined) add('state', `state: ${countryName(state)}`);
  if (organisation !== undefined)
    add('organisation', `organisation: ${names.organisation?.(organisation) ?? organisation}`);
  if (service !== undefined) add('service', `service: ${names.service?.(service) ?? service}`);
  if (host !== undefined) add('host', `host or address: ${host}`);
  if (network !== undefined) add('network', `network: ${network}`);
  if (filter.direction !== undefined) add('direction', `only ${filter.direction}`);
  if (filter.backgroundOnly) add('backgroundOnly', 'background only');
  if (filter.optionalOnly) add('optionalOnly', 'optional services only');
  if (filter.minBytes !== undefined) add('minBytes', `at least ${humanBytes(filter.minBytes)} an interval`);
  return chips;
}
