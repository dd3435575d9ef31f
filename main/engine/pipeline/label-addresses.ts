import { operatorOf } from '../enrich/destinations/decide-operator.ts';
import { decidePlace, scopeOf } from '../enrich/destinations/decide-place.ts';
import type { Lists } from '../enrich/lists.ts';
import type { AddressEnricher, AddressStatement, Sourced } from '../model/enricher.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import type { RegionSaid } from './label-hosts.ts';
import type { StatementSources } from './statement-sources.ts';

const PAGE = 20_000;

const addressColumns = [
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
];
const saidColumns = ['id', 'address', 'source', 'kind', 'country', 'region', 'asn', 'name'];

/** Which hosts that name a region led to which addresses. */
async function regionsOfAddresses(
  write: WriteCase,
  regions: ReadonlyMap<string, readonly RegionSaid[]>,
): Promise<ReadonlyMap<string, readonly RegionSaid[]>> {
  const found = new Map<string, readonly RegionSaid[]>();
  if (regions.size === 0) return found;
  const rows = await write.all<{ ip: string; host: string }>(
    `SELECT DISTINCT c.remote_ip ip, lower(c.host) host FROM contact c WHERE lower(c.host) IN (SELECT value FROM json_each(?1))
     UNION SELECT c.remote_ip, g.host FROM given_name g JOIN contact c ON c.id = g.contact
       WHERE g.host IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2`,
    [JSON.stringify([...regions.keys()])],
  );
  for (const { ip, host } of rows) found.set(ip, [...(found.get(ip) ?? []), ...(regions.get(host) ?? [])]);
  return found;
}

/** Fills `address` and `address_said`, every source's answer apart. */
export async function labelAddresses(
  write: WriteCase,
  lists: Lists,
  enrichers: readonly AddressEnricher[],
  hostRegions: ReadonlyMap<string, readonly RegionSaid[]>,
  sources: StatementSources,
): Promise<void> {
  const regions = await regionsOfAddresses(write, hostRegions);
  let id = 0;
  let saidId = 0;
  let after = '';
  for (;;) {
    const page = await write.all<{ ip: string; at: number }>(
      `SELECT remote_ip ip, min(from_us) at FROM contact WHERE remote_ip > ? GROUP BY remote_ip ORDER BY remote_ip LIMIT ${PAGE}`,
      [after],
    );
    const rows: SqlValue[][] = [];
    const saidRows: SqlValue[][] = [];
    const say = (
      source: number,
      kind: string,
      one: Partial<Record<'country' | 'region' | 'name', string | null>>,
      asn: number | null,
    ) => {
      saidId += 1;
      saidRows.push([saidId, id, source, kind, one.country ?? null, one.region ?? null, asn, one.name ?? null]);
    };
    for (const { ip, at } of page) {
      id += 1;
      const { scope, plain } = scopeOf(ip);
      if (scope !== 'public') {
        rows.push([id, ip, scope, null, null, null, null, null, 0, null, null, null, null, null, null]);
        continue;
      }
      const said: Sourced<AddressStatement>[] = enrichers.flatMap((enricher) => enricher.ofAddress(plain));
      const inNames = regions.get(ip) ?? [];
      for (const one of said) {
        if (one.kind === 'network') say(sources.numberOf(one.source), one.kind, { name: one.name }, one.asn);
        else say(sources.numberOf(one.source), one.kind, one, null);
      }
      for (const one of inNames) say(sources.numberOf(one.source), 'host name', one, null);
      const { shown, disputed, confidence } = decidePlace(said, inNames, at);
      const operator = operatorOf(said, lists);
      rows.push([
        id,
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
      ]);
    }
    await write.load('address', addressColumns, rows);
    await write.load('address_said', saidColumns, saidRows);
    if (page.length < PAGE) return;
    after = page.at(-1)!.ip;
  }
}
