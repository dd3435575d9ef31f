import { rename, rm } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import type { Work } from '../engine-api.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, lockCase } from '../store/case-folder.ts';
import { contentDigest } from '../store/content-digest.ts';
import { CustodyWriter, readCustody } from '../store/custody-log.ts';
import { batchesOf } from '../store/read-batches.ts';
import { closeInterrupted, deriveMissing } from './catch-up.ts';
import { outcomeOf } from './import-case.ts';
import type { CaseParts } from './parts.ts';
import { changedLog, rememberHead, whoRuns } from './write-session.ts';

/** The old case file, or null where it cannot be opened. Rejects where a newer program made it. */
async function openOld(path: string): Promise<CaseDatabase | null> {
  // Opened for writing only where a cut-off write has to be played back first.
  for (const mode of ['read', 'write'] as const) {
    try {
      return await CaseDatabase.open(path, mode);
    } catch (error) {
      if (!(error instanceof Failure)) return null;
      if (error.code === 'case-newer') throw error;
      if (error.code !== 'read-only') return null;
    }
  }
  return null;
}

/**
 * What the old case file says, or null where it cannot be read. Rejects where it remembers another custody log, which a
 * new case file would forget, and where a newer program made it.
 */
async function digestOf(paths: CasePaths): Promise<string | null> {
  const database = await openOld(paths.database);
  if (!database) return null;
  let changed: Failure | null = null;
  try {
    changed = await changedLog(paths, database);
    if (!changed) return await contentDigest(database);
  } catch {
    // Damaged pages: the evidence tells all of it again.
  } finally {
    await database.close();
  }
  if (changed) throw changed;
  return null;
}

/**
 * Derives the case file anew from the custody log and the evidence, beside the old one, and puts it in its place when it
 * is whole. The log says whether the new one tells the same. `beforeSwap` lets readers let go of the old file (Windows needs it).
 */
export async function rebuildCase(
  paths: CasePaths,
  parts: CaseParts,
  work: Work,
  beforeSwap: () => Promise<void> = async () => {},
): Promise<ImportOutcome> {
  const release = await lockCase(paths);
  const fresh = `${paths.database}.new`;
  try {
    const before = await digestOf(paths);
    const custody = await CustodyWriter.open(paths.custody, whoRuns(), () => isoOf(parts.clock.now()));
    await closeInterrupted(paths, { custody }, parts.clock);
    await rm(fresh, { force: true });
    const database = await CaseDatabase.open(fresh, 'create');
    try {
      const derived = await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
      const after = await contentDigest(database);
      await custody.append(isoOf(parts.clock.now()), 'case.rebuilt', {
        before,
        after,
        identical: before === after,
        program: `Phonehome ${parts.version}`,
      });
      await rememberHead(database, custody);
      const { lines } = await readCustody(paths.custody);
      const kept = batchesOf(lines).flatMap((batch) => batch.evidence);
      const outcome = await outcomeOf(
        database,
        kept.map(({ id, sha256, bytes, name }) => ({ id, sha256, bytes, name, already: true })),
        derived,
        [],
      );
      await database.close();
      await beforeSwap();
      // The old file goes first, then the journal that a crash may have left: it must never be played into the new file.
      await rm(paths.database, { force: true });
      await rm(`${paths.database}-journal`, { force: true });
      await rename(fresh, paths.database);
      return outcome;
    } catch (error) {
      await database.close();
      throw error;
    }
  } finally {
    await rm(fresh, { force: true });
    await release();
  }
}
