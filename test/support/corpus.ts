import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.env.PHONEHOME_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus'));

/** Folder of the recordings of real phones, which are no part of the project; null where this machine has none. */
export const corpus: string | null = existsSync(join(folder, 'INDEX.md')) ? folder : null;
if (!corpus) console.log(`left out: tests on real recordings (no corpus at ${folder}; set PHONEHOME_CORPUS)`);

/** A file of the corpus. Call it only where `corpus` is not null. */
export function corpusFile(...parts: string[]): string {
  return join(corpus ?? folder, ...parts);
}

/** What an independent reader found in a file of the corpus: the lines of `TOTALS.ndjson`. */
export interface CorpusTotals {
  readonly file: string;
  readonly buckets: number;
  readonly uids: number;
  readonly rx: number;
  readonly tx: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  readonly topTx: readonly (readonly [number, number])[];
}
