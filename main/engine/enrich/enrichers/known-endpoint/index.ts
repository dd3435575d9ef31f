import type { HostStatement, Sourced } from '../../../model/enricher.ts';
import type { HostEnricherFactory } from '../../enricher-factory.ts';
import type { EndpointEntry } from '../../service-list.ts';
import { endpointMatcher } from './endpoint-matcher.ts';

const id = 'known-endpoint';
const title = 'Services that a host is known to belong to';

/** Says to which service a host belongs, by the endpoints of the catalogue. Hosts of two services have two statements. */
export const knownEndpoint: HostEnricherFactory = (lists) => {
  const source = lists.catalogue.source;
  const statementOf = (row: EndpointEntry): Sourced<HostStatement> => ({
    kind: 'endpoint',
    endpoint: row.match === 'suffix' ? `*.${row.pattern}` : row.pattern,
    service: row.service,
    confidence: row.confidence,
    source,
  });
  const match = endpointMatcher(lists.services.endpoints, statementOf);
  return { id, title, ofHost: (name) => match(name) };
};
