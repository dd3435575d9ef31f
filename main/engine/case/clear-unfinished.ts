import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CasePaths, sizeOf } from '../store/case-folder.ts';
import { hashFile } from './verify-case.ts';

/** A file that was taken out of `evidence/` again, because the log never named it. Size in bytes. */
export interface Cleared {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Removes what a crash left in `evidence/`: files that were still being written and, where `known` names the hashes of
 * the log, a whole file whose line was not written any more. What is not named by its own hash came otherwise and stays,
 * for `verify` to find. Answers with the whole files. The case's lock must be held.
 */
export async function clearUnfinished(paths: CasePaths, known: ReadonlySet<string> | null): Promise<Cleared[]> {
  const cleared: Cleared[] = [];
  for (const name of await readdir(paths.evidence).catch(() => [] as string[])) {
    const path = join(paths.evidence, name);
    if (name.startsWith('.incoming-')) await rm(path, { force: true });
    else if (known && /^[0-9a-f]{64}$/.test(name) && !known.has(name) && (await hashFile(path)) === name) {
      cleared.push({ sha256: name, bytes: (await sizeOf(path)) ?? 0 });
      await rm(path, { force: true });
    }
  }
  return cleared;
}
