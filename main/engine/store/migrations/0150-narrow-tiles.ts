/**
 * Tiles of volume are told in columns that are read as they stand (`query/rollup/tile.ts`). Those of another form are written anew by whoever
 * opens the case to write.
 */
export const narrowTiles: readonly string[] = ['DELETE FROM rollup'];

/** A reader that may not change an older case file asks its rows: tiles of the other form are not read. */
export const narrowTilesForReader: readonly string[] = [
  'CREATE TEMP TABLE IF NOT EXISTS rollup (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
];
