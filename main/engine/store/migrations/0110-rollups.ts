/**
 * Rollups: the case's events packed for drawing, written as a whole at the end of each derivation. All of it follows from the other tables.
 */
export const rollups: readonly string[] = [
  // What was rolled up, by name. 'volume': there are chunks and tiles of all counted volume; else questions go to the rows themselves.
  `CREATE TABLE rollup (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  // Events in order of start, some thousands a row. kind: 'volume'. length_class: which power of four their lengths lie at. from_us, last_us:
  // first and last start; end_us: last end.
  `CREATE TABLE rollup_chunk (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, length_class INTEGER NOT NULL, from_us INTEGER NOT NULL, last_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL, events INTEGER NOT NULL, data BLOB NOT NULL)`,
  // Bars of all lanes of a kind that start within 512 steps of 4^level microseconds. lanes: 'app', 'network', 'service'; 'none': one lane of
  // all. A lane is a number: the place of its key among the sorted keys of all series. tile: its number, from 1970 on.
  `CREATE TABLE rollup_tile (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, lanes TEXT NOT NULL, level INTEGER NOT NULL, tile INTEGER NOT NULL,
    events INTEGER NOT NULL, bars INTEGER NOT NULL, data BLOB NOT NULL)`,
  `CREATE INDEX rollup_tile_place ON rollup_tile (kind, lanes, level, tile)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const rollupsForReader: readonly string[] = rollups
  .filter((statement) => statement.startsWith('CREATE TABLE'))
  .map((statement) => statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'));
