import { userInfo } from 'node:os';
import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { Clock } from '../ports/clock.ts';
import { CaseDatabase } from '../store/case-database.ts';
import { type CasePaths, lockCase } from '../store/case-folder.ts';
import { CustodyWriter } from '../store/custody-log.ts';

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

/** A log that has become shorter than it was is not written on: the next line would hide what was taken out. */
async function refuseShortened(paths: CasePaths, database: CaseDatabase, lines: number): Promise<void> {
  const remembered = await database.get<{ value: string }>(`SELECT value FROM meta WHERE key = 'custody lines'`);
  if (Number(remembered?.value ?? 0) > lines) {
    throw new Failure(
      'case-damaged',
      `The custody log of ${paths.root} has ${lines} lines, and had ${remembered?.value}.`,
      'Nothing is added to it. Run verify for every difference.',
    );
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
  const release = await lockCase(paths);
  try {
    const database = await CaseDatabase.open(paths.database, 'create');
    try {
      const custody = await CustodyWriter.open(paths.custody, whoRuns(), () => isoOf(clock.now()));
      await refuseShortened(paths, database, custody.count);
      try {
        return await work({ custody, database });
      } finally {
        await rememberHead(database, custody).catch(() => {});
      }
    } finally {
      await database.close();
    }
  } finally {
    await release();
  }
}
