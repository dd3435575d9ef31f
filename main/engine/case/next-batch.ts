import { isoOf } from '../../../shared/base/time.ts';
import type { CaseDatabase } from '../store/case-database.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { EvidenceVault } from '../store/evidence-vault.ts';
import type { CaseParts } from './parts.ts';
import type { WriteSession } from './write-session.ts';

/** SHA-256 → id of all evidence, how many there are, and the number of the last batch. */
async function knownEvidence(
  database: CaseDatabase,
): Promise<{ known: Map<string, string>; count: number; batch: number }> {
  const rows = await database.all<{ id: string; sha256: string }>(
    `SELECT id, sha256 FROM evidence ORDER BY ordinal DESC`,
  );
  const batch = await database.get<{ id: number | null }>(`SELECT max(id) id FROM batch`);
  return { known: new Map(rows.map((row) => [row.sha256, row.id])), count: rows.length, batch: batch?.id ?? 0 };
}

/**
 * The next batch of the case and the keeper of its evidence. The log says that the batch began, with the details given,
 * before the first evidence; where nothing is kept it says nothing.
 */
export async function nextBatch(
  paths: CasePaths,
  session: WriteSession,
  parts: CaseParts,
  details: { readonly kind: 'acquisition' | 'import' } & Readonly<Record<string, unknown>>,
): Promise<{ batch: number; vault: EvidenceVault }> {
  const { custody, database } = session;
  const { known, count, batch: last } = await knownEvidence(database);
  const batch = last + 1;
  const started = {
    batch,
    ...details,
    program: `Phonehome ${parts.version}`,
    ...(parts.computer && { computer: parts.computer }),
  };
  const begin = () => custody.append(isoOf(parts.clock.now()), 'batch.started', started);
  return { batch, vault: new EvidenceVault({ paths, custody, clock: parts.clock, batch, known, count, begin }) };
}
