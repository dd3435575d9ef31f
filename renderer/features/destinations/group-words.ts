import type { DestinationBy } from '../../../shared/types/destination.ts';

/** What a row is, for headings, choices and sentences. */
export const groupWords: Readonly<Record<DestinationBy, { readonly one: string; readonly many: string }>> = {
  country: { one: 'Country', many: 'countries' },
  organisation: { one: 'Organisation', many: 'organisations' },
  service: { one: 'Service', many: 'services' },
  host: { one: 'Host', many: 'hosts' },
  address: { one: 'Address', many: 'addresses' },
  state: { one: 'State', many: 'states' },
};

/** `optional`, `not optional`, `not known`: whether a user can switch a service off. */
export function optionalWord(optional: boolean | null): string {
  return optional === null ? 'not known' : optional ? 'yes' : 'no';
}

/** `A, B + 3`: the first names of a list and how many more there are; null where it is empty. */
export function firstOf(list: readonly string[], shown = 1): string | null {
  if (list.length === 0) return null;
  const rest = list.length - shown;
  const first = list.slice(0, shown).join(', ');
  return rest > 0 ? `${first} + ${rest}` : first;
}
