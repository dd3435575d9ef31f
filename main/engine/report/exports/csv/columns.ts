import type { EventView } from '../../../../../shared/types/event.ts';

export type Cell = string | number | boolean | null;

const listed = (list: readonly unknown[] | undefined): Cell =>
  list === undefined || list.length === 0 ? null : JSON.stringify(list);

/**
 * The columns of the CSV, in order: the names of the command line's `events`, nested ones joined by `_`. Scripts rely on
 * the names; add at the end, rename nothing.
 */
export const columns: readonly (readonly [name: string, read: (event: EventView) => Cell])[] = [
  ['id', (event) => event.id],
  ['kind', (event) => event.kind],
  ['from', (event) => event.from],
  ['to', (event) => event.to],
  ['errorUs', (event) => event.errorUs],
  ['uid', (event) => event.uid],
  ['user', (event) => event.user],
  ['packages', (event) => (event.packages.length === 0 ? null : event.packages.join(' '))],
  ['app', (event) => event.app],
  ['direction', (event) => event.direction],
  ['sent', (event) => event.sent],
  ['received', (event) => event.received],
  ['sentPackets', (event) => event.sentPackets],
  ['receivedPackets', (event) => event.receivedPackets],
  ['foreground', (event) => event.foreground],
  ['tag', (event) => event.tag],
  ['network_type', (event) => event.network?.type ?? null],
  ['network_name', (event) => event.network?.name ?? null],
  ['network_roaming', (event) => event.network?.roaming ?? null],
  ['network_metered', (event) => event.network?.metered ?? null],
  ['network_vpn', (event) => event.network?.vpn ?? null],
  ['remote_ip', (event) => event.remote?.ip ?? null],
  ['remote_port', (event) => event.remote?.port ?? null],
  ['remote_protocol', (event) => event.remote?.protocol ?? null],
  ['remote_host', (event) => event.remote?.host ?? null],
  ['remote_hostFrom', (event) => event.remote?.hostFrom ?? null],
  ['place_country', (event) => event.place?.country ?? null],
  ['place_source', (event) => event.place?.source ?? null],
  ['place_date', (event) => event.place?.date ?? null],
  ['place_disputed', (event) => event.place?.disputed ?? null],
  ['operator_asn', (event) => event.operator?.asn ?? null],
  ['operator_name', (event) => event.operator?.name ?? null],
  ['operator_state', (event) => event.operator?.state ?? null],
  ['owner_name', (event) => event.owner?.name ?? null],
  ['owner_state', (event) => event.owner?.state ?? null],
  ['owner_from', (event) => event.owner?.from ?? null],
  ['service_id', (event) => event.service?.id ?? null],
  ['service_name', (event) => event.service?.name ?? null],
  ['service_optional', (event) => event.service?.optional ?? null],
  ['service_confidence', (event) => event.service?.confidence ?? null],
  ['evidence_id', (event) => event.evidence.id],
  ['evidence_section', (event) => event.evidence.section],
  ['evidence_line', (event) => event.evidence.line],
  ['evidence_offset', (event) => event.evidence.offset],
  ['counted', (event) => event.counted],
  ['seen_openAtFirst', (event) => event.seen?.openAtFirst ?? null],
  ['seen_openAtLast', (event) => event.seen?.openAtLast ?? null],
  ['seen_state', (event) => event.seen?.state ?? null],
  ['seen_local', (event) => event.seen?.local ?? null],
  // Lists of statements, each as JSON.
  ['correlated_apps', (event) => listed(event.correlated?.apps)],
  ['correlated_hosts', (event) => listed(event.correlated?.hosts)],
  ['correlated_networks', (event) => listed(event.correlated?.networks)],
];
