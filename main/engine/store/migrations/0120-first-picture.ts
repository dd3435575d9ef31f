/**
 * What a window draws of a case that was opened just now, written behind the rollups and dropped with them: one row is read, whatever the
 * size of the case. Names, marks and coverage are not in it; they are read from their tables.
 */
export const firstPicture: readonly string[] = [
  // kind: 'volume'. events: how many rows the table volume has. data: JSON (`query/first-picture.ts`); null where events are few or nothing can be drawn.
  `CREATE TABLE first_picture (kind TEXT PRIMARY KEY, events INTEGER NOT NULL, data TEXT) WITHOUT ROWID`,
];

/** The same for a reader that may not change an older case file. */
export const firstPictureForReader: readonly string[] = firstPicture.map((statement) =>
  statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'),
);
