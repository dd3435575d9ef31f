import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where recordings of real phones lie; they are no part of the project. */
const folder = resolve(process.env.PHONEHOME_CORPUS ?? join(import.meta.dirname, '../../../../../shared/corpus'));

export const hasCorpus = existsSync(join(folder, 'INDEX.md'));

/** A path inside the corpus. */
export const corpus = (...parts: string[]): string => join(folder, ...parts);

/** Says in one line that tests were left out; nothing where the corpus is there. */
export function sayIfAbsent(what: string): void {
  if (!hasCorpus) console.log(`${what}: left out, there is no corpus at ${folder} (set PHONEHOME_CORPUS)`);
}
