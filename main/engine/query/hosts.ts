import { isoOf } from '../../../shared/base/time.ts';
import { notThePeersInSql } from '../../../shared/text/host-words.ts';
import type { HostView } from '../../../shared/types/host.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { truth } from './event-fields.ts';

interface HostRow {
  readonly host: string | null;
  readonly froms: string;
  readonly addresses: string;
  readonly ports: string;
  readonly apps: string;
  readonly sources: string;
  readonly contacts: number;
  readonly sent: number | null;
  readonly received: number | null;
  readonly sentPackets: number | null;
  readonly receivedPackets: number | null;
  readonly first: number;
  readonly last: number;
}

const known = (text: string) => (JSON.parse(text) as (string | null)[]).filter((one) => one !== null).sort();

type Labels = Pick<HostView, 'countries' | 'operators' | 'domain' | 'owner' | 'service' | 'tracker'>;

interface NamedRow {
  readonly name: string;
  readonly domain: string | null;
  readonly owner_name: string | null;
  readonly state: string | null;
  readonly service: string | null;
  readonly service_name: string | null;
  readonly service_vendor: string | null;
  readonly service_optional: number | null;
  readonly confidence: 'high' | 'medium' | 'low' | null;
  readonly tracker: string | null;
  readonly tracker_category: string | null;
}

/** What lists and databases know, for a host by its name and its addresses. */
async function labels(read: ReadCase): Promise<(host: string | null, addresses: readonly string[]) => Labels> {
  const named = await read.all<NamedRow>(
    `SELECT name, domain, owner_name, state, service, service_name, service_vendor, service_optional, confidence, tracker, tracker_category
     FROM host`,
  );
  const places = await read.all<{ ip: string; country: string | null; operator: string | null; state: string | null }>(
    `SELECT ip, country, coalesce(organisation_name, network_name) operator, state FROM address`,
  );
  const byName = new Map(named.map((row) => [row.name, row]));
  const byIp = new Map(places.map((row) => [row.ip, row]));
  return (host, addresses) => {
    const row = host === null ? undefined : byName.get(host);
    const at = addresses.flatMap((ip) => byIp.get(ip) ?? []);
    const operators = new Map(at.flatMap(({ operator, state }) => (operator === null ? [] : [[operator, state]])));
    return {
      countries: [...new Set(at.flatMap(({ country }) => country ?? []))].sort(),
      operators: [...operators].map(([name, state]) => ({ name, state })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      domain: row?.domain ?? null,
      owner: row?.owner_name ? { name: row.owner_name, state: row.state } : null,
      service: row?.service
        ? {
            id: row.service,
            name: row.service_name ?? row.service,
            vendor: row.service_vendor,
            optional: truth(row.service_optional),
            confidence: row.confidence ?? 'low',
          }
        : null,
      tracker: row?.tracker ? { name: row.tracker, category: row.tracker_category } : null,
    };
  };
}

/**
 * Hosts and the addresses without a name, the most bytes first, then by the number of contacts. A name that was only asked
 * for has no contacts and no addresses of its own.
 */
export async function hostList(read: ReadCase): Promise<HostView[]> {
  const rows = await read.all<HostRow>(
    `WITH peer AS (
       SELECT *, CASE WHEN host_from IN (${notThePeersInSql}) THEN NULL ELSE lower(host) END name FROM contact)
     SELECT c.name host, json_group_array(DISTINCT CASE WHEN c.name IS NULL THEN NULL ELSE c.host_from END) froms,
       json_group_array(DISTINCT c.remote_ip) addresses,
       json_group_array(DISTINCT c.protocol || coalesce('/' || c.remote_port, '')) ports,
       json_group_array(DISTINCT coalesce(a.name, f.app, 'uid ' || c.uid)) apps, json_group_array(DISTINCT c.source) sources,
       count(*) contacts, sum(c.sent) sent, sum(c.received) received, sum(c.sent_packets) sentPackets,
       sum(c.received_packets) receivedPackets, min(c.from_us) first, max(c.to_us) last
     FROM peer c LEFT JOIN app a ON a.uid = c.uid LEFT JOIN flow f ON f.id = c.id
     GROUP BY c.name, CASE WHEN c.name IS NULL THEN c.remote_ip END`,
  );
  const asked = await read.all<{ name: string; n: number; apps: string; first: number; last: number }>(
    `SELECT lower(l.name) name, count(*) n, json_group_array(DISTINCT coalesce(a.name, 'uid ' || l.uid)) apps,
       min(l.from_us) first, max(l.from_us) last
     FROM lookup l LEFT JOIN app a ON a.uid = l.uid WHERE l.name <> '' GROUP BY lower(l.name)`,
  );
  const labelled = await labels(read);
  const lookUps = new Map(asked.map((one) => [one.name, one]));
  const seen = rows.map((row): HostView => {
    const names = row.host === null ? undefined : lookUps.get(row.host);
    if (row.host !== null) lookUps.delete(row.host);
    return {
      host: row.host,
      hostFrom: known(row.froms),
      addresses: known(row.addresses),
      ports: known(row.ports),
      apps: [...new Set([...known(row.apps), ...(names ? known(names.apps) : [])])].sort(),
      sources: known(row.sources),
      contacts: row.contacts,
      lookUps: names?.n ?? 0,
      sent: row.sent,
      received: row.received,
      sentPackets: row.sentPackets,
      receivedPackets: row.receivedPackets,
      first: isoOf(Math.min(row.first, names?.first ?? row.first)),
      last: isoOf(Math.max(row.last, names?.last ?? row.last)),
      ...labelled(row.host, known(row.addresses)),
    };
  });
  const onlyAsked = [...lookUps.values()].map(
    (one): HostView => ({
      host: one.name,
      hostFrom: ['dns'],
      addresses: [],
      ports: [],
      apps: known(one.apps),
      sources: ['capture'],
      contacts: 0,
      lookUps: one.n,
      sent: null,
      received: null,
      sentPackets: null,
      receivedPackets: null,
      first: isoOf(one.first),
      last: isoOf(one.last),
      ...labelled(one.name, []),
    }),
  );
  const bytes = (one: HostView) => (one.sent ?? 0) + (one.received ?? 0);
  const name = (one: HostView) => one.host ?? one.addresses[0] ?? '';
  return [...seen, ...onlyAsked].sort(
    (a, b) => bytes(b) - bytes(a) || b.contacts - a.contacts || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0),
  );
}
