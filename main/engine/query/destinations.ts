import { isoOf } from '../../../shared/base/time.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import type { DestinationBy, DestinationRow, DestinationsView, SourceView } from '../../../shared/types/destination.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { contactCondition, contactTablesFor } from './contacts.ts';
import {
  endsOfSums,
  INNER,
  ownerName,
  ownerState,
  peerName,
  shownOrganisation,
  shownState,
  unlessInner,
} from './destination-columns.ts';
import type { Dictionary } from './dictionary.ts';
import { truth } from './event-fields.ts';
import { ownerUid } from './joins.ts';

const NAMED_AT_MOST = 50;

/** What the rows of each kind are about, over the aliases of `contactTables`. */
export const destinationKeys: Readonly<Record<DestinationBy, string>> = {
  country: unlessInner('ad.country'),
  organisation: shownOrganisation,
  state: shownState,
  service: 'coalesce(ho.service, a.service_id)',
  host: 'coalesce(ho.name, c.remote_ip)',
  address: 'c.remote_ip',
};

interface PeerRow {
  readonly what: string | null;
  readonly address: string;
  readonly host: string | null;
  readonly country: string | null;
  readonly disputed: number;
  readonly network: string | null;
  readonly operator: string | null;
  readonly operatorState: string | null;
  readonly owner: string | null;
  readonly ownerState: string | null;
  readonly service: string | null;
  readonly serviceName: string | null;
  readonly optional: number | null;
  readonly tracker: string | null;
  readonly uids: string;
  readonly said: string;
  readonly contacts: number;
  readonly sent: number | null;
  readonly received: number | null;
  readonly first: number;
  readonly last: number;
}

function peers(read: ReadCase, by: DestinationBy, filter: EventFilter): Promise<PeerRow[]> {
  const condition = contactCondition(filter);
  if (condition.nothing) return Promise.resolve([]);
  // Contacts are added up before what is known of their ends is joined: once an end, not once a contact.
  return read.all<PeerRow>(
    `WITH met AS (
       SELECT c.remote_ip, ${peerName} peer, c.uid, json_group_array(DISTINCT ${ownerUid}) uids, json_group_array(DISTINCT fl.app) said,
         count(*) contacts, sum(c.sent) sent, sum(c.received) received, min(c.from_us) first, max(c.to_us) last
       FROM ${contactTablesFor(condition.sql)} LEFT JOIN flow fl ON fl.id = c.id WHERE 1${condition.sql}
       GROUP BY c.remote_ip, peer, c.uid)
     SELECT ${destinationKeys[by]} what, c.remote_ip address, ho.name host, ad.country, coalesce(ad.disputed, 0) disputed,
       ad.network_name network, ad.organisation_name operator, ad.state operatorState, ${ownerName} owner, ${ownerState} ownerState,
       coalesce(ho.service, a.service_id) service, coalesce(ho.service_name, a.service_name) serviceName,
       CASE WHEN ho.service IS NULL THEN a.service_optional ELSE ho.service_optional END optional, ho.tracker,
       c.uids, c.said, c.contacts, c.sent, c.received, c.first, c.last
     FROM met c LEFT JOIN app a ON a.uid = c.uid ${endsOfSums}`,
    condition.params,
  );
}

