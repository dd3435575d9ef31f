/**
 * Certificates by which packages of apps are signed, one row a certificate, scheme and signer. `package` is the package's own
 * word. certificate: SHA-256 of its bytes. role: 'signer', 'chain', 'past'. signature, content: 'verified', 'wrong',
 * 'not verified'. Times are microseconds of UTC. All of it is derived, as in the first step.
 */
export const apkSigners: readonly string[] = [
  `CREATE TABLE apk_signer (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, package TEXT, version_name TEXT, version_code TEXT, scheme TEXT NOT NULL,
    signer INTEGER NOT NULL, role TEXT NOT NULL, certificate TEXT NOT NULL, subject TEXT, issuer TEXT,
    not_before_us INTEGER, not_after_us INTEGER, signature TEXT NOT NULL, content TEXT NOT NULL, offset INTEGER)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const apkSignersForReader: readonly string[] = apkSigners.map((statement) =>
  statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'),
);
