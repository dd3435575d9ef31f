import { z } from 'zod';
import { basis, confidence, serviceSign, signKey, tellsAnything } from './service-signs.ts';

const optional = z.enum(['yes', 'no']).nullable();
const switchOff = z.strictObject({ how: z.string().min(1), basis }).nullable();
const sourceIds = z.array(z.string()).min(1);

/** How well an endpoint is known: from the code of an app, from a measurement or report, from documentation, from a list alone. */
const evidence = z.enum(['code', 'report', 'documentation', 'list']);

const label = '[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?';
const hostName = new RegExp(`^${label}(\\.${label})+$`);
/** A star stands for any characters of the first label, and only there. */
const globName = new RegExp(`^(?=[^.]*\\*)[a-z0-9_*-]+(\\.${label})+$`);

const endpoint = z
  .strictObject({
    /** Lower case, no final dot. `suffix`: without star; the name itself and all below it. `glob`: stars in the first label. */
    pattern: z.string(),
    match: z.enum(['exact', 'suffix', 'glob']),
    /** What this host does, as one phrase. */
    purpose: z.string().min(1),
    /** The time that the evidence is of, where it is known and matters: `2014`, `2018 to 2021`. */
    era: z.string().min(1).optional(),
    evidence,
    /** That the host belongs to the service. */
    confidence,
    sources: sourceIds,
    /** What else is published of this host; one sentence. */
    note: z.string().min(1).optional(),
  })
  .refine(
    (row) => (row.match === 'glob' ? globName : hostName).test(row.pattern),
    'the pattern is not in its normal form',
  );

/** One package in one service. What the service says holds where the row is silent. Two rows that disagree both become labels. */
const packageRow = z.strictObject({
  package: z.string().regex(/^[A-Za-z][\w]*(\.[A-Za-z_]\w*)+$/),
  /** What the package does in that service, as a short phrase. */
  role: z.string().min(1),
  optional: optional.optional(),
  optionalBasis: basis.nullable().optional(),
  switchOff: switchOff.optional(),
  sources: sourceIds,
  date: z.iso.date(),
  confidence,
  /** For names that other makers use for other apps: makers (`ro.product.manufacturer`) for whom the row holds. */
  onlyMakers: z.array(z.string()).min(1).optional(),
});

/** What was published about the service, or announced: who said what on which day. A plan is no observation, so they are kept apart. */
const said = { date: z.string().min(4), by: z.string().min(1), sources: sourceIds };

const service = z.strictObject({
  /** `vendor-service`. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)+$/),
  /** Where it is another than that of the file. */
  vendor: z.string().min(1).optional(),
  name: z.string().min(1),
  /** One short sentence. */
  purpose: z.string().min(1),
  /** What it is published or known to report, as short phrases; empty where nothing is known. */
  data: z.array(z.string().min(1)),
  /** Whether a user can do without the service and switch it off; null where nobody knows. */
  optional,
  optionalBasis: basis.nullable(),
  switchOff,
  sources: sourceIds,
  /** Day on which the entry was written or last checked. */
  date: z.iso.date(),
  /** That the service is what is said here. */
  confidence,
  published: z.array(z.strictObject({ ...said, says: z.string().min(1) })).default([]),
  /** Announced changes of where its servers stand. `due`: when it was to be done, as announced. */
  announced: z
    .array(z.strictObject({ ...said, plan: z.string().min(1), due: z.string().min(4).nullable() }))
    .default([]),
  signs: z.array(serviceSign).default([]),
  packages: z.array(packageRow).default([]),
  endpoints: z.array(endpoint).default([]),
});

/** The shape of `resources/lists/services/VENDOR.json`; its fields are explained in `resources/lists/LIST.md`. */
export const vendorServices = z.strictObject({
  list: z.literal('services of a vendor'),
  vendor: z.string().min(1),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  services: z.array(service).min(1),
});
export type VendorServices = z.infer<typeof vendorServices>;

/** The shape of `resources/lists/services.json`: what the lists of the vendors share. */
export const serviceIndex = z.strictObject({
  list: z.literal('services'),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(2),
  sources: z.array(
    z.strictObject({ id: z.string(), title: z.string(), url: z.url().nullable(), date: z.string().nullable() }),
  ),
  /** Beginnings of package names that a vendor uses; a hint of low confidence. */
  prefixes: z.array(z.strictObject({ prefix: z.string().endsWith('.'), vendor: z.string() })),
});
export type ServiceIndex = z.infer<typeof serviceIndex>;

