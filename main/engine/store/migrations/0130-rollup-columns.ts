/**
 * Rollups of contacts. All of it follows from the other tables. Chunks and tiles of contacts stand beside those of volume, of kind 'contact', in a
 * form of their own. In `rollup`, 'contact': how many there are, or 'few' where they are packed by whoever asks; nothing where they cannot be.
 */
export const rollupColumns: readonly string[] = [
  // What events of a kind have in common, by number. kind: 'contact'. name: 'of app', 'of host' …: by series, packed numbers; 'app',
  // 'host' …: by those numbers, texts as JSON, some thousand a row. part: which row of these, from 0 on.
  `CREATE TABLE rollup_column (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL)`,
  // A case whose volume alone was rolled up is rolled up anew by whoever opens it to write.
  'DELETE FROM rollup',
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const rollupColumnsForReader: readonly string[] = rollupColumns
  .filter((statement) => statement.startsWith('CREATE TABLE'))
  .map((statement) => statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'));
