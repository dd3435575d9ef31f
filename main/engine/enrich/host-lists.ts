import { z } from 'zod';
import type { StatementSource } from '../model/enricher.ts';
import type { ResourceManifest } from './manifest.ts';

/** Lower case, international labels in their ASCII form (RFC 5890); a single label is a top-level domain of one company. */
const domainName = z.string().regex(/^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/);
const confidence = z.enum(['high', 'medium', 'low']);
const head = {
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  sources: z.array(
    z.strictObject({ id: z.string(), title: z.string(), url: z.url().nullable(), date: z.string().nullable() }),
  ),
};

/** What the hosts of a tracker are for. */
export const trackerCategories = ['analytics', 'advertising', 'attribution', 'crash reports', 'push'] as const;

/** The shape of `resources/lists/owners.json`; its fields are explained in `resources/lists/LIST.md`. */
export const ownerList = z.strictObject({
  list: z.literal('owners'),
  ...head,
  owners: z.array(
    z.strictObject({
      /** Id of a row in `organisations.json`. */
      organisation: z.string(),
      source: z.string(),
      confidence,
      /** The organisation rents names below these to others: whose host such a name is, is not known. */
      rented: z.literal(true).optional(),
      domains: z.array(domainName).min(1),
    }),
  ),
});
export type OwnerList = z.infer<typeof ownerList>;

/** The shape of `resources/lists/trackers.json`. */
export const trackerList = z.strictObject({
  list: z.literal('trackers'),
  ...head,
  trackers: z.array(
    z.strictObject({
      organisation: z.string(),
      category: z.enum(trackerCategories),
      source: z.string(),
      confidence,
      domains: z.array(domainName).min(1),
    }),
  ),
});
export type TrackerList = z.infer<typeof trackerList>;

interface DomainRow {
  readonly organisation: string;
  readonly source: string;
  readonly domains: readonly string[];
}

/**
 * Rows by their domains. A domain holds for itself and all names below it; the longest one that fits a name counts. A name costs one
 * look-up for each of its labels.
 */
export class DomainBook<Row extends DomainRow> {
  readonly source: StatementSource;
  readonly rows: readonly Row[];
  readonly #byDomain: ReadonlyMap<string, Row>;

  constructor(rows: readonly Row[], source: StatementSource) {
    this.rows = rows;
    this.source = source;
    this.#byDomain = new Map(rows.flatMap((row) => row.domains.map((domain) => [domain, row] as const)));
  }

  /** The row of the longest domain that `name` (lower case, no final dot) is or lies below; null where none fits. */
  of(name: string): { readonly domain: string; readonly row: Row } | null {
    for (let at = 0; ; ) {
      const domain = at === 0 ? name : name.slice(at);
      const row = this.#byDomain.get(domain);
      if (row) return { domain, row };
      const dot = name.indexOf('.', at);
      if (dot < 0) return null;
      at = dot + 1;
    }
  }
}
export type OwnerBook = DomainBook<OwnerList['owners'][number]>;
export type TrackerBook = DomainBook<TrackerList['trackers'][number]>;

/** A list of the program as the source of statements. `id`: its name. */
export function listSource(id: string, row: ResourceManifest['files'][number]): StatementSource {
  const { title, date, sha256, licence, attribution = null } = row;
  return { key: `${id} ${date} ${sha256.slice(0, 8)}`, title, date, sha256, licence, attribution, shipped: true };
}

/** What the schemas cannot say: references have their rows, no domain stands twice. One sentence a fault; empty when sound. */
export function faultsOfDomains(
  list: string,
  rows: readonly DomainRow[],
  sources: readonly { readonly id: string }[],
  isOrganisation: (id: string) => boolean,
): string[] {
  const faults: string[] = [];
  const known = new Set(sources.map((one) => one.id));
  const used = new Set(rows.map((row) => row.source));
  const seen = new Set<string>();
  for (const row of rows) {
    if (!isOrganisation(row.organisation)) faults.push(`${list} names the unknown organisation ${row.organisation}.`);
    if (!known.has(row.source)) faults.push(`${list} names the unknown source ${row.source}.`);
    for (const domain of row.domains) {
      if (seen.has(domain)) faults.push(`${list} names the domain ${domain} twice.`);
      seen.add(domain);
    }
  }
  for (const id of known) if (!used.has(id)) faults.push(`${list} has the source ${id}, which no row uses.`);
  return faults;
}
