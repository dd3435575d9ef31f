import { initial } from './0010-initial.ts';

/** Steps in order; the number is what `PRAGMA user_version` says after the step. Gaps of ten leave room. */
export const migrations: readonly { readonly version: number; readonly statements: readonly string[] }[] = [
  { version: 10, statements: initial },
];

/** The newest shape that this program knows. A case with a higher number was made by a newer program. */
export const schemaVersion = migrations.at(-1)?.version ?? 0;
