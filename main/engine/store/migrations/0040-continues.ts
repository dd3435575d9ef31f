/**
 * Of an acquisition: the number of the one that it goes on with, and how many of its steps did not come to their end though asking
 * again may help. NULL: none, or not known. Both are derived from the custody log.
 */
export const continues: readonly string[] = [
  'ALTER TABLE batch ADD COLUMN continues INTEGER',
  'ALTER TABLE batch ADD COLUMN unfinished INTEGER',
];

/** The same for a reader that may not change an older case file: what it lacks is not known. */
export const continuesForReader: readonly string[] = [
  'CREATE TEMP VIEW batch AS SELECT *, NULL continues, NULL unfinished FROM main.batch',
];
