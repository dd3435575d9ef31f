import { join } from 'node:path';
import type { Lists } from './enrich/lists.ts';
import { columns, RowCollector } from './normalise/row-collector.ts';
import { parseEvidence } from './parse/parse-evidence.ts';
import { detectFindings } from './pipeline/derive-findings.ts';
import { labelCase } from './pipeline/label-case.ts';
import { placeContext } from './pipeline/place-context.ts';
import { tellOnce } from './pipeline/tell-once.ts';
import type { Progress } from './ports/progress.ts';
import { storeBatch } from './store/batch-rows.ts';
import type { CaseDatabase } from './store/case-database.ts';
import { indexes } from './store/migrations/0010-initial.ts';
import type { BatchFacts } from './store/read-batches.ts';
import { rowStore } from './store/row-store.ts';

/** What deriving needs from the program itself. */
export interface DeriveParts {
  readonly lists: Lists;
  readonly evidenceFolder: string;
}

export interface Derived {
  readonly events: number;
  readonly warnings: number;
}

/**
 * The order of the rooms: evidence is parsed into records, records become events on one clock, what two sources told
 * is counted once, apps get their names and labels, rules propose findings. All of a batch or nothing of it.
 *
 * It reads only the custody log's facts and the evidence, so the same log gives the same rows again.
 */
export async function deriveBatch(
  database: CaseDatabase,
  batch: BatchFacts,
  parts: DeriveParts,
  progress: Progress,
): Promise<Derived> {
  return database.transaction(async () => {
    await storeBatch(database, batch);
    const rows = await rowStore(database, columns);
    const collector = new RowCollector(rows.continuation, (gathered) => rows.take(gathered));
    for (const [at, kept] of batch.evidence.entries()) {
      progress.now(`Reading ${kept.name}`, at / batch.evidence.length);
      collector.begin(kept);
      const path = join(parts.evidenceFolder, kept.sha256);
      await parseEvidence({ evidence: kept, section: kept.section, path }, collector);
    }
    progress.now('Writing the case file', null);
    await rows.finish(collector.rows, [...collector.users.values()]);
    for (const index of indexes) await database.run(index);
    await tellOnce(database);
    await labelCase(database, parts.lists);
    await placeContext(database);
    await detectFindings(database);
    await database.run(`INSERT OR REPLACE INTO meta VALUES ('derived batch', ?)`, [String(batch.id)]);
    return { events: rows.loaded('volume'), warnings: rows.loaded('warning') };
  });
}
