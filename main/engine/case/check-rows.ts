import { lstat, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { deriveBatch } from '../pipeline.ts';
import type { Progress } from '../ports/progress.ts';
import { CaseDatabase } from '../store/case-database.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { tableDigests } from '../store/content-digest.ts';
import type { CustodyReading } from '../store/custody-log.ts';
import { schemaVersion } from '../store/migrations/index.ts';
import { batchesOf } from '../store/read-batches.ts';
import { compareLabels, labelTables } from './check-labels.ts';
import { rolledTables, rollupsFollow } from './check-rollups.ts';
import type { Fault } from './fault.ts';
import type { CaseParts } from './parts.ts';

/** Why a case file is not even opened: SQLite would follow a link, or write beside a file in another mode. Null: it may be. */
export async function unfitCaseFile(path: string): Promise<string | null> {
  const facts = await lstat(path).catch((error: { code?: string }) => error.code ?? 'unknown');
  if (facts === 'ENOENT')
    return 'the file is missing; it is derived anew when the case is opened where it can be written';
  if (typeof facts === 'string') return 'a file that may not be read';
  if (!facts.isFile()) return 'no ordinary file';
  const head = Buffer.alloc(20);
  const file = await open(path).catch(() => null);
  if (!file) return 'a file that may not be read';
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  // Bytes 18 and 19: 2 means a write-ahead log (sqlite.org/fileformat), which is written even where one only reads.
  const sqlite = head.toString('latin1', 0, 15) === 'SQLite format 3';
  return sqlite && (head[18] === 2 || head[19] === 2) ? 'a case file in a mode that this program does not write' : null;
}

/** The programs that derived the rows, by the log: those that took the batches, or the last that derived them all anew. */
function derivedBy(reading: CustodyReading): string[] {
  const last = reading.lines.findLast((line) => line.action === 'case.rebuilt' || line.action === 'case.derived');
  const lines = reading.lines.filter(
    (line) => line === last || (line.action === 'batch.started' && (last === undefined || line.seq > last.seq)),
  );
  return [...new Set(lines.map((line) => (typeof line.program === 'string' ? line.program : 'another version')))];
}

/**
 * Derives all rows anew from the evidence, beside the case, and compares them with those of the case file table by table: somebody who
 * changes a figure there changes nothing else. Only where log and evidence hold; a case file that other versions made is compared,
 * and a difference is a note then. So are labels by databases that this program lacks, or that the case was derived without.
 */
export async function checkRows(
  paths: CasePaths,
  reading: CustodyReading,
  parts: CaseParts,
  progress: Progress,
  faults: Fault[],
  notes: string[],
): Promise<number> {
  const batches = batchesOf(reading.lines);
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-check-')).catch(() => null);
  if (folder === null) {
    notes.push('The rows of case.sqlite were not compared with the evidence: there is no place for temporary files.');
    return 0;
  }
  const database = await CaseDatabase.open(paths.database, 'read');
  let fresh: CaseDatabase | null = null;
  try {
    const version = (await database.get<{ user_version: number }>('PRAGMA user_version'))?.user_version;
    if (version !== schemaVersion) {
      notes.push('case.sqlite has the shape of an older version: its rows were not compared with the evidence.');
      return 0;
    }
    const meta = await database.get<{ value: string }>(`SELECT value FROM meta WHERE key = 'derived batch'`);
    if (await database.get(`SELECT 1 FROM meta WHERE key = 'provisional'`)) {
      notes.push(
        'The rows of case.sqlite were not compared with the evidence: a phone is being watched, or was until the program ended.',
      );
      return 0;
    }
    const derived = batches.filter((batch) => batch.id <= Number(meta?.value ?? 0));
    if (derived.some((batch) => batch.finishedAt === null)) {
      notes.push('The rows of case.sqlite were not compared with the evidence: a batch is still being written.');
      return 0;
    }
    fresh = await CaseDatabase.open(join(folder, 'case.sqlite'), 'create');
    const deriveParts = await parts.deriveParts(paths.evidence);
    for (const batch of derived) await deriveBatch(fresh, batch, deriveParts, progress);
    progress.now('Comparing the case file with the evidence', null);
    const [stands, follows] = [await tableDigests(database), await tableDigests(fresh)];
    const program = `Phonehome ${parts.version}`;
    const others = derivedBy(reading).filter((one) => one !== program);
    const unequal = [...new Set([...follows.keys(), ...stands.keys()])].filter(
      (table) => follows.get(table) !== stands.get(table),
    );
    const labelled = [...labelTables];
    const comparable =
      labelled.every((table) => stands.has(table)) && labelled.some((table) => unequal.includes(table));
    // Tables of another shape cannot be asked: then they are other rows and no more.
    const labels = comparable
      ? await compareLabels(database, fresh, await deriveParts.lists()).catch(() => null)
      : null;
    const differing: Fault[] = [];
    // Contacts are rolled up with their labels: of other databases they are held against what follows from those of the case.
    const rolled = labels && unequal.some((table) => rolledTables.has(table));
    const explained =
      rolled && (labels.changed.size > 0 || (await rollupsFollow(database, fresh, stands).catch(() => false)));
    for (const table of unequal) {
      if (explained && rolledTables.has(table)) continue;
      const [expected, found] = [follows.get(table), stands.get(table)];
      if (!labels || !labelTables.has(table) || labels.changed.has(table))
        differing.push({
          what: `case.sqlite: the table ${table}`,
          expected: expected === undefined ? 'no such table' : `the rows that follow from the evidence (${expected})`,
          found: found === undefined ? 'no such table' : `other rows (${found})`,
        });
    }
    if (differing.length > 0 && others.length > 0) {
      notes.push(
        `case.sqlite was derived by ${others.join(', ')} and this is ${program}, which derives other rows from the same evidence: ${differing.map(({ what }) => what.replace('case.sqlite: ', '')).join(', ')}. Whether it was changed since then, that version’s own verify tells; rebuild derives it anew.`,
      );
    } else faults.push(...differing);
    notes.push(...(labels?.notes ?? []));
    return 1;
  } catch (error) {
    const why = error instanceof Failure ? error.message : 'the evidence could not be read again';
    if (error instanceof Failure && error.code === 'cancelled') throw error;
    notes.push(`The rows of case.sqlite were not compared with the evidence: ${why}`);
    return 0;
  } finally {
    await fresh?.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
