import { isoOf } from '../../../shared/base/time.ts';
import { keepFirstPicture } from '../pipeline/first-picture.ts';
import { rollUp } from '../pipeline/roll-up.ts';
import { type Derived, type DeriveParts, deriveBatch } from '../pipeline.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { CaseDatabase } from '../store/case-database.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { readCustody } from '../store/custody-log.ts';
import { type BatchFacts, batchesOf } from '../store/read-batches.ts';
import { clearUnfinished } from './clear-unfinished.ts';
import type { WriteSession } from './write-session.ts';

async function derivedBatch(database: CaseDatabase): Promise<number> {
  return Number(
    (await database.get<{ value: string }>(`SELECT value FROM meta WHERE key = 'derived batch'`))?.value ?? 0,
  );
}

/** Whether the log holds batches that the case file does not show yet: a crash came between. */
export async function isBehind(paths: CasePaths, database: CaseDatabase): Promise<boolean> {
  const { lines } = await readCustody(paths.custody);
  return (batchesOf(lines).at(-1)?.id ?? 0) > (await derivedBatch(database));
}

/** What a case file lacks of what is packed for drawing: all of it, or the first picture alone. */
type Lacking = 'rollups' | 'first picture' | null;

/** What the case file lacks though it could have it: an older program wrote it. While a phone is watched there are no rollups. */
export async function lackingRollups(database: CaseDatabase): Promise<Lacking> {
  const { derived, known, bare } = (await database.get<{ derived: number; known: number; bare: number }>(
    `SELECT (SELECT count(*) FROM meta WHERE key = 'derived batch') derived,
       (SELECT count(*) FROM rollup) + (SELECT count(*) FROM meta WHERE key = 'provisional') known,
       (SELECT count(*) FROM rollup WHERE key = 'volume') > (SELECT count(*) FROM first_picture) bare`,
  ))!;
  if (derived > 0 && known === 0) return 'rollups';
  return bare ? 'first picture' : null;
}

/** Writes what a case file lacks of the rollups. The case's lock must be held. */
export async function rollUpMissing(database: CaseDatabase): Promise<void> {
  const lacking = await lackingRollups(database);
  if (lacking === null) return;
  await database.transaction(() => (lacking === 'rollups' ? rollUp(database) : keepFirstPicture(database)));
}

/** Derives all batches that the case file does not hold yet, in order. */
export async function deriveMissing(
  paths: CasePaths,
  database: CaseDatabase,
  parts: DeriveParts,
  progress: Progress,
): Promise<Derived> {
  const { lines } = await readCustody(paths.custody);
  const done = await derivedBatch(database);
  let events = 0;
  let warnings = 0;
  for (const batch of batchesOf(lines).filter((one) => one.id > done)) {
    const derived = await deriveBatch(database, batch, parts, progress);
    events += derived.events;
    warnings += derived.warnings;
  }
  return { events, warnings };
}

/**
 * Closes batches that a crash left open, so that the log says that they were interrupted, after dealing with what the crash
 * left half-way in `evidence/`. The case's lock must be held.
 */
export async function closeInterrupted(
  paths: CasePaths,
  session: Pick<WriteSession, 'custody'>,
  clock: Clock,
): Promise<BatchFacts[]> {
  const { lines } = await readCustody(paths.custody);
  const batches = batchesOf(lines);
  const open = batches.filter((batch) => batch.finishedAt === null);
  await clearUnfinished(paths, batches, {
    kept: (evidence) => session.custody.append(isoOf(clock.now()), 'evidence.kept', { ...evidence }),
    cleared: (file) => session.custody.append(isoOf(clock.now()), 'evidence.cleared', { ...file }),
  });
  for (const batch of open) {
    const compared = lines.find(({ action, batch: of }) => action === 'clock.compared' && of === batch.id);
    await session.custody.append(isoOf(clock.now()), 'batch.finished', {
      batch: batch.id,
      state: 'interrupted',
      offsetBefore: compared?.offset ?? null,
      missing: ['The program ended before this was finished.'],
    });
  }
  return open;
}
