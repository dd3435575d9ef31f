import { z } from 'zod';

/** `published`: a source says it. `maker's statement`: the maker says it, nobody checked. */
const basis = z.enum(['published', "maker's statement", 'general knowledge']);

/** One package in one service. A package may stand twice where sources disagree; both rows become labels. */
const packageEntry = z.strictObject({
  package: z.string().regex(/^[A-Za-z][\w]*(\.[A-Za-z_]\w*)+$/),
  /** Id of a row in `services`. */
  service: z.string(),
  /** What the package does in that service, as a short phrase. */
  role: z.string().min(1),
  /** Whether a user can do without the service and switch it off; null where nobody knows. */
  optional: z.enum(['yes', 'no']).nullable(),
  optionalBasis: basis.nullable(),
  switchOff: z.strictObject({ how: z.string().min(1), basis }).nullable(),
  /** Ids of rows in `sources`, at least one. */
  sources: z.array(z.string()).min(1),
  /** Day on which the row was written or last checked. */
  date: z.iso.date(),
  confidence: z.enum(['high', 'medium', 'low']),
  /** For names that other makers use for other apps: makers (`ro.product.manufacturer`) for whom the row holds. */
  onlyMakers: z.array(z.string()).min(1).optional(),
});

/** The shape of `resources/lists/services.json`; its fields are explained in `resources/lists/LIST.md`. */
export const serviceList = z.strictObject({
  list: z.literal('services'),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  sources: z.array(
    z.strictObject({ id: z.string(), title: z.string(), url: z.url().nullable(), date: z.string().nullable() }),
  ),
  services: z.array(z.strictObject({ id: z.string(), vendor: z.string(), name: z.string(), does: z.string() })),
  packages: z.array(packageEntry),
  /** Beginnings of package names that a vendor uses; a hint of low confidence. */
  prefixes: z.array(z.strictObject({ prefix: z.string().endsWith('.'), vendor: z.string() })),
});
export type ServiceList = z.infer<typeof serviceList>;
export type PackageEntry = ServiceList['packages'][number];

/** What the schema cannot say: ids are unique and every reference has its row. One sentence a fault; empty when sound. */
export function faultsOf(list: ServiceList): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [kind, rows] of [['source', list.sources] as const, ['service', list.services] as const]) {
    for (const row of rows) {
      if (seen.has(`${kind} ${row.id}`)) faults.push(`The ${kind} ${row.id} stands twice.`);
      seen.add(`${kind} ${row.id}`);
    }
  }
  const pairs = new Set<string>();
  for (const row of list.packages) {
    if (!seen.has(`service ${row.service}`)) faults.push(`${row.package} names the unknown service ${row.service}.`);
    for (const source of row.sources) {
      if (!seen.has(`source ${source}`)) faults.push(`${row.package} names the unknown source ${source}.`);
    }
    if ((row.optional === null) !== (row.optionalBasis === null)) {
      faults.push(`${row.package} must give a basis for "optional" exactly when it gives an answer.`);
    }
    const pair = `${row.package} ${row.service} ${row.optional}`;
    if (pairs.has(pair)) faults.push(`${row.package} says the same of ${row.service} twice.`);
    pairs.add(pair);
  }
  const prefixes = new Set<string>();
  for (const { prefix } of list.prefixes) {
    if (prefixes.has(prefix)) faults.push(`The prefix ${prefix} stands twice.`);
    prefixes.add(prefix);
  }
  return faults;
}
