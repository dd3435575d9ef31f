/**
 * Connections, and what was watched live. A contact is a peer over a span, whoever told of it: looks at the kernel's sockets, a
 * packet capture, a log. All of it is derived, as in the first step.
 */
export const contacts: readonly string[] = [
  // source: 'sockets', … network, sent, received, packets: NULL where the source does not tell them. open_start, open_end: it was
  // there already at the first look, and still at the last. error_us: how far the ends may be off; NULL: nothing bounds them.
  `CREATE TABLE contact (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, source TEXT NOT NULL, uid INTEGER, from_us INTEGER NOT NULL,
    to_us INTEGER NOT NULL, error_us INTEGER, open_start INTEGER NOT NULL, open_end INTEGER NOT NULL, protocol TEXT NOT NULL,
    local_ip TEXT, local_port INTEGER, remote_ip TEXT NOT NULL, remote_port INTEGER, state TEXT, host TEXT, host_from TEXT,
    network INTEGER, sent INTEGER, received INTEGER, sent_packets INTEGER, received_packets INTEGER,
    line INTEGER, offset INTEGER)`,
  // Looks that followed each other without a gap. source: 'live sockets', 'live counters'.
  `CREATE TABLE watched (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, source TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL,
    looks INTEGER NOT NULL)`,
  // How far the ends of an interval may be off; NULL: by what is usual for its source.
  `ALTER TABLE volume ADD COLUMN error_us INTEGER`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const contactsForReader: readonly string[] = [
  ...contacts.slice(0, 2).map((statement) => statement.replace('CREATE TABLE', 'CREATE TEMP TABLE')),
  `CREATE TEMP VIEW volume AS SELECT *, NULL error_us FROM main.volume`,
];

/** Built after loading. */
export const contactIndexes: readonly string[] = [
  `CREATE INDEX IF NOT EXISTS contact_time ON contact (from_us)`,
  `CREATE INDEX IF NOT EXISTS contact_end ON contact (to_us)`,
  `CREATE INDEX IF NOT EXISTS contact_uid ON contact (uid, from_us)`,
  `CREATE INDEX IF NOT EXISTS contact_remote ON contact (remote_ip, from_us)`,
];
