import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';
import type { PathFailure } from '../acquire/from-file/collect-files.ts';
import { importFiles, type TakenFile } from '../acquire/from-file/import-files.ts';
import type { Work } from '../engine-api.ts';
import { checkContainer } from '../parse/check-container.ts';
import type { CaseDatabase } from '../store/case-database.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { EvidenceVault } from '../store/evidence-vault.ts';
import { closeInterrupted, deriveMissing } from './catch-up.ts';
import type { CaseParts } from './parts.ts';
import { type WriteSession, withCase } from './write-session.ts';

/** SHA-256 → id of all evidence, how many there are, and the number of the last batch. */
export async function knownEvidence(
  database: CaseDatabase,
): Promise<{ known: Map<string, string>; count: number; batch: number }> {
  const rows = await database.all<{ id: string; sha256: string }>(
    `SELECT id, sha256 FROM evidence ORDER BY ordinal DESC`,
  );
  const batch = await database.get<{ id: number | null }>(`SELECT max(id) id FROM batch`);
  return { known: new Map(rows.map((row) => [row.sha256, row.id])), count: rows.length, batch: batch?.id ?? 0 };
}

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

/** Takes files into the case and derives what they hold. Files that could not be taken are in the answer. */
export function importIntoCase(
  paths: CasePaths,
  parts: CaseParts,
  files: readonly string[],
  work: Work,
): Promise<ImportOutcome> {
  return withCase(paths, parts.clock, async (session) => {
    const { database, custody } = session;
    await closeInterrupted(paths, session, parts.clock);
    await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
    const before = await knownEvidence(database);
    const batch = before.batch + 1;
    const vault = new EvidenceVault({
      paths,
      custody,
      clock: parts.clock,
      batch,
      known: before.known,
      count: before.count,
      begin: () =>
        custody.append(isoOf(parts.clock.now()), 'batch.started', {
          batch,
          kind: 'import',
          serial: null,
          profile: null,
          program: `Phonehome ${parts.version}`,
        }),
    });
    let taken: TakenFile[] = [];
    let failures: PathFailure[] = [];
    let ended: unknown = null;
    try {
      ({ taken, failures } = await importFiles({
        paths: files,
        keeper: vault,
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
      await finish(session, parts, batch, state, missing);
    }
    const derived = await deriveMissing(paths, database, await parts.deriveParts(paths.evidence), work.progress);
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
