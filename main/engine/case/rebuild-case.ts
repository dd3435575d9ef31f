import { rename, rm } from 'node:fs/promises';
import { isoOf } from '../../../shared/base/time.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import type { Work } from '../engine-api.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, lockCase } from '../store/case-folder.ts';
import { contentDigest } from '../store/content-digest.ts';
import { CustodyWriter, readCustody } from '../store/custody-log.ts';
import { batchesOf } from '../store/read-batches.ts';
import { deriveMissing } from './catch-up.ts';
import { outcomeOf } from './import-case.ts';
import type { CaseParts } from './parts.ts';
import { rememberHead, whoRuns } from './write-session.ts';

async function digestOf(path: string): Promise<string | null> {
  try {
    const database = await CaseDatabase.open(path, 'read');
    try {
      return await contentDigest(database);
    } finally {
      await database.close();
    }
  } catch {
    return null;
  }
}

/**
 * Derives the case file anew from the custody log and the evidence, beside the old one, and puts it in its place when it
 * is whole. The log says whether the new one tells the same. `beforeSwap` lets readers let go of the old file (Windows needs it).
 */
export async function rebuildCase(
  paths: CasePaths,
  parts: CaseParts,
  work: Work,
  beforeSwap: () => Promise<void>,
): Promise<ImportOutcome> {
  const release = await lockCase(paths);
  const fresh = `${paths.database}.new`;
  try {
    const custody = await CustodyWriter.open(paths.custody, whoRuns(), () => isoOf(parts.clock.now()));
    const before = await digestOf(paths.database);
    await rm(fresh, { force: true });
    const database = await CaseDatabase.open(fresh, 'create');
    try {
      const derived = await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
      const after = await contentDigest(database);
      await custody.append(isoOf(parts.clock.now()), 'case.rebuilt', { before, after, identical: before === after });
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
