import type { AddressEnricherFactory } from '../../enricher-factory.ts';
import { statementsOf } from '../../statements-of.ts';

/** Which network announces the range of an address, and what that is called. Names mislead: organisations are told by the number. */
export const network: AddressEnricherFactory = ({ databases }) => ({
  id: 'network',
  title: 'Networks that announce addresses',
  ofAddress: statementsOf(databases.networks, (found) => ({ kind: 'network' as const, ...found })),
});
