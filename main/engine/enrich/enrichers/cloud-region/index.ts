import type { AddressEnricherFactory } from '../../enricher-factory.ts';

/** Where the operator of a cloud itself says in which region a range is. Each table answers for itself. */
export const cloudRegion: AddressEnricherFactory = ({ databases }) => ({
  id: 'cloud-region',
  title: 'Regions of clouds, as their operators publish them',
  ofAddress: (ip) =>
    databases.cloudRegions.flatMap(({ of, source }) => {
      const found = of(ip);
      return found ? [{ kind: 'cloud region' as const, ...found, source }] : [];
    }),
});
