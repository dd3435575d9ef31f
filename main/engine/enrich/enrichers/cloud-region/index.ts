import type { AddressEnricherFactory } from '../../enricher-factory.ts';
import { statementsOf } from '../../statements-of.ts';

/** Where the operator of a cloud itself says in which region a range is. Each table answers for itself. */
export const cloudRegion: AddressEnricherFactory = ({ databases }) => ({
  id: 'cloud-region',
  title: 'Regions of clouds, as their operators publish them',
  ofAddress: statementsOf(databases.cloudRegions, (found) => ({ kind: 'cloud region' as const, ...found })),
});
