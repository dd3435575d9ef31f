import { z } from 'zod';

/** The shape of `resources/lists/permissions.json`; its fields are explained in `resources/lists/LIST.md`. */
export const permissionList = z.strictObject({
  list: z.literal('permissions'),
  title: z.string(),
  date: z.iso.date(),
  version: z.literal(1),
  sources: z.array(
    z.strictObject({ id: z.string(), title: z.string(), url: z.url().nullable(), date: z.string().nullable() }),
  ),
  permissions: z.array(
    z.strictObject({
      permission: z.string().regex(/^[a-z][\w.]*\.[A-Z_0-9]+$/),
      /** Android's own protection level. */
      level: z.string().min(1),
      /** Of which kind the data are that it opens. */
      category: z.string().min(1),
      /** What it opens, in one sentence. */
      opens: z.string().min(1),
      relevance: z.enum(['high', 'medium', 'low', 'enabler']),
      /** Names of the operation by which Android notes its use (AppOpsManager). */
      ops: z.array(z.string().regex(/^[A-Z_]+$/)),
      note: z.string().min(1).nullable(),
      /** The level was read in a source; else it is general knowledge. */
      checked: z.boolean(),
      sources: z.array(z.string()).min(1),
    }),
  ),
});
export type PermissionList = z.infer<typeof permissionList>;
export type Permission = PermissionList['permissions'][number];

/** Permissions by their name and by the operations that note their use. */
export class PermissionBook {
  readonly #byName: ReadonlyMap<string, Permission>;
  readonly #byOp: ReadonlyMap<string, Permission>;
  readonly title: string;
  readonly date: string;

  constructor(list: PermissionList) {
    this.#byName = new Map(list.permissions.map((one) => [one.permission, one]));
    this.#byOp = new Map(list.permissions.flatMap((one) => one.ops.map((op) => [op, one])));
    this.title = list.title;
    this.date = list.date;
  }

  of(permission: string): Permission | null {
    return this.#byName.get(permission) ?? null;
  }

  /** The permission that stands behind an operation (`FINE_LOCATION`), or null. */
  ofOp(op: string): Permission | null {
    return this.#byOp.get(op) ?? null;
  }

  all(): readonly Permission[] {
    return [...this.#byName.values()];
  }
}

/** What the schema cannot say: names and operations stand once, and every source has its row. */
export function faultsOfPermissions(list: PermissionList): string[] {
  const sources = new Set(list.sources.map((one) => one.id));
  const seen = new Set<string>();
  return list.permissions.flatMap((row) => {
    const faults = row.sources
      .filter((id) => !sources.has(id))
      .map((id) => `${row.permission} names the unknown source ${id}.`);
    for (const name of [row.permission, ...row.ops]) {
      if (seen.has(name)) faults.push(`${name} stands twice.`);
      seen.add(name);
    }
    return faults;
  });
}
