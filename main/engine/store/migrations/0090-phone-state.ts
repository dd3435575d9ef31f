/**
 * What the phone says of its own state: accounts, what apps may do and when they last did it, settings, what is kept in step with
 * servers. All of it is derived, as in the first step.
 */
export const phoneState: readonly string[] = [
  // account: with its middle hidden; the name itself stands in the evidence only. NULL, with a package: an app that keeps accounts
  // of this type. user: NULL where it is not said.
  `CREATE TABLE phone_account (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, line INTEGER, user INTEGER, type TEXT NOT NULL, account TEXT,
    package TEXT, uid INTEGER)`,
  // told: 'access', 'reject'; NULL: the row says the mode. state: how the app stood. local, ago_us: as said. at_us: by the phone's
  // clock, made of them when all of a batch is there; error_us: how far it may be off.
  `CREATE TABLE app_op (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, line INTEGER, uid INTEGER, package TEXT, op TEXT NOT NULL, mode TEXT,
    told TEXT, state TEXT, flag TEXT, local TEXT, ago_us INTEGER, duration_us INTEGER, at_us INTEGER, error_us INTEGER)`,
  `CREATE TABLE setting (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, line INTEGER, namespace TEXT NOT NULL, user INTEGER, key TEXT NOT NULL,
    value TEXT NOT NULL)`,
  // last_success, last_failure: local text as said.
  `CREATE TABLE sync_state (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, line INTEGER, user INTEGER, account_type TEXT NOT NULL, account TEXT,
    authority TEXT NOT NULL, syncable INTEGER, enabled INTEGER, last_success TEXT, last_failure TEXT)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const phoneStateForReader: readonly string[] = phoneState.map((statement) =>
  statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'),
);

/** Built after loading. */
export const phoneStateIndexes: readonly string[] = [`CREATE INDEX IF NOT EXISTS app_op_package ON app_op (package)`];
