/**
 * What captures and the phone's own account say of each other. All of it is derived over the whole case, and stands beside the
 * rows that it is about: a correlation never takes the place of what a source said.
 */
export const joins: readonly string[] = [
  // One capture; id: that of its section. made: 'pcapdroid vpn', 'pcapdroid', 'phone' (streamed from it), 'unknown'.
  // offset_us: the phone's clock minus the capture's, with its error; NULL: nothing tells it. clock: 'same clock', 'sockets', 'ntp',
  // 'sockets and ntp'. compared, agreeing: flows that could tell it, and those that fit. apps_same, apps_other: uids that
  // capture and phone name alike, and those that they do not.
  `CREATE TABLE capture (
    id INTEGER PRIMARY KEY, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL, made TEXT NOT NULL, offset_us INTEGER,
    error_us INTEGER, clock TEXT, compared INTEGER NOT NULL, agreeing INTEGER NOT NULL, apps_same INTEGER NOT NULL,
    apps_other INTEGER NOT NULL)`,
  // Whose a captured flow is, as far as others tell. how: 'same connection', 'only sender'.
  `CREATE TABLE flow_app (
    id INTEGER PRIMARY KEY, contact INTEGER NOT NULL, uid INTEGER NOT NULL, how TEXT NOT NULL, confidence TEXT NOT NULL,
    why TEXT NOT NULL)`,
  // Names for contacts that say none. how: 'same connection', 'look-up before', 'other flow'.
  `CREATE TABLE contact_name (
    id INTEGER PRIMARY KEY, contact INTEGER NOT NULL, host TEXT NOT NULL, how TEXT NOT NULL, confidence TEXT NOT NULL,
    why TEXT NOT NULL)`,
  `CREATE INDEX flow_app_contact ON flow_app (contact)`,
  `CREATE INDEX contact_name_contact ON contact_name (contact)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const joinsForReader: readonly string[] = joins
  .filter((statement) => statement.startsWith('CREATE TABLE'))
  .map((statement) => statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'));
