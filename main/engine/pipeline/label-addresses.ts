import { notThePeersInSql } from '../../../shared/text/host-words.ts';
import { operatorOf } from '../enrich/destinations/decide-operator.ts';
import { decidePlace, scopeOf } from '../enrich/destinations/decide-place.ts';
import type { Lists } from '../enrich/lists.ts';
import type { AddressEnricher, AddressStatement, Sourced } from '../model/enricher.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import type { RegionSaid } from './label-hosts.ts';
import { PageLoader, pages } from './pages.ts';
import type { StatementSources } from './statement-sources.ts';

export const addressColumns = [
  'id',
  'ip',
  'scope',
  'country',
  'region',
  'place_source',
  'place_kind',
  'confidence',
  'disputed',
  'asn',
  'network_name',
  'network_source',
  'organisation',
  'organisation_name',
  'state',
  'own_services',
  'said',
];

/** Which hosts that name a region led to which addresses. */
async function regionsOfAddresses(
  write: WriteCase,
  regions: ReadonlyMap<string, readonly RegionSaid[]>,
): Promise<ReadonlyMap<string, readonly RegionSaid[]>> {
  const found = new Map<string, readonly RegionSaid[]>();
  if (regions.size === 0) return found;
  const rows = await write.all<{ ip: string; host: string }>(
    `SELECT DISTINCT c.remote_ip ip, lower(c.host) host FROM contact c
       WHERE lower(c.host) IN (SELECT value FROM json_each(?1)) AND c.host_from NOT IN (${notThePeersInSql})
     UNION SELECT c.remote_ip, g.host FROM given_name g JOIN contact c ON c.id = g.contact
       WHERE g.host IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2`,
    [JSON.stringify([...regions.keys()])],
  );
  for (const { ip, host } of rows) found.set(ip, [...(found.get(ip) ?? []), ...(regions.get(host) ?? [])]);
  return found;
}

const nothing: readonly SqlValue[] = [null, null, null, null, null, 0, null, null, null, null, null, null, 0, '[]'];

/**
 * Asks every source about an address and decides what is shown of it: the columns of `address` behind its number. `at`: when it was first met, microseconds. `inNames`: regions
 * that names of its hosts carry.
 */
export function labelsOfAddress(
  ip: string,
  at: number,
  inNames: readonly RegionSaid[],
  { lists, enrichers, sources }: AddressSpeakers,
): readonly SqlValue[] {
  const { scope, plain } = scopeOf(ip);
  if (scope !== 'public') return [ip, scope, ...nothing];
  const stated: Sourced<AddressStatement>[] = enrichers.flatMap((enricher) => enricher.ofAddress(plain));
  const said = stated.map((one) => sources.textOf(one));
  for (const one of inNames)
    said.push(JSON.stringify([sources.numberOf(one.source), 'host name', one.country, one.region, null, null]));
  const { shown, disputed, confidence } = decidePlace(stated, inNames, at);
  const operator = operatorOf(stated, lists, at);
  return [
    ip,
    scope,
    shown?.country ?? null,
    shown?.region ?? null,
    shown ? sources.numberOf(shown.source) : null,
    shown ? (shown.kind === 'region' ? 'host name' : shown.kind) : null,
    shown ? confidence : null,
    disputed ? 1 : 0,
    operator?.asn ?? null,
    operator?.announced ?? null,
    operator ? sources.numberOf(operator.source) : null,
    operator?.organisation?.id ?? null,
    operator?.organisation?.name ?? null,
    operator?.organisation?.state ?? null,
    operator?.organisation?.ownServicesOnly ? 1 : 0,
    `[${said.join(',')}]`,
  ];
}

/** Who is asked about addresses, and where their names are kept. */
export interface AddressSpeakers {
  readonly lists: Lists;
  readonly enrichers: readonly AddressEnricher[];
  readonly sources: StatementSources;
}

interface MetAddress {
  readonly ip: string;
  /** When it was first met, microseconds. */
  readonly at: number;
}

/** Fills `address`. */
export async function labelAddresses(
  write: WriteCase,
  speakers: AddressSpeakers,
  hostRegions: ReadonlyMap<string, readonly RegionSaid[]>,
): Promise<void> {
  const regions = await regionsOfAddresses(write, hostRegions);
  let id = 0;
  const loader = new PageLoader(write, 'address', addressColumns);
  const ask = (after: MetAddress | null, limit: number) =>
    write.all<MetAddress>(
      'SELECT remote_ip ip, min(from_us) at FROM contact WHERE remote_ip > ? GROUP BY remote_ip ORDER BY remote_ip LIMIT ?',
      [after?.ip ?? '', limit],
    );
  for await (const page of pages(ask)) {
    const rows: SqlValue[][] = [];
    for (const { ip, at } of page) {
      id += 1;
      rows.push([id, ...labelsOfAddress(ip, at, regions.get(ip) ?? [], speakers)]);
    }
    await loader.take(rows);
  }
  await loader.settled();
}
