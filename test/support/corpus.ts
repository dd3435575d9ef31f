import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.env.PHONEHOME_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus'));

/** Folder of the real recordings, or null where this machine has none; then one line says so. */
export const corpus: string | null = existsSync(folder) ? folder : null;
if (!corpus) console.log(`left out: tests on real recordings (no corpus at ${folder}; set PHONEHOME_CORPUS)`);

/** A file of the corpus. Call it only where `corpus` is not null. */
export function corpusFile(path: string): string {
  return join(corpus ?? folder, path);
}