export type ServiceEntry = Omit<z.infer<typeof service>, 'packages' | 'endpoints' | 'vendor'> & {
  readonly vendor: string;
};
/** A row of a package with all that its service says where the row is silent. */
export type PackageEntry = Required<Omit<z.infer<typeof packageRow>, 'onlyMakers'>> &
  Pick<z.infer<typeof packageRow>, 'onlyMakers'> & { readonly service: string };
export type EndpointEntry = z.infer<typeof endpoint> & { readonly service: string };

/** The catalogue as enrichers read it: all vendors in one, packages and endpoints beside the services that they belong to. */
export interface ServiceList extends Omit<ServiceIndex, 'list' | 'version'> {
  readonly services: readonly ServiceEntry[];
  readonly packages: readonly PackageEntry[];
  readonly endpoints: readonly EndpointEntry[];
}

/** Joins the lists of the vendors. The date is that of the newest. */
export function joinServices(index: ServiceIndex, vendors: readonly VendorServices[]): ServiceList {
  const services: ServiceEntry[] = [];
  const packages: PackageEntry[] = [];
  const endpoints: EndpointEntry[] = [];
  for (const { vendor, services: entries } of vendors) {
    for (const { packages: rows, endpoints: hosts, ...entry } of entries) {
      services.push({ ...entry, vendor: entry.vendor ?? vendor });
      for (const row of rows) {
        const own = row.optional !== undefined;
        packages.push({
          ...row,
          service: entry.id,
          optional: own ? (row.optional ?? null) : entry.optional,
          optionalBasis: own ? (row.optionalBasis ?? null) : entry.optionalBasis,
          switchOff: row.switchOff === undefined ? entry.switchOff : row.switchOff,
        });
      }
      for (const row of hosts) endpoints.push({ ...row, service: entry.id });
    }
  }
  const date = [index.date, ...vendors.map((one) => one.date)].sort().at(-1) ?? index.date;
  return { title: index.title, date, sources: index.sources, prefixes: index.prefixes, services, packages, endpoints };
}

/** What the schema cannot say: ids are unique and every reference has its row. One sentence a fault; empty when sound. */
export function faultsOf(list: ServiceList): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const once = (what: string) => {
    if (ids.has(what)) faults.push(`The ${what} stands twice.`);
    ids.add(what);
  };
  for (const { id } of list.sources) once(`source ${id}`);
  for (const { id } of list.services) once(`service ${id}`);
  const cited = (where: string, rows: readonly { readonly sources: readonly string[] }[]) => {
    for (const source of rows.flatMap((row) => row.sources)) {
      if (!ids.has(`source ${source}`)) faults.push(`${where} names the unknown source ${source}.`);
    }
  };
  const answered = (where: string, row: { readonly optional: unknown; readonly optionalBasis: unknown }) => {
    if ((row.optional === null) !== (row.optionalBasis === null)) {
      faults.push(`${where} must give a basis for "optional" exactly when it gives an answer.`);
    }
  };
  for (const row of list.services) {
    cited(row.id, [row, ...row.published, ...row.announced, ...row.signs]);
    answered(row.id, row);
    for (const sign of row.signs) {
      once(`sign ${signKey(sign)} of ${row.id}`);
      if (!tellsAnything(sign)) faults.push(`The sign ${signKey(sign)} of ${row.id} says nothing.`);
    }
  }
  const pairs = new Set<string>();
  for (const row of list.packages) {
    if (!ids.has(`service ${row.service}`)) faults.push(`${row.package} names the unknown service ${row.service}.`);
    cited(row.package, [row]);
    answered(row.package, row);
    const pair = `${row.package} ${row.service} ${row.optional}`;
    if (pairs.has(pair)) faults.push(`${row.package} says the same of ${row.service} twice.`);
    pairs.add(pair);
  }
  for (const row of list.endpoints) {
    cited(row.pattern, [row]);
    once(`endpoint ${row.match} ${row.pattern} of ${row.service}`);
  }
  for (const { prefix } of list.prefixes) once(`prefix ${prefix}`);
  return faults;
}