class Gathered {
  readonly #key: string | null;
  readonly #sets = {
    countries: new Set<string>(),
    operatorStates: new Set<string>(),
    ownerStates: new Set<string>(),
    operators: new Set<string>(),
    owners: new Set<string>(),
    trackers: new Set<string>(),
    apps: new Set<string>(),
  };
  readonly #hosts = new Map<string, number>();
  readonly #addresses = new Map<string, number>();
  readonly #disputed = new Set<string>();
  readonly #services = new Map<string, DestinationRow['services'][number]>();
  #contacts = 0;
  #sent: number | null = null;
  #received: number | null = null;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(key: string | null) {
    this.#key = key;
  }

  take(row: PeerRow, dictionary: Dictionary): void {
    const sets = this.#sets;
    const put = (set: Set<string>, value: string | null) => void (value !== null && set.add(value));
    put(sets.countries, row.country);
    put(sets.operatorStates, row.operatorState);
    put(sets.ownerStates, row.ownerState);
    put(sets.operators, row.operator ?? row.network);
    put(sets.owners, row.owner);
    put(sets.trackers, row.tracker);
    const uids = (JSON.parse(row.uids) as (number | null)[]).filter((one) => one !== null);
    for (const one of uids) sets.apps.add(dictionary.apps.get(one)?.name ?? `uid ${one}`);
    if (uids.length === 0) for (const one of JSON.parse(row.said) as (string | null)[]) put(sets.apps, one);
    const bytes = (row.sent ?? 0) + (row.received ?? 0);
    if (row.host !== null) this.#hosts.set(row.host, (this.#hosts.get(row.host) ?? 0) + bytes);
    this.#addresses.set(row.address, (this.#addresses.get(row.address) ?? 0) + bytes);
    if (row.disputed === 1) this.#disputed.add(row.address);
    if (row.service !== null)
      this.#services.set(row.service, {
        id: row.service,
        name: row.serviceName ?? row.service,
        optional: truth(row.optional),
      });
    this.#contacts += row.contacts;
    if (row.sent !== null) this.#sent = (this.#sent ?? 0) + row.sent;
    if (row.received !== null) this.#received = (this.#received ?? 0) + row.received;
    this.#first = Math.min(this.#first, row.first);
    this.#last = Math.max(this.#last, row.last);
  }

  view(name: (key: string | null, row: Gathered) => string): DestinationRow {
    const most = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .slice(0, NAMED_AT_MOST)
        .map(([value]) => value);
    const sorted = (set: ReadonlySet<string>) => [...set].sort();
    const { countries, operatorStates, ownerStates, operators, owners, trackers, apps } = this.#sets;
    return {
      key: this.#key,
      name: name(this.#key, this),
      countries: sorted(countries),
      operatorStates: sorted(operatorStates),
      ownerStates: sorted(ownerStates),
      operators: sorted(operators),
      owners: sorted(owners),
      services: [...this.#services.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      trackers: sorted(trackers),
      hosts: most(this.#hosts),
      hostCount: this.#hosts.size,
      addresses: most(this.#addresses),
      addressCount: this.#addresses.size,
      apps: sorted(apps),
      disputed: this.#disputed.size,
      contacts: this.#contacts,
      sent: this.#sent,
      received: this.#received,
      first: isoOf(this.#first),
      last: isoOf(this.#last),
    };
  }

  /** The only one of a kind, or null. */
  only(kind: 'operators' | 'owners'): string | null {
    const set = this.#sets[kind];
    return set.size === 1 ? [...set][0]! : null;
  }

  service(id: string): string | null {
    return this.#services.get(id)?.name ?? null;
  }
}

/** What a lane or a row of inner addresses is called. */
export const INNER_NAME = 'Inner and reserved addresses';

const NOT_KNOWN: Readonly<Record<DestinationBy, string>> = {
  country: 'Country not known',
  organisation: 'Organisation not known',
  state: 'State not known',
  service: 'No known service',
  host: 'Host not known',
  address: 'Address not known',
};

function nameOf(by: DestinationBy, key: string | null, row: Gathered): string {
  if (key === null) return NOT_KNOWN[by];
  if (key === INNER && by !== 'host' && by !== 'address') return INNER_NAME;
  if (by === 'country' || by === 'state') return countryName(key);
  if (by === 'organisation')
    return (key.startsWith('AS') ? row.only('operators') : (row.only('owners') ?? row.only('operators'))) ?? key;
  if (by === 'service') return row.service(key) ?? key;
  return key;
}

/** Databases and lists that spoke of the destinations of the case. */
export async function sourceList(read: ReadCase): Promise<SourceView[]> {
  const rows = await read.all<Omit<SourceView, 'shipped'> & { shipped: number }>(
    `SELECT key, title, date, sha256, licence, attribution, shipped FROM source ORDER BY id`,
  );
  return rows.map((row) => ({ ...row, shipped: row.shipped === 1 }));
}

/**
 * All contacts that a filter lets through, by what they share. The most bytes first, then the most contacts; what is not known and
 * what stays inside come last.
 */
export async function destinationList(
  read: ReadCase,
  dictionary: Dictionary,
  by: DestinationBy,
  filter: EventFilter,
): Promise<DestinationsView> {
  const rows = new Map<string | null, Gathered>();
  for (const row of await peers(read, by, filter)) {
    const gathered = rows.get(row.what) ?? new Gathered(row.what);
    rows.set(row.what, gathered);
    gathered.take(row, dictionary);
  }
  const bytes = (one: DestinationRow) => (one.sent ?? 0) + (one.received ?? 0);
  const rank = (one: DestinationRow) => (one.key === null ? 2 : one.key === INNER ? 1 : 0);
  const views = [...rows.values()].map((row) => row.view((key, own) => nameOf(by, key, own)));
  views.sort(
    (a, b) => rank(a) - rank(b) || bytes(b) - bytes(a) || b.contacts - a.contacts || (a.name < b.name ? -1 : 1),
  );
  return { by, rows: views, sources: await sourceList(read) };
}
