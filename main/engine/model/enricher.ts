/** A statement about an app by a named source of a named date. Labels are added, never overwritten. */
export interface Label {
  readonly subject:
    | { readonly kind: 'package'; readonly name: string }
    | { readonly kind: 'uid'; readonly uid: number };
  readonly kind: 'service' | 'vendor';
  readonly value: string;
  readonly detail: { readonly id: string; readonly vendor: string; readonly optional: boolean | null };
  readonly source: string;
  readonly date: string;
  readonly confidence: Confidence;
  readonly why: string;
}

export type Confidence = 'high' | 'medium' | 'low';

/** The database or list behind statements: a case names each, so that statements of two of them are kept apart. */
export interface StatementSource {
  /** The same for the same data: `dbip-country 2026-06-01`. */
  readonly key: string;
  readonly title: string;
  /** Date of the data, ISO. */
  readonly date: string;
  readonly sha256: string;
  readonly licence: string;
  /** The words that the licence asks for where results are shown, or null. */
  readonly attribution: string | null;
  readonly shipped: boolean;
}

/**
 * What a source says of an address. Compact, since a case may have a hundred thousand addresses: the words are made when somebody
 * looks. Countries are two letters of ISO 3166-1.
 */
export type AddressStatement =
  | { readonly kind: 'cloud region' | 'location'; readonly country: string; readonly region: string | null }
  | { readonly kind: 'registration'; readonly country: string }
  | { readonly kind: 'network'; readonly asn: number; readonly name: string };

/** What a source says of a host by its name. `organisation` and `service` are ids of the lists. */
export type HostStatement =
  | { readonly kind: 'endpoint'; readonly endpoint: string; readonly service: string; readonly confidence: Confidence }
  | { readonly kind: 'owner'; readonly organisation: string; readonly domain: string; readonly confidence: Confidence }
  | { readonly kind: 'tracker'; readonly organisation: string; readonly category: string }
  /** The name itself carries the region of the server: `….ap-south-1.elb.amazonaws.com`. */
  | { readonly kind: 'region'; readonly country: string; readonly region: string };

interface Named {
  /** Equals the folder's name. */
  readonly id: string;
  readonly title: string;
}

/** Labels apps from data that ships with the program. Offline and pure. */
export interface Enricher extends Named {
  readonly source: string;
  /** Date of the data, ISO. */
  readonly date: string;
  label(subject: { readonly packages: readonly string[]; readonly uid: number }): readonly Label[];
}

/** A statement with the database or list that makes it. */
export type Sourced<T> = T & { readonly source: StatementSource };

/** Says what databases know of public addresses. Offline and pure; one that has several databases answers for each. */
export interface AddressEnricher extends Named {
  /** `ip` as text; an IPv4 address that was mapped into IPv6 comes as IPv4. */
  ofAddress(ip: string): readonly Sourced<AddressStatement>[];
}

/** Says what lists know of hosts by their names. Offline and pure. */
export interface HostEnricher extends Named {
  /** `name` in lower case without a final dot; `domain` its registrable part, or null for a single label. */
  ofHost(name: string, domain: string | null): readonly Sourced<HostStatement>[];
}
