import sqlite3 from 'sqlite3';
import { Failure } from '../../../shared/base/failure.ts';
import type { BulkCase, ReadCase, Row, RowLoader, SqlValue } from '../ports/case-handle.ts';
import { migrations, schemaVersion } from './migrations/index.ts';
import { RowLoad } from './row-load.ts';

const ROWS_A_BATCH = 2_000;
/** Pages of 4,096 bytes that a write may hold in memory before it goes to the disk: 8 MB. */
const SPILL_FROM_PAGES = 2_000;

/** A reader that draws a large window may take seconds, and so may the end of a long import: each waits for the other. */
const BUSY_MS = 60_000;

type Driver = sqlite3.Database;

function isBroken(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB';
}

function asFailure(error: Error, path: string): Error {
  const code = (error as { code?: string }).code;
  if (code === 'SQLITE_FULL') {
    return new Failure(
      'disk-full',
      `The disk is full: ${path} could not be written.`,
      'Free some space and try again; what was kept before is safe.',
    );
  }
  if (isBroken(error)) {
    return new Failure(
      'case-damaged',
      `The case file ${path} is damaged.`,
      'The evidence is not touched by this: run rebuild to derive the case file anew.',
    );
  }
  if (code === 'SQLITE_BUSY') {
    return new Failure('case-in-use', `Another program is writing ${path}.`, 'Close it there and try again.');
  }
  if (code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN') {
    return new Failure('read-only', `${path} cannot be opened for writing.`, null);
  }
  return error;
}

/** One connection to a case file. Statements run in the order of their calls. */
export class CaseDatabase implements BulkCase {
  readonly #driver: Driver;
  readonly #path: string;
  #closed: Promise<void> | null = null;
  #older = false;

  private constructor(driver: Driver, path: string) {
    this.#driver = driver;
    this.#path = path;
  }

  /**
   * Opens a case file. `create` makes a new one of the newest shape; `write` brings an older one up to date.
   * Rejects with `case-newer` for a file of a newer program and `case-damaged` for one that is no case file.
   */
  static async open(path: string, mode: 'read' | 'write' | 'create'): Promise<CaseDatabase> {
    const flags =
      mode === 'read'
        ? sqlite3.OPEN_READONLY
        : mode === 'write'
          ? sqlite3.OPEN_READWRITE
          : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
    const driver = await new Promise<Driver>((resolve, reject) => {
      const made = new sqlite3.Database(path, flags, (error) =>
        error ? reject(asFailure(error, path)) : resolve(made),
      );
    });
    const database = new CaseDatabase(driver, path);
    try {
      // Else statements that wait for the file at once may run in any order.
      driver.serialize();
      driver.configure('busyTimeout', BUSY_MS);
      // The file is derived from evidence, so a lost last second costs a rebuild, not knowledge. Readers stay
      // able to read during an import because nothing spills before the commit, up to a size that one phone's history
      // mostly stays below: some 80,000 rows.
      if (mode !== 'read') await database.script(`PRAGMA synchronous=OFF; PRAGMA cache_spill=${SPILL_FROM_PAGES};`);
      await database.#migrate(mode);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Opened for reading, and of an older shape: what it lacks reads as empty. Whoever opens it for writing brings it up to date. */
  get older(): boolean {
    return this.#older;
  }

  async #migrate(mode: 'read' | 'write' | 'create'): Promise<void> {
    const version = (await this.get<{ user_version: number }>('PRAGMA user_version'))?.user_version ?? 0;
    if (version > schemaVersion) {
      throw new Failure(
        'case-newer',
        `The case file ${this.#path} was made by a newer Phonehome (shape ${version}; this one knows ${schemaVersion}).`,
        'Open it with the newer program. Nothing was changed.',
      );
    }
    if (mode === 'read') {
      if (version === 0) throw new Failure('case-damaged', `The case file ${this.#path} is empty.`, 'Run rebuild.');
      this.#older = version < schemaVersion;
      for (const step of migrations.filter((one) => one.version > version)) {
        for (const statement of step.forReader) await this.run(statement);
      }
      return;
    }
    for (const step of migrations.filter((one) => one.version > version)) {
      await this.transaction(async () => {
        for (const statement of step.statements) await this.run(statement);
        await this.run(`PRAGMA user_version = ${step.version}`);
      });
    }
  }

  all<R = Row>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    return new Promise((resolve, reject) => {
      this.#driver.all(sql, params as SqlValue[], (error: Error | null, rows: R[]) =>
        error ? reject(asFailure(error, this.#path)) : resolve(rows),
      );
    });
  }

  get<R = Row>(sql: string, params: readonly SqlValue[] = []): Promise<R | undefined> {
    return new Promise((resolve, reject) => {
      this.#driver.get(sql, params as SqlValue[], (error: Error | null, row: R | undefined) =>
        error ? reject(asFailure(error, this.#path)) : resolve(row),
      );
    });
  }

  run(sql: string, params: readonly (SqlValue | Uint8Array)[] = []): Promise<void> {
    return this.#execute(sql, params);
  }

  /** The driver copies what it is given before this answers. */
  #execute(sql: string, params: readonly (SqlValue | Uint8Array)[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#driver.run(sql, params, (error: Error | null) =>
        error ? reject(asFailure(error, this.#path)) : resolve(),
      );
    });
  }

  /** Runs several statements without parameters. */
  script(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#driver.exec(sql, (error: Error | null) => (error ? reject(asFailure(error, this.#path)) : resolve()));
    });
  }

  loader(table: string, columns: readonly string[]): RowLoader {
    const load = new RowLoad(table, columns);
    return {
      add: (row) => load.add(row),
      get waiting() {
        return load.waiting;
      },
      store: async () => {
        await Promise.all(load.take().map(({ sql, rows, alike }) => this.#execute(sql, [rows, alike])));
      },
    };
  }

  async load(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
    const loader = this.loader(table, columns);
    for (const row of rows) {
      loader.add(row);
      if (loader.waiting === ROWS_A_BATCH) await loader.store();
    }
    await loader.store();
  }

  /** All or nothing. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run('BEGIN IMMEDIATE');
    try {
      const result = await work();
      await this.run('COMMIT');
      return result;
    } catch (error) {
      await this.run('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  /** Closing twice is allowed. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => this.#driver.close(() => resolve()));
    return this.#closed;
  }
}

export type { ReadCase };
