import { z } from 'zod';

/** `published`: a source says it. `maker's statement`: the maker says it, nobody checked. */
export const basis = z.enum(['published', "maker's statement", 'general knowledge']);
export const confidence = z.enum(['high', 'medium', 'low']);

/** What a state of the phone says of the service: that it is on, that it is off, or nothing (null). */
const meaning = z.enum(['on', 'off']).nullable();

const common = {
  /** How much it says, where it says something. */
  confidence,
  /** Why it means that, in one sentence. */
  why: z.string().min(1),
  basis,
  /** Ids of rows in `sources`, at least one. */
  sources: z.array(z.string()).min(1),
  /** For names that other makers use too: makers (`ro.product.manufacturer`) on whose phones it holds. */
  onlyMakers: z.array(z.string()).min(1).optional(),
};
const identifier = z.string().regex(/^[A-Za-z_][\w.-]*$/);

/**
 * A state of the phone that tells whether a service is on. `present` and `absent` say what it means that the thing was found, and that
 * it was looked for and not found; whoever did not look has neither. How each is read stands in `resources/lists/LIST.md`.
 */
export const serviceSign = z.discriminatedUnion('kind', [
  /** An account of that type, for any user of the phone. */
  z.strictObject({ kind: z.literal('account'), type: identifier, present: meaning, absent: meaning, ...common }),
  /** Present: the package is installed and enabled for a user. Absent: for each user it is not installed, or disabled. */
  z.strictObject({ kind: z.literal('package'), package: identifier, present: meaning, absent: meaning, ...common }),
  /** A connection to that port of a peer, opened by the uid of that package (null: by any). */
  z.strictObject({
    kind: z.literal('socket'),
    port: z.number().int().min(1).max(65_535),
    package: identifier.nullable(),
    present: meaning,
    absent: meaning,
    ...common,
  }),
  /** A key of `settings list TABLE`: values that mean on, values that mean off; any other value says nothing. `unset`: the key is missing. */
  z.strictObject({
    kind: z.literal('setting'),
    table: z.enum(['system', 'secure', 'global']),
    key: identifier,
    on: z.array(z.string()),
    off: z.array(z.string()),
    unset: meaning,
    ...common,
  }),
  /** Present: the phone syncs that authority by itself for an account of that type. Absent: it is known there, and not synced by itself. */
  z.strictObject({
    kind: z.literal('sync'),
    account: identifier,
    authority: identifier,
    present: meaning,
    absent: meaning,
    ...common,
  }),
]);
export type ServiceSign = z.infer<typeof serviceSign>;

/** The sign without its words, for telling two of them apart. */
export function signKey(sign: ServiceSign): string {
  switch (sign.kind) {
    case 'account':
      return `account ${sign.type}`;
    case 'package':
      return `package ${sign.package}`;
    case 'socket':
      return `socket ${sign.port} ${sign.package}`;
    case 'setting':
      return `setting ${sign.table} ${sign.key}`;
    case 'sync':
      return `sync ${sign.account} ${sign.authority}`;
  }
}

/** Whether any state of the thing means that the service is on or off. */
export function tellsAnything(sign: ServiceSign): boolean {
  if (sign.kind === 'setting') return sign.on.length + sign.off.length > 0;
  return sign.present !== null || sign.absent !== null;
}
