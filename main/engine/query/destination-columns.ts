import type { EventView } from '../../../shared/types/event.ts';
import { truth } from './event-fields.ts';

/** The joins of a contact (alias c) to where it leads: d (destination), ad (address), ho (host), ps (the source of the place). */
export const destinationTables = `LEFT JOIN destination d ON d.id = c.id LEFT JOIN address ad ON ad.id = d.address
  LEFT JOIN host ho ON ho.id = d.host LEFT JOIN source ps ON ps.id = ad.place_source`;

/**
 * Whose host it is: by its name where lists know it, else, of an address without a name, the organisation whose network carries only its
 * own services. `byHost` is the column of the owner's host, `byNetwork` that of the organisation.
 */
const owned = (byHost: string, byNetwork: string) =>
  `CASE WHEN ho.owner IS NOT NULL THEN ${byHost} WHEN d.host IS NULL AND ad.own_services = 1 THEN ${byNetwork} END`;
export const ownerId = owned('ho.owner', 'ad.organisation');
export const ownerName = owned('ho.owner_name', 'ad.organisation_name');
export const ownerState = owned('ho.state', 'ad.state');

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
