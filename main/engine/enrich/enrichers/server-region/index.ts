import type { HostEnricherFactory } from '../../enricher-factory.ts';

/** The region that an operator of a cloud writes into the names of its servers: `….ap-south-1.elb.amazonaws.com`. */
export const serverRegion: HostEnricherFactory = ({ databases: { hostRegions } }) => ({
  id: 'server-region',
  title: 'Regions in names of servers',
  ofHost(name) {
    const found = hostRegions.of(name);
    if (!found) return [];
    const { country, region } = found;
    return [{ kind: 'region', country, region: region ?? country, source: hostRegions.source }];
  },
});
