/**
 * The first shape of a case file. Everything here is derived from `custody.jsonl` and `evidence/`, so `rebuild`
 * gives the same rows again. Times are microseconds of UTC, sizes bytes; NULL is "not known".
 */
export const initial: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID`,

  // One acquisition or import.
  `CREATE TABLE batch (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, state TEXT NOT NULL,
    serial TEXT, profile TEXT,
    offset_before_ms REAL, offset_before_error_ms REAL, offset_after_ms REAL, offset_after_error_ms REAL,
    missing TEXT NOT NULL DEFAULT '[]')`,

  `CREATE TABLE evidence (
    id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, batch INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
    name TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL, exit INTEGER,
    host_before TEXT NOT NULL, host_after TEXT NOT NULL, offset_ms REAL, offset_error_ms REAL) WITHOUT ROWID`,

  // A named stretch of an evidence file. first_line and offset count in the file or, for a member, in the member.
  `CREATE TABLE section (
    id INTEGER PRIMARY KEY, evidence TEXT NOT NULL, name TEXT NOT NULL, member TEXT, first_line INTEGER, offset INTEGER NOT NULL,
    length INTEGER NOT NULL, artifact TEXT, records INTEGER NOT NULL, warnings INTEGER NOT NULL, cut INTEGER NOT NULL)`,

  // type: 'wifi','mobile','ethernet','bluetooth','vpn','other','none'. key is what lanes group by; ident is the whole
  // identity in one canonical form, so that two dumps of one phone meet.
  `CREATE TABLE network (
    id INTEGER PRIMARY KEY, ident TEXT UNIQUE, key TEXT NOT NULL, type TEXT NOT NULL, name TEXT, operator TEXT, rat TEXT,
    roaming INTEGER, metered INTEGER, vpn INTEGER NOT NULL, default_network INTEGER, said TEXT NOT NULL)`,

  // A statement of the phone's history: one text dump, or one folder of binary files. Where two of them overlap,
  // each stretch of time is taken from one only.
  `CREATE TABLE snapshot (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)`,

  // One netstats series of one section. key: the same series in another dump has the same key.
  // counted_as: NULL when its buckets enter sums, else why not:
  // 'tag row','device total','interface total','vpn duplicate','vpn tunnel','unknown set'.
  // foreground: 1, 0 (background or unknown to the phone), NULL (not applicable).
  `CREATE TABLE series (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, section INTEGER NOT NULL, snapshot INTEGER NOT NULL, part TEXT NOT NULL,
    recorder TEXT NOT NULL, history TEXT NOT NULL, network INTEGER NOT NULL, uid INTEGER NOT NULL, user INTEGER,
    counter_set TEXT NOT NULL, foreground INTEGER, tag INTEGER NOT NULL, bucket_us INTEGER NOT NULL, counted_as TEXT)`,

  // Volume events: one bucket each. superseded: the same bucket stands, complete, in another dump.
  `CREATE TABLE volume (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL,
    sent INTEGER, received INTEGER, sent_packets INTEGER, received_packets INTEGER,
    counted INTEGER NOT NULL, superseded INTEGER NOT NULL DEFAULT 0, line INTEGER, offset INTEGER)`,

  // Context events: 'network','screen','boot','clock','install','acquisition'.
  `CREATE TABLE context (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL, error_us INTEGER,
    uid INTEGER, name TEXT NOT NULL, detail TEXT, section INTEGER, evidence TEXT, line INTEGER, offset INTEGER)`,

  // source: 'per-app history', 'interface totals', …
  `CREATE TABLE coverage (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL, evidence TEXT NOT NULL)`,

  // What sources said of packages, one row a source, package and user; and what follows from it, one row a uid.
  `CREATE TABLE package_said (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, line INTEGER, name TEXT NOT NULL, user INTEGER, app_id INTEGER,
    label TEXT, version TEXT, path TEXT, installer TEXT, system INTEGER, installed INTEGER, enabled INTEGER,
    first_install TEXT, last_update TEXT, shared_user TEXT, permissions TEXT)`,
  `CREATE TABLE app (
    uid INTEGER PRIMARY KEY, user INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, packages TEXT NOT NULL,
    preinstalled INTEGER, installer TEXT, first_install TEXT,
    service_id TEXT, service_name TEXT, service_vendor TEXT, service_optional INTEGER, service_confidence TEXT)`,
  `CREATE TABLE phone_user (id INTEGER PRIMARY KEY, name TEXT, flags TEXT, running INTEGER)`,
  `CREATE TABLE property (id INTEGER PRIMARY KEY, section INTEGER NOT NULL, line INTEGER, key TEXT NOT NULL, value TEXT NOT NULL)`,

  `CREATE TABLE label (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, detail TEXT NOT NULL,
    source TEXT NOT NULL, date TEXT NOT NULL, confidence TEXT NOT NULL, why TEXT NOT NULL)`,
  `CREATE TABLE finding (
    id INTEGER PRIMARY KEY, rule TEXT, key TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, limits TEXT NOT NULL,
    state TEXT NOT NULL, uid INTEGER, events TEXT NOT NULL)`,
  `CREATE TABLE warning (
    id INTEGER PRIMARY KEY, evidence TEXT NOT NULL, section TEXT, line INTEGER, offset INTEGER, text TEXT, reason TEXT NOT NULL)`,
];

/** Built after loading: 1.7 times faster than with the indexes standing. */
export const indexes: readonly string[] = [
  `CREATE INDEX IF NOT EXISTS volume_time ON volume (from_us)`,
  `CREATE INDEX IF NOT EXISTS volume_series ON volume (series, from_us)`,
  `CREATE INDEX IF NOT EXISTS series_key ON series (key)`,
  `CREATE INDEX IF NOT EXISTS series_uid ON series (uid)`,
];
