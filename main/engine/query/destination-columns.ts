import { notThePeersInSql } from '../../../shared/text/host-words.ts';
import type { EventView } from '../../../shared/types/event.ts';
import { truth } from './event-fields.ts';

const namesItsPeer = `c.host IS NOT NULL AND c.host_from NOT IN (${notThePeersInSql})`;
/** Of the first name that others give to the peer with some confidence. */
const given = (what: string) =>
  `(SELECT ${what} FROM contact_name g WHERE g.contact = c.id AND g.confidence <> 'low' ORDER BY g.id LIMIT 1)`;

/** The name of the peer of a contact (alias c), as `host` spells it: its own, else one that others give it; NULL where nobody names it. */
export const peerName = `CASE WHEN ${namesItsPeer} THEN lower(c.host) ELSE ${given('lower(g.host)')} END`;
/** How that name is known. */
export const peerNameFrom = `CASE WHEN ${namesItsPeer} THEN c.host_from ELSE ${given('g.how')} END`;

const addressOf = 'LEFT JOIN address ad ON ad.ip = c.remote_ip';
const hostOf = (peer: string) => `LEFT JOIN host ho ON ho.name = ${peer}`;
const joins = [
  { names: /\b(ad|ps)\./, join: addressOf },
  { names: /\bho\./, join: hostOf(peerName) },
  { names: /\bps\./, join: 'LEFT JOIN source ps ON ps.id = ad.place_source' },
];

/** The same joins to address and host of what contacts were added up by: remote_ip and peer (alias c). */
export const endsOfSums = `${addressOf} ${hostOf('c.peer')}`;

/** The joins of a contact (alias c) to where it leads: ad (address), ho (host), ps (the source of the place). */
export const destinationTables = joins.map(({ join }) => join).join(' ');

/** Those of them whose aliases some SQL names. None adds or drops a row, and in sums SQLite would look up what nobody asks for. */
export const destinationTablesFor = (sql: string): string =>
  joins.flatMap(({ names, join }) => (names.test(sql) ? [join] : [])).join(' ');

/**
 * Whose host it is: by its name where lists know it, else, of an address without a name, the organisation whose network carries only its
 * own services. `byHost` is the column of the owner's host, `byNetwork` that of the organisation.
 */
const owned = (byHost: string, byNetwork: string) =>
  `CASE WHEN ho.owner IS NOT NULL THEN ${byHost} WHEN ho.id IS NULL AND ad.own_services = 1 THEN ${byNetwork} END`;
export const ownerId = owned('ho.owner', 'ad.organisation');
export const ownerName = owned('ho.owner_name', 'ad.organisation_name');
export const ownerState = owned('ho.state', 'ad.state');

/** Addresses that lie in no country: of the phone's own network, of its link. */
export const INNER = 'inner';
export const unlessInner = (known: string) => `CASE WHEN ad.scope <> 'public' THEN '${INNER}' ELSE ${known} END`;

/** The organisation and the state that a contact is shown with where it can be only one: the owner's, else the operator's. */
export const shownOrganisation = unlessInner(`coalesce(${ownerId}, ad.organisation, 'AS' || ad.asn)`);
export const shownState = unlessInner(`coalesce(${ownerState}, ad.state)`);

/** Columns of an event beside those of a contact: its place, who runs the network, and the service of its host. */
export const destinationColumns = `ad.country, ps.title place_title, ps.date place_date, ad.disputed, ad.asn,
  coalesce(ad.organisation_name, ad.network_name) operator_name, ad.state operator_state, ${ownerName} owner_name,
  ${ownerState} owner_state, ${owned("'host'", "'network'")} owner_from,
  ho.service host_service, ho.service_name host_service_name, ho.service_optional host_optional, ho.confidence host_confidence`;

export interface DestinationColumns {
  readonly country: string | null;
  readonly place_title: string | null;
  readonly place_date: string | null;
  readonly disputed: number | null;
  readonly asn: number | null;
  readonly operator_name: string | null;
  readonly operator_state: string | null;
  readonly owner_name: string | null;
  readonly owner_state: string | null;
  readonly owner_from: 'host' | 'network' | null;
  readonly host_service: string | null;
  readonly host_service_name: string | null;
  readonly host_optional: number | null;
  readonly host_confidence: 'high' | 'medium' | 'low' | null;
}

/** Where an event leads. The service is that of the host; the one of the app stands where the host tells none. */
export function destinationFields(
  row: DestinationColumns,
  appService: EventView['service'],
): Pick<EventView, 'place' | 'operator' | 'owner' | 'service'> {
  return {
    place:
      row.country === null || row.place_title === null || row.place_date === null
        ? null
        : { country: row.country, source: row.place_title, date: row.place_date, disputed: row.disputed === 1 },
    operator: row.operator_name === null ? null : { asn: row.asn, name: row.operator_name, state: row.operator_state },
    owner:
      row.owner_name === null || row.owner_from === null
        ? null
        : { name: row.owner_name, state: row.owner_state, from: row.owner_from },
    service:
      row.host_service === null
        ? appService
        : {
            id: row.host_service,
            name: row.host_service_name ?? row.host_service,
            optional: truth(row.host_optional),
            confidence: row.host_confidence ?? 'low',
          },
  };
}
