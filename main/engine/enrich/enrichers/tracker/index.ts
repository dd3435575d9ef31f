import type { HostEnricherFactory } from '../../enricher-factory.ts';

/** Hosts that are listed as collecting from the apps of others or from a whole system, and what they are for. */
export const tracker: HostEnricherFactory = ({ trackers }) => ({
  id: 'tracker',
  title: 'Hosts listed as trackers',
  ofHost(name, domain) {
    const found = domain === null ? null : trackers.of(name);
    if (!found) return [];
    const { organisation, category } = found.row;
    return [{ kind: 'tracker', organisation, category, source: trackers.source }];
  },
});
