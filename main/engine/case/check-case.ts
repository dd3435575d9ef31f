import { Failure } from '../../../shared/base/failure.ts';
import { microsOf } from '../../../shared/base/time.ts';
import type { Progress } from '../ports/progress.ts';
import { CaseDatabase } from '../store/case-database.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { CHAIN_START, type CustodyReading, headAfter, readCustody } from '../store/custody-log.ts';
import { isInFolder, namedFiles } from '../store/named-files.ts';
import { batchesOf } from '../store/read-batches.ts';
import type { CaseFiles } from './case-files.ts';
import { checkFolder } from './check-folder.ts';
import { checkRows, unfitCaseFile } from './check-rows.ts';
import type { Fault } from './fault.ts';
import type { CaseParts } from './parts.ts';

/** What a check of a case found, before any signature is looked at. */
export interface CaseCheck {
  readonly reading: CustodyReading;
  readonly faults: readonly Fault[];
  readonly checked: number;
  /** Files whose difference is among the faults, by their paths below the case. */
  readonly told: ReadonlySet<string>;
  /** What is no difference and should be known. */
  readonly notes: readonly string[];
}

async function checkDatabase(
  paths: CasePaths,
  reading: CustodyReading,
  faults: Fault[],
  notes: string[],
): Promise<number> {
  const unfit = await unfitCaseFile(paths.database);
  if (unfit !== null) {
    faults.push({ what: 'case.sqlite', expected: 'a case file that opens', found: unfit });
    return 1;
  }
  let database: CaseDatabase;
  try {
    database = await CaseDatabase.open(paths.database, 'read');
  } catch (error) {
    faults.push({
      what: 'case.sqlite',
      expected: 'a case file that opens',
      found:
        error instanceof Failure && error.code === 'read-only'
          ? 'a write that was cut off; opening the case where it can be written repairs it'
          : error instanceof Error
            ? error.message
            : String(error),
    });
    return 1;
  }
  try {
    const meta = new Map(
      (await database.all<{ key: string; value: string }>(`SELECT key, value FROM meta`)).map((row) => [
        row.key,
        row.value,
      ]),
    );
    const lines = Number(meta.get('custody lines') ?? 0);
    const head = meta.get('custody head') ?? CHAIN_START;
    if (reading.lines.length < lines) {
      faults.push({
        what: 'custody.jsonl: number of lines',
        expected: `at least ${lines}`,
        found: String(reading.lines.length),
      });
    } else if (headAfter(reading, lines) !== head) {
      faults.push({
        what: `custody.jsonl: hash of line ${lines}`,
        expected: head,
        found: headAfter(reading, lines) ?? 'none',
      });
    }
    const told = new Map(
      (await database.all<{ id: string; sha256: string }>(`SELECT id, sha256 FROM evidence`)).map((row) => [
        row.id,
        row.sha256,
      ]),
    );
    const derived = Number(meta.get('derived batch') ?? 0);
    const batches = batchesOf(reading.lines);
    const behind = batches.filter((batch) => batch.id > derived);
    if (behind.length > 0) {
      const which = behind.map((batch) => `${batch.kind} ${batch.id}`).join(', ');
      notes.push(
        `case.sqlite does not show yet what came with ${which}: the program ended or the disk was full. It follows from the evidence when the case is opened where it can be written.`,
      );
    }
    for (const one of batches.filter((batch) => batch.id <= derived).flatMap((batch) => batch.evidence)) {
      const found = told.get(one.id);
      if (found !== one.sha256)
        faults.push({ what: `case.sqlite: evidence ${one.id}`, expected: one.sha256, found: found ?? 'not there' });
    }
    const sound = await database.get<{ quick_check: string }>('PRAGMA quick_check(1)');
    if (sound?.quick_check !== 'ok')
      faults.push({ what: 'case.sqlite', expected: 'ok', found: sound?.quick_check ?? 'nothing' });
  } catch (error) {
    faults.push({
      what: 'case.sqlite',
      expected: 'a case file that can be read',
      found: error instanceof Error ? error.message : String(error),
    });
  } finally {
    await database.close();
  }
  return 1;
}

