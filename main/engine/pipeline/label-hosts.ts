import { notThePeersInSql } from '../../../shared/text/host-words.ts';
import { ownerOf } from '../enrich/destinations/decide-operator.ts';
import { domainOf } from '../enrich/destinations/domain.ts';
import type { Lists } from '../enrich/lists.ts';
import type { Confidence, HostEnricher, HostStatement, Sourced } from '../model/enricher.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import { PageLoader, pages } from './pages.ts';
import type { StatementSources } from './statement-sources.ts';

const columns = [
  'id',
  'name',
  'domain',
  'owner',
  'owner_name',
  'state',
  'owner_source',
  'endpoint',
  'service',
  'service_name',
  'service_vendor',
  'service_optional',
  'confidence',
  'service_source',
  'tracker',
  'tracker_category',
  'tracker_source',
];

type Said = Sourced<HostStatement>;
type Of<K extends HostStatement['kind']> = Sourced<Extract<HostStatement, { kind: K }>>;
export type RegionSaid = Of<'region'>;

const ranks: Readonly<Record<Confidence, number>> = { high: 2, medium: 1, low: 0 };
const isOf =
  <K extends HostStatement['kind']>(kind: K) =>
  (one: Said): one is Of<K> =>
    one.kind === kind;

interface HostName {
  readonly id: number;
  readonly name: string;
}

/** Names of peers and of look-ups, in pages: a case may hold millions. */
async function* namesOf(write: WriteCase): AsyncGenerator<HostName[]> {
  await write.run(
    `CREATE TEMP TABLE host_name AS SELECT lower(host) name FROM contact
       WHERE host IS NOT NULL AND host_from NOT IN (${notThePeersInSql})
     UNION SELECT host FROM given_name UNION SELECT lower(name) FROM lookup WHERE name <> '' ORDER BY 1`,
  );
  // Their numbers go by the name.
  yield* pages((after: HostName | null, limit) =>
    write.all<HostName>('SELECT rowid id, name FROM temp.host_name WHERE rowid > ? ORDER BY rowid LIMIT ?', [
      after?.id ?? 0,
      limit,
    ]),
  );
  await write.run('DROP TABLE temp.host_name');
}

/** Fills `host`; answers which hosts carry the region of their server in their name. */
export async function labelHosts(
  write: WriteCase,
  lists: Lists,
  enrichers: readonly HostEnricher[],
  sources: StatementSources,
): Promise<ReadonlyMap<string, readonly RegionSaid[]>> {
  const regions = new Map<string, readonly RegionSaid[]>();
  let id = 0;
  const loader = new PageLoader(write, 'host', columns);
  for await (const names of namesOf(write)) {
    const rows = names.map(({ name }): SqlValue[] => {
      const domain = domainOf(name);
      const said = enrichers.flatMap((enricher) => enricher.ofHost(name, domain));
      const endpoints = said.filter(isOf('endpoint'));
      const endpoint = endpoints.toSorted((a, b) => ranks[b.confidence] - ranks[a.confidence])[0];
      const service = endpoint ? lists.catalogue.of(endpoint.service) : null;
      const owner = ownerOf(said, lists);
      const tracker = said.find(isOf('tracker'));
      const inName = said.filter(isOf('region'));
      if (inName.length > 0) regions.set(name, inName);
      id += 1;
      return [
        id,
        name,
        domain,
        owner?.id ?? null,
        owner?.name ?? null,
        owner?.state ?? null,
        owner ? sources.numberOf(owner.source) : null,
        endpoint?.endpoint ?? null,
        service?.id ?? null,
        service?.name ?? null,
        service?.vendor ?? null,
        service?.optional == null ? null : Number(service.optional),
        service && endpoint ? endpoint.confidence : null,
        service && endpoint ? sources.numberOf(endpoint.source) : null,
        tracker ? (lists.organisations.of(tracker.organisation)?.name ?? tracker.organisation) : null,
        tracker?.category ?? null,
        tracker ? sources.numberOf(tracker.source) : null,
      ];
    });
    await loader.take(rows);
  }
  await loader.settled();
  return regions;
}
