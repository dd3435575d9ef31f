/**
 * What is known of addresses and hosts, and by whom. Everything here follows from contacts and look-ups and from the databases
 * that `source` names; it is written anew as a whole whenever one of them changes.
 */
export const destinations: readonly string[] = [
  // key: 'dbip-country 2026-06-01', the same for the same data.
  `CREATE TABLE source (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT NOT NULL, sha256 TEXT NOT NULL,
    licence TEXT NOT NULL, attribution TEXT, shipped INTEGER NOT NULL)`,
  // scope: 'public', 'private', 'link', 'loopback', 'multicast', 'reserved'. country, region, place_source: what is shown as its place.
  // asn, network_name, organisation, state: who runs the network, and the state that can command it. own_services: 1 where that
  // organisation is known to carry nobody else's services in its networks. said: every source's own answer, a JSON list of
  // [source, kind, country, region, asn, name]; kind: 'cloud region', 'host name', 'location', 'registration', 'network'.
  `CREATE TABLE address (
    id INTEGER PRIMARY KEY, ip TEXT NOT NULL UNIQUE, scope TEXT NOT NULL, country TEXT, region TEXT, place_source INTEGER,
    place_kind TEXT, confidence TEXT, disputed INTEGER NOT NULL, asn INTEGER, network_name TEXT, network_source INTEGER,
    organisation TEXT, organisation_name TEXT, state TEXT, own_services INTEGER NOT NULL, said TEXT NOT NULL)`,
  // domain: its registrable part. owner: an organisation's id. service: an id of the catalogue.
  `CREATE TABLE host (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, domain TEXT, owner TEXT, owner_name TEXT, state TEXT, owner_source INTEGER,
    endpoint TEXT, service TEXT, service_name TEXT, service_vendor TEXT, service_optional INTEGER, confidence TEXT,
    service_source INTEGER, tracker TEXT, tracker_category TEXT, tracker_source INTEGER)`,
  // Where a contact leads, by number. id: that of the contact. host: its own name, else one that others give it; host_from: how it is known.
  `CREATE TABLE destination (id INTEGER PRIMARY KEY, address INTEGER NOT NULL, host INTEGER, host_from TEXT)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const destinationsForReader: readonly string[] = destinations.map((statement) =>
  statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'),
);

/** Built after what they are about is written: they are dropped before, since it is always written as a whole. */
export const destinationIndexes: readonly (readonly [name: string, on: string])[] = [
  ['address_country', 'address (country)'],
];
