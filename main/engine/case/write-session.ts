import { lstat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import { SIGNATURES } from '../custody/signings.ts';
import type { Clock } from '../ports/clock.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, isWritable, lockCase } from '../store/case-folder.ts';
import { CHAIN_START, CustodyWriter, headAfter, readCustody } from '../store/custody-log.ts';
import { finishReports } from './finish-reports.ts';

/** Who is named in the custody log: the account that runs the program. */
export function whoRuns(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown account';
  }
}

/** A case taken for writing: its lock, its custody log and its case file. */
export interface WriteSession {
  readonly custody: CustodyWriter;
  readonly database: CaseDatabase;
}

/** Remembers in the case file how far the custody log went, so that a line taken from its end is missed. */
export async function rememberHead(database: CaseDatabase, custody: { head: string; count: number }): Promise<void> {
  await database.run(`INSERT OR REPLACE INTO meta VALUES ('custody head', ?), ('custody lines', ?)`, [
    custody.head,
    String(custody.count),
  ]);
}

/**
 * A log that does not begin with what the case file remembers of it is not written on: the next line would hide what was
 * taken out or changed at its end. Answers with the failure `case-damaged`, or null where the two agree.
 */
export async function changedLog(paths: CasePaths, database: CaseDatabase): Promise<Failure | null> {
  const meta = new Map(
    (await database.all<{ key: string; value: string }>(`SELECT key, value FROM meta WHERE key LIKE 'custody %'`)).map(
      (row) => [row.key, row.value],
    ),
  );
  const lines = Number(meta.get('custody lines') ?? 0);
  const reading = await readCustody(paths.custody);
  if (headAfter(reading, lines) === (meta.get('custody head') ?? CHAIN_START)) return null;
  const what =
    reading.lines.length < lines
      ? `has ${reading.lines.length} lines, and had ${lines}`
      : `was changed at or before line ${lines}`;
  return new Failure(
    'case-damaged',
    `The custody log of ${paths.root} ${what}.`,
    'Nothing is added to it. Run verify for every difference.',
  );
}

/** A case that this process is writing, and what else of this process writes its log meanwhile. */
interface Held {
  readonly custody: CustodyWriter;
  readonly guests: Set<Promise<unknown>>;
}

/** By the cases' folders. */
const held = new Map<string, Held>();

/** A case from elsewhere could have links in the place of its parts, so that what is written goes to other files. */
async function refuseLinks(paths: CasePaths): Promise<void> {
  for (const path of [
    paths.custody,
    paths.database,
    paths.evidence,
    paths.reports,
    paths.findings,
    join(paths.root, SIGNATURES),
  ]) {
    const facts = await lstat(path).catch(() => null);
    if (facts && !facts.isFile() && !facts.isDirectory()) {
      throw new Failure(
        'case-damaged',
        `${path} is a link or a device, so the case is not written.`,
        'A case holds its own files. Run verify for every difference.',
      );
    }
  }
}

/**
 * Holds the case for the time of `work`. Rejects with `case-in-use`, `read-only`, `case-newer` or `case-damaged`
 * before anything is changed.
 */
export async function withCase<T>(
  paths: CasePaths,
  clock: Clock,
  work: (session: WriteSession) => Promise<T>,
): Promise<T> {
  await refuseLinks(paths);
  const release = await lockCase(paths);
  try {
    const database = await CaseDatabase.open(paths.database, 'create');
    try {
      const changed = await changedLog(paths, database);
      if (changed) throw changed;
      const custody = await CustodyWriter.open(paths.custody, whoRuns(), () => isoOf(clock.now()));
      const guests = new Set<Promise<unknown>>();
      held.set(paths.root, { custody, guests });
      try {
        await finishReports(paths);
        return await work({ custody, database });
      } finally {
        while (guests.size > 0) await Promise.allSettled([...guests]);
        held.delete(paths.root);
        await custody.settled();
        await rememberHead(database, custody).catch(() => {});
      }
    } finally {
      await database.close();
    }
  } finally {
    await release();
  }
}

const WAIT_MS = 100;
const PATIENCE_MS = 10_000;

/**
 * Writes one line about an action on the case. While this process holds the case for other work, such as a long acquisition, the line goes
 * between that work's own; while another process holds it, this waits a while. Rejects with `case-in-use` after that.
 */
export function logAction(
  paths: CasePaths,
  clock: Clock,
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  return withCustody(paths, clock, (append) => append(action, details));
}

/** Writes a line as soon as those before it are written. */
export type Append = (action: string, details: Readonly<Record<string, unknown>>) => Promise<void>;

/** The same for work that belongs to its line: nobody else writes the case meanwhile but this process. */
export async function withCustody<T>(paths: CasePaths, clock: Clock, work: (append: Append) => Promise<T>): Promise<T> {
  const into =
    (custody: CustodyWriter): Append =>
    (action, details) =>
      custody.append(isoOf(clock.now()), action, details);
  for (let waited = 0; ; waited += WAIT_MS) {
    const own = held.get(paths.root);
    if (own) {
      const guest = work(into(own.custody));
      own.guests.add(guest);
      return guest.finally(() => own.guests.delete(guest));
    }
    let began = false;
    try {
      return await withCase(paths, clock, ({ custody }) => {
        began = true;
        return work(into(custody));
      });
    } catch (error) {
      if (began || !(error instanceof Failure && error.code === 'case-in-use') || waited >= PATIENCE_MS) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/**
 * Writes a line about a file that was made from the case, where the case can be written. Rejects with a sentence that says
 * that the file is there and the line is not.
 */
export async function logOutput(
  paths: CasePaths,
  clock: Clock,
  file: string,
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!(await isWritable(paths))) return;
  await logAction(paths, clock, action, details).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      error.code,
      `${file} was written, but the custody log does not say so: ${error.message}`,
      error.advice,
    );
  });
}
