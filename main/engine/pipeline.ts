import { join } from 'node:path';
import type { Lists } from './enrich/lists.ts';
import { columns, RowCollector } from './normalise/row-collector.ts';
import { parseEvidence } from './parse/parse-evidence.ts';
import { ComingEvents } from './pipeline/coming-events.ts';
import { countLive } from './pipeline/count-live.ts';
import { detectFindings } from './pipeline/derive-findings.ts';
import { elderFirst } from './pipeline/elder-first.ts';
import { HELD_EVENTS } from './pipeline/events-in-order.ts';
import { joinCaptures } from './pipeline/join-captures.ts';
import { labelCase } from './pipeline/label-case.ts';
import { labelDestinations } from './pipeline/label-destinations.ts';
import { placeContext } from './pipeline/place-context.ts';
import { placeCoverage } from './pipeline/place-coverage.ts';
import { dropRollups, prepareRollUp, writeRollups } from './pipeline/roll-up.ts';
import { tellOnce } from './pipeline/tell-once.ts';
import type { EvidenceSource } from './ports/evidence-source.ts';
import type { Progress } from './ports/progress.ts';
import { storeBatch } from './store/batch-rows.ts';
import type { CaseDatabase } from './store/case-database.ts';
import { indexes } from './store/migrations/index.ts';
import { forgetProvisional, markProvisional } from './store/provisional.ts';
import type { BatchFacts } from './store/read-batches.ts';
import { rowStore } from './store/row-store.ts';

/** What deriving needs from the program itself. */
export interface DeriveParts {
  /** Read when they are first asked for. Rejects as `loadLists` does. */
  lists(): Promise<Lists>;
  readonly evidenceFolder: string;
}

export interface Derived {
  readonly events: number;
  readonly warnings: number;
}

/** Stores what is left of the rows and builds the indexes; the lists are read meanwhile. Both are over when this answers or rejects. */
async function listsMeanwhile(parts: DeriveParts, database: CaseDatabase, stored: Promise<void>): Promise<Lists> {
  // In one go: this thread is busy and would answer late between them.
  const built = stored.then(() => database.script(indexes.join(';')));
  const [, lists] = await allOver([built, parts.lists()]);
  return lists;
}

/** What all answer. Where one rejects, so does this, once the others are over too: nobody writes into what is rolled back. */
async function allOver<const T extends readonly Promise<unknown>[]>(all: T) {
  await Promise.allSettled(all);
  return Promise.all(all);
}

/**
 * The order of the rooms: evidence is parsed into records, records become events on one clock, what two sources told
 * is counted once, apps get their names and labels, rules propose findings. All of a batch or nothing of it.
 *
 * It reads only the custody log's facts and the evidence, so the same log gives the same rows again. `provisional`: the
 * batch is not over yet; its rows are there to be looked at, and are taken out when it is derived for good.
 */
export async function deriveBatch(
  database: CaseDatabase,
  batch: BatchFacts,
  parts: DeriveParts,
  progress: Progress,
  provisional = false,
): Promise<Derived> {
  return database.transaction(async () => {
    await forgetProvisional(database);
    if (provisional) await markProvisional(database, Object.keys(columns));
    const reading = await beginReading(database);
    for (const [at, kept] of elderFirst(batch.evidence).entries()) {
      progress.now(`Reading ${kept.name}`, at / batch.evidence.length);
      await reading.take({ evidence: kept, section: kept.section, path: join(parts.evidenceFolder, kept.sha256) });
    }
    progress.now('Writing the case file', null);
    return finishDeriving({ database, parts, reading, batch, provisional });
  });
}

/**
 * The same for a batch of one evidence whose bytes are still on their way: they are read as they come. `batch` is what the log says
 * of it in the end; where it rejects, because something else became of those bytes, nothing is derived and this rejects too.
 */
export function deriveComing(
  database: CaseDatabase,
  source: EvidenceSource,
  batch: Promise<BatchFacts>,
  parts: DeriveParts,
  progress: Progress,
): Promise<Derived> {
  return database.transaction(async () => {
    await forgetProvisional(database);
    const reading = await beginReading(database);
    await reading.take(source);
    progress.now('Writing the case file', null);
    return finishDeriving({ database, parts, reading, batch, provisional: false });
  });
}

async function beginReading(database: CaseDatabase) {
  const coming = new ComingEvents(HELD_EVENTS);
  const rows = await rowStore(database, columns, (row) => coming.add(row));
  const collector = new RowCollector(rows.continuation, (gathered) => rows.take(gathered));
  return {
    loaded: rows.loaded,
    coming,
    /** Reads one evidence; rows are stored as they come. */
    async take(source: EvidenceSource): Promise<void> {
      collector.begin(source.evidence);
      await parseEvidence(source, collector);
    },
    /** Stores what is left of the rows. */
    finish(): Promise<void> {
      collector.end();
      return rows.finish(collector.rows, [...collector.users.values()]);
    },
  };
}

/** What follows from the rows, over the whole case. */
async function finishDeriving(what: {
  readonly database: CaseDatabase;
  readonly parts: DeriveParts;
  readonly reading: Awaited<ReturnType<typeof beginReading>>;
  readonly batch: BatchFacts | Promise<BatchFacts>;
  readonly provisional: boolean;
}): Promise<Derived> {
  const { database, reading, provisional } = what;
  const lists = await listsMeanwhile(what.parts, database, reading.finish());
  const batch = await what.batch;
  await storeBatch(database, batch);
  await tellOnce(database);
  await labelCase(database, lists);
  await joinCaptures(database);
  await labelDestinations(database, lists);
  await placeCoverage(database);
  await countLive(database);
  const parts = provisional ? await dropRollups(database) : await prepareRollUp(database, reading.coming);
  // Rollups take this thread's time, and what stands beside them that of SQLite's: neither reads what the other writes.
  const beside = placeContext(database, lists.permissions).then(() => detectFindings(database));
  await allOver([beside, ...(parts ? [writeRollups(database, parts)] : [])]);
  if (!provisional) await database.run(`INSERT OR REPLACE INTO meta VALUES ('derived batch', ?)`, [String(batch.id)]);
  return {
    events: reading.loaded('volume') + reading.loaded('contact') + reading.loaded('lookup'),
    warnings: reading.loaded('warning'),
  };
}
