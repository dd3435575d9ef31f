import type { HostEnricherFactory } from '../../enricher-factory.ts';

/**
 * Whose domain a host lies in: the longest listed one counts. Nothing is said of a name that is not listed, of a single label, and of
 * names that an operator rents to others (`….amazonaws.com`): the operator is known by its network, the tenant is not known.
 */
export const hostOwner: HostEnricherFactory = ({ owners }) => ({
  id: 'host-owner',
  title: 'Owners of hosts by their domains',
  ofHost(name, domain) {
    const found = domain === null ? null : owners.of(name);
    if (!found || found.row.rented) return [];
    const { organisation, confidence } = found.row;
    return [{ kind: 'owner', organisation, domain: found.domain, confidence, source: owners.source }];
  },
});
