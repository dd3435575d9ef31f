/** What captures of packets tell beside the contacts themselves. All of it is derived. */
export const captures: readonly string[] = [
  // What was read in the first packets of a flow. id: that of its contact. opened_by_phone: 0 where the other side began.
  // alpn, requests, said, personal: JSON lists; personal holds kind, value and key of what may identify somebody.
  `CREATE TABLE flow (
    id INTEGER PRIMARY KEY, opened_by_phone INTEGER NOT NULL, service TEXT, alpn TEXT, ja4 TEXT,
    encrypted_hello INTEGER NOT NULL, requests TEXT, user_agent TEXT, said TEXT, personal TEXT, app TEXT)`,
  // Questions to name servers and their answers, each where it went by.
  `CREATE TABLE lookup (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, from_us INTEGER NOT NULL, uid INTEGER, client_ip TEXT NOT NULL,
    server_ip TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, is_response INTEGER NOT NULL, code INTEGER NOT NULL,
    answers TEXT, offset INTEGER)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const capturesForReader: readonly string[] = captures.map((statement) =>
  statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'),
);

/** Built after loading. */
export const captureIndexes: readonly string[] = [`CREATE INDEX IF NOT EXISTS lookup_time ON lookup (from_us)`];
