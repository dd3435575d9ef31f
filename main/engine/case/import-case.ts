import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import type { PathFailure } from '../acquire/from-file/collect-files.ts';
import { type FollowerOf, importFiles, type TakenFile } from '../acquire/from-file/import-files.ts';
import type { Work } from '../engine-api.ts';
import { checkContainer } from '../parse/check-container.ts';
import { sectionOfComing } from '../parse/parse-evidence.ts';
import type { Derived } from '../pipeline.ts';
import type { CaseDatabase } from '../store/case-database.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { readCustody } from '../store/custody-log.ts';
import { type BatchFacts, batchesOf } from '../store/read-batches.ts';
import { closeInterrupted, deriveMissing } from './catch-up.ts';
import { nextBatch } from './next-batch.ts';
import type { CaseParts } from './parts.ts';
import { ReadWhileCopying } from './read-while-copying.ts';
import { type WriteSession, withCase } from './write-session.ts';

async function namedSections(database: CaseDatabase, evidence: string): Promise<string[]> {
  const rows = await database.all<{ name: string }>(
    `SELECT name FROM section WHERE evidence = ? ORDER BY id LIMIT 500`,
    [evidence],
  );
  return rows.map((row) => row.name);
}

/** The answer to an import or a rebuild: every piece of evidence with the sections that were found in it. */
export async function outcomeOf(
  database: CaseDatabase,
  evidence: readonly { id: string; sha256: string; bytes: number; name: string; already: boolean }[],
  derived: { events: number; warnings: number },
  failures: readonly PathFailure[],
): Promise<ImportOutcome> {
  return {
    evidence: await Promise.all(
      evidence.map(async (one) => ({ ...one, sections: await namedSections(database, one.id) })),
    ),
    events: derived.events,
    warnings: derived.warnings,
    failures: failures.map(({ path, code, message }) => ({ path, code, message })),
  };
}

async function finish(
  session: WriteSession,
  parts: CaseParts,
  batch: number,
  state: string,
  missing: readonly string[],
): Promise<void> {
  await session.custody.append(isoOf(parts.clock.now()), 'batch.finished', { batch, state, missing });
}

/** What was read of a batch while it was copied, where that is what the log says of it; nothing is left of it else. */
async function takeRead(reading: ReadWhileCopying | null, batch: BatchFacts | null): Promise<Derived> {
  return (await reading?.finish(batch)) ?? { events: 0, warnings: 0 };
}

/** Takes files into the case and derives what they hold. Files that could not be taken are in the answer. */
export function importIntoCase(
  paths: CasePaths,
  parts: CaseParts,
  files: readonly string[],
  work: Work,
): Promise<ImportOutcome> {
  return withCase(paths, parts.clock, async (session) => {
    const { database } = session;
    await closeInterrupted(paths, session, parts.clock);
    await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
    const { batch, vault } = await nextBatch(paths, session, parts, { kind: 'import', serial: null, profile: null });
    let taken: TakenFile[] = [];
    let failures: PathFailure[] = [];
    let ended: unknown = null;
    const deriveParts = await parts.deriveParts(paths.evidence);
    let reading: ReadWhileCopying | null = null;
    const followerOf: FollowerOf = ({ name }, bytes, beginning) => {
      const section = sectionOfComing(beginning, bytes, name);
      if (section === null) return null;
      const evidence = {
        id: vault.nextId,
        batch,
        name,
        origin: { kind: 'file', path: name },
        state: 'complete',
      } as const;
      const to = { database, parts: deriveParts, progress: work.progress };
      reading = new ReadWhileCopying({ evidence, section, size: bytes }, to, parts.clock);
      return reading;
    };
    try {
      ({ taken, failures } = await importFiles({
        paths: files,
        own: paths.root,
        keeper: vault,
        followerOf,
        check: checkContainer,
        clock: parts.clock,
        progress: work.progress,
        signal: work.signal,
      }));
    } catch (error) {
      ended = error;
    }
    if (vault.kept.length > 0) {
      const cancelled = ended instanceof Failure && ended.code === 'cancelled';
      const missing = [...failures.map((one) => one.message), ...(ended instanceof Error ? [ended.message] : [])];
      const state = ended ? (cancelled ? 'cancelled' : 'interrupted') : missing.length > 0 ? 'partial' : 'complete';
      await finish(session, parts, batch, state, missing).catch(async (error) => {
        await takeRead(reading, null);
        throw error;
      });
    }
    const told = reading && batchesOf((await readCustody(paths.custody)).lines).find(({ id }) => id === batch);
    const read = await takeRead(reading, told ?? null);
    const left = await deriveMissing(paths, database, deriveParts, work.progress);
    const derived = { events: read.events + left.events, warnings: read.warnings + left.warnings };
    if (ended) throw ended;
    const evidence = taken.map((one) => ({
      id: one.evidence?.id ?? vault.idOf(one.sha256) ?? '',
      sha256: one.sha256,
      bytes: one.bytes,
      name: one.evidence?.name ?? one.file.name,
      already: one.evidence === null,
    }));
    return outcomeOf(database, evidence, derived, failures);
  });
}
