import type { AddressEnricherFactory } from '../../enricher-factory.ts';
import { statementsOf } from '../../statements-of.ts';

/** Where databases of locations put an address. The one that ships and each that was imported answer for themselves. */
export const ipLocation: AddressEnricherFactory = ({ databases }) => ({
  id: 'ip-location',
  title: 'Places of addresses, as databases of locations tell',
  ofAddress: statementsOf(databases.locations, (found) => ({ kind: 'location' as const, ...found })),
});