async function checkEvidence(
  reading: CustodyReading,
  files: CaseFiles,
  progress: Progress,
  add: (path: string, fault: Fault) => void,
): Promise<number> {
  const kept = batchesOf(reading.lines).flatMap((batch) => batch.evidence);
  const names = new Map(kept.map((one) => [one.sha256, one]));
  let at = 0;
  for (const [sha256, one] of names) {
    progress.now(`Checking ${one.id} ${one.name}`, at / names.size);
    at += 1;
    const found = await files.hashOf(`evidence/${sha256}`);
    const says = typeof found === 'string' ? found : found.sha256;
    if (says !== sha256)
      add(`evidence/${sha256}`, { what: `evidence ${one.id} (${one.name})`, expected: sha256, found: says });
  }
  return names.size;
}

/** A file under the name that it has before it gets its own. */
async function withoutName(file: string, files: CaseFiles): Promise<{ path: string; sha256: string } | null> {
  const at = file.lastIndexOf('/') + 1;
  const beginning = `${file.slice(0, at)}.${file.slice(at)}.`;
  const part = (await files.all()).find(({ path, role }) => role === 'unfinished' && path.startsWith(beginning));
  const found = part ? await files.hashOf(part.path) : null;
  return part && found !== null && typeof found !== 'string' ? { path: part.path, sha256: found.sha256 } : null;
}

const kinds = { reports: 'report', findings: 'picture' } as const;

/** Reports, and pictures of findings. */
async function checkNamed(
  reading: CustodyReading,
  files: CaseFiles,
  notes: string[],
  add: (path: string, fault: Fault) => void,
): Promise<number> {
  const named = namedFiles(reading.lines);
  for (const { path, sha256, folder, seq } of named) {
    if (!isInFolder({ path, folder })) {
      const what = `custody.jsonl line ${seq}: the ${kinds[folder]}`;
      add(path, { what, expected: `a file in ${folder}/`, found: path.slice(0, 200) });
      continue;
    }
    const found = await files.hashOf(path);
    const says = typeof found === 'string' ? found : found.sha256;
    if (says === sha256) continue;
    const part = await withoutName(path, files);
    if (says === 'the file is missing' && part?.sha256 === sha256)
      notes.push(`${path} lies there as ${part.path}: the program ended before it could give it its name.`);
    else add(path, { what: path, expected: sha256, found: says });
  }
  return named.length;
}

/** Times that go back by more than this tell of a clock that was set; less may be two lines that waited for each other. */
const BACK_US = 2_000_000;
const MOST_BACK = 5;

/** Where the computer's clock went back between two lines. No fault of the log, and to be known of its times. */
function clockNotes(reading: CustodyReading): string[] {
  const notes: string[] = [];
  let before: { seq: number; us: number } | null = null;
  for (const { seq, at } of reading.lines) {
    const us = typeof at === 'string' ? microsOf(at) : null;
    if (us === null) continue;
    if (before && us < before.us - BACK_US && notes.length < MOST_BACK)
      notes.push(
        `custody.jsonl line ${seq} bears an earlier time than line ${before.seq}: the clock of the computer was set back, or the case went on at another one.`,
      );
    before = { seq, us };
  }
  return notes;
}

/**
 * Checks a case without changing it: every evidence file against its hash in the log, the log against itself and against
 * what the case file remembers of it, every report and picture against the log. Rejects only where there is no log to check against, and
 * with `cancelled`.
 */
export async function checkCase(
  paths: CasePaths,
  files: CaseFiles,
  parts: CaseParts,
  progress: Progress,
): Promise<CaseCheck> {
  const reading = await readCustody(paths.custody);
  if (reading.lines.length === 0 && reading.faults.length === 0) {
    throw new Failure(
      'case-damaged',
      `The custody log of ${paths.root} is empty: there is nothing to check against.`,
      null,
    );
  }
  const faults: Fault[] = [...reading.faults];
  const told = new Set<string>();
  const add = (path: string, fault: Fault) => {
    told.add(path);
    faults.push(fault);
  };
  if (reading.tornBytes > 0) {
    faults.push({
      what: 'custody.jsonl: its end',
      expected: 'a whole line',
      found: `${reading.tornBytes} bytes of a line that was cut off`,
    });
  }
  let checked = reading.lines.length;
  const notes = clockNotes(reading);
  checked += await checkEvidence(reading, files, progress, add);
  checked += await checkNamed(reading, files, notes, add);
  await checkFolder(files, reading.lines, notes, (path, fault) => {
    if (!told.has(path)) add(path, fault);
  });
  const sound = faults.length === 0;
  checked += await checkDatabase(paths, reading, faults, notes);
  // From evidence that differs other rows would follow.
  if (sound && faults.length === 0) checked += await checkRows(paths, reading, parts, progress, faults, notes);
  return { reading, faults, checked, told, notes };
}
