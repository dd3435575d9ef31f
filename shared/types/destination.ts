import { z } from 'zod';

/** Two letters of ISO 3166-1, upper case. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/);
export const confidences = z.enum(['high', 'medium', 'low']);

/**
 * What one source says of where an address is. `cloud region`: the operator publishes the region of the range. `location`: a
 * database of places. `registration`: the country under which the range is registered, which is no place of a server.
 * `host name`: the operator's own name for the server carries the region.
 */
export const placeSaid = z.object({
  kind: z.enum(['cloud region', 'host name', 'location', 'registration']),
  country: countryCode,
  /** Name of a region or city, as the source says it. */
  region: z.string().nullable(),
  source: z.string(),
  /** Date of the source's data, ISO; a place of an earlier day may have been another. */
  date: z.string(),
});
export type PlaceSaid = z.infer<typeof placeSaid>;

/** Who can be commanded to give out data: an organisation, its group, and the state whose law can command it. */
export const organisationView = z.object({
  id: z.string(),
  name: z.string(),
  group: z.string().nullable(),
  /** Two letters, or null where it is not known. */
  state: z.string().nullable(),
});
export type OrganisationView = z.infer<typeof organisationView>;

/** All that is known of one address. Inner addresses (`scope` other than `public`) have no place. */
export const addressView = z.object({
  ip: z.string(),
  scope: z.enum(['public', 'private', 'link', 'loopback', 'multicast', 'reserved']),
  /** The place that is shown; null where no source has one. */
  place: z
    .object({
      country: countryCode,
      region: z.string().nullable(),
      source: z.string(),
      date: z.string(),
      disputed: z.boolean(),
      confidence: confidences,
    })
    .nullable(),
  /** Every source's own answer, the shown one first. */
  said: z.array(placeSaid),
  /** Who announces the range, and whose that is. */
  network: z.object({ asn: z.number().int(), name: z.string(), source: z.string(), date: z.string() }).nullable(),
  organisation: organisationView.nullable(),
});
export type AddressView = z.infer<typeof addressView>;

export const destinationGroups = ['country', 'organisation', 'service', 'host', 'address', 'state'] as const;
export type DestinationBy = (typeof destinationGroups)[number];

/**
 * One row of destinations: all contacts that share a country, an organisation, a service, a host or an address. Bytes are those of
 * captured frames, and null where no source tells them; they enter no sum of the phone's own counters.
 */
export const destinationRow = z.object({
  /** What the row is about, as `by` says; null: all contacts of which it is not known. */
  key: z.string().nullable(),
  name: z.string(),
  /** Countries of the addresses; two letters each. */
  countries: z.array(z.string()),
  /** States that can command whoever runs the network, and whoever owns the host. */
  operatorStates: z.array(z.string()),
  ownerStates: z.array(z.string()),
  operators: z.array(z.string()),
  owners: z.array(z.string()),
  services: z.array(z.object({ id: z.string(), name: z.string(), optional: z.boolean().nullable() })),
  /** Owners of hosts that are known to follow people across apps. */
  trackers: z.array(z.string()),
  hosts: z.array(z.string()),
  /** How many there are in all: `hosts` and `addresses` name at most fifty. */
  hostCount: z.number().int(),
  addresses: z.array(z.string()),
  addressCount: z.number().int(),
  apps: z.array(z.string()),
  /** Addresses of which sources disagree about the place. */
  disputed: z.number().int(),
  contacts: z.number().int(),
  sent: z.number().nullable(),
  received: z.number().nullable(),
  first: z.string(),
  last: z.string(),
});
export type DestinationRow = z.infer<typeof destinationRow>;

/** What databases and lists spoke of the destinations of a case. */
export const sourceView = z.object({
  key: z.string(),
  title: z.string(),
  date: z.string(),
  sha256: z.string(),
  licence: z.string(),
  /** The words that its licence asks for where results are shown; null where it asks for none. */
  attribution: z.string().nullable(),
  /** It came with the program; else the examiner imported it. */
  shipped: z.boolean(),
});
export type SourceView = z.infer<typeof sourceView>;

export const destinationsView = z.object({
  by: z.enum(destinationGroups),
  rows: z.array(destinationRow),
  sources: z.array(sourceView),
});
export type DestinationsView = z.infer<typeof destinationsView>;
