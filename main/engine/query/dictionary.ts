import type { ReadCase } from '../ports/case-handle.ts';

export interface SeriesRow {
  readonly id: number;
  readonly section: number;
  readonly recorder: string;
  readonly history: string;
  readonly network: number;
  readonly uid: number;
  readonly user: number | null;
  readonly counter_set: string;
  readonly foreground: number | null;
  readonly tag: number;
  readonly bucket_us: number;
  readonly counted_as: string | null;
}
export interface NetworkRow {
  readonly id: number;
  readonly key: string;
  readonly type: string;
  readonly name: string | null;
  readonly roaming: number | null;
  readonly metered: number | null;
  readonly vpn: number;
}
export interface AppRow {
  readonly uid: number;
  readonly user: number | null;
  readonly name: string;
  readonly kind: string;
  readonly packages: string;
  readonly preinstalled: number | null;
  readonly installer: string | null;
  readonly first_install: string | null;
  readonly service_id: string | null;
  readonly service_name: string | null;
  readonly service_vendor: string | null;
  readonly service_optional: number | null;
  readonly service_confidence: string | null;
}
export interface SectionRow {
  readonly id: number;
  readonly evidence: string;
  readonly name: string;
  readonly member: string | null;
  readonly first_line: number | null;
  readonly offset: number;
  readonly artifact: string | null;
}

/** The small tables of a case, held in memory so that a query touches only the large one. */
export interface Dictionary {
  readonly series: ReadonlyMap<number, SeriesRow>;
  readonly networks: ReadonlyMap<number, NetworkRow>;
  readonly apps: ReadonlyMap<number, AppRow>;
  readonly sections: ReadonlyMap<number, SectionRow>;
  /** The first network with a lane's key, and the first app of a service. */
  readonly networkOfKey: ReadonlyMap<string, NetworkRow>;
  readonly appOfService: ReadonlyMap<string, AppRow>;
  /** Names of services that hosts tell, and of organisations that own hosts or run networks, by their ids. */
  readonly hostServices: ReadonlyMap<string, { readonly name: string; readonly vendor: string | null }>;
  readonly organisations: ReadonlyMap<string, string>;
}

function byId<R extends { id: number }>(rows: readonly R[]): Map<number, R> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Reads the small tables once; whoever writes the case throws the answer away. */
export async function loadDictionary(read: ReadCase): Promise<Dictionary> {
  const [series, networks, apps, sections, services, organisations] = await Promise.all([
    read.all<SeriesRow>(
      `SELECT id, section, recorder, history, network, uid, user, counter_set, foreground, tag, bucket_us, counted_as FROM series`,
    ),
    read.all<NetworkRow>(`SELECT id, key, type, name, roaming, metered, vpn FROM network`),
    read.all<AppRow>(`SELECT * FROM app`),
    read.all<SectionRow>(`SELECT id, evidence, name, member, first_line, offset, artifact FROM section`),
    read.all<{ id: string; name: string; vendor: string | null }>(
      `SELECT service id, max(service_name) name, max(service_vendor) vendor FROM host WHERE service IS NOT NULL GROUP BY service`,
    ),
    read.all<{ id: string; name: string }>(
      `SELECT owner id, max(owner_name) name FROM host WHERE owner IS NOT NULL GROUP BY owner
       UNION SELECT organisation, max(organisation_name) FROM address WHERE organisation IS NOT NULL GROUP BY organisation
       UNION SELECT 'AS' || asn, max(network_name) FROM address WHERE asn IS NOT NULL AND organisation IS NULL GROUP BY asn`,
    ),
  ]);
  return {
    series: byId(series),
    networks: byId(networks),
    apps: new Map(apps.map((row) => [row.uid, row])),
    sections: byId(sections),
    networkOfKey: new Map(networks.toReversed().map((row) => [row.key, row])),
    hostServices: new Map(services.map((row) => [row.id, row])),
    organisations: new Map(organisations.map(({ id, name }) => [id, name])),
    appOfService: new Map(apps.toReversed().flatMap((row) => (row.service_id ? [[row.service_id, row]] : []))),
  };
}

/** A lane's or a field's words for a network. */
export function networkTitle(network: NetworkRow): string {
  const medium: Readonly<Record<string, string>> = {
    wifi: 'Wi-Fi',
    mobile: 'Mobile',
    ethernet: 'Ethernet',
    bluetooth: 'Bluetooth',
    vpn: 'VPN',
    other: 'Other network',
    none: 'No network said',
  };
  const name = network.type === 'mobile' && network.name ? `${network.name}…` : network.name;
  return `${medium[network.type] ?? network.type}${name ? ` ${name}` : ''}${network.roaming ? ', roaming' : ''}`;
}
