import type { WriteCase } from '../ports/case-handle.ts';

/** Facts of one statement of history, for the decision which to believe. */
export interface SnapshotFactsRow {
  readonly id: number;
  readonly whole: boolean;
  readonly buckets: ReadonlyMap<number, number>;
}

export interface Agreement {
  readonly a: number;
  readonly b: number;
  readonly equal: number;
  readonly shared: number;
}

/** What was watched live is no statement of the phone's history; `pipeline/count-live.ts` weighs it against them. */
const COUNTABLE = `s.counted_as IS NULL AND s.recorder <> 'live'`;

/**
 * Of several copies of one binary file (the active one grows between two copies), only the fullest is kept in count.
 * Returns whether more than one statement of history is left to be weighed against the others.
 */
export async function settleCopies(write: WriteCase): Promise<boolean> {
  const copies = await write.all<{ section: number }>(
    `WITH twice AS (
       SELECT snapshot, part, recorder FROM series WHERE part <> '' GROUP BY 1, 2, 3 HAVING count(DISTINCT section) > 1),
     held AS (
       SELECT s.snapshot, s.part, s.recorder, s.section, total(v.sent) + total(v.received) bytes
       FROM twice JOIN series s USING (snapshot, part, recorder) JOIN volume v ON v.series = s.id GROUP BY 1, 2, 3, 4),
     ranked AS (SELECT section, row_number() OVER (PARTITION BY snapshot, part, recorder ORDER BY bytes DESC, section) rank FROM held)
     SELECT section FROM ranked WHERE rank > 1`,
  );
  for (const { section } of copies) {
    await write.run(
      `UPDATE volume SET counted = 0, superseded = 1 WHERE series IN (SELECT id FROM series WHERE section = ?)`,
      [section],
    );
  }
  const several = await write.get<{ n: number }>(`SELECT count(DISTINCT snapshot) n FROM series s WHERE ${COUNTABLE}`);
  return (several?.n ?? 0) > 1;
}

/** Undoes earlier weighing, so that the answer depends on what is in the case and not on the order of imports. */
export async function countAll(write: WriteCase): Promise<void> {
  await write.run(
    `UPDATE volume SET counted = 1, superseded = 0
     WHERE superseded = 1 AND series IN (SELECT id FROM series s WHERE ${COUNTABLE})`,
  );
}

/** All statements of history that have counted buckets, with their bytes by start of bucket. */
export async function snapshotFacts(write: WriteCase): Promise<SnapshotFactsRow[]> {
  const heads = await write.all<{ id: number; whole: number }>(
    `SELECT s.snapshot id, min(s.history = 'complete' AND c.cut = 0) whole
     FROM series s JOIN section c ON c.id = s.section
     WHERE ${COUNTABLE} GROUP BY s.snapshot ORDER BY s.snapshot`,
  );
  const rows = await write.all<{ snapshot: number; f: number; bytes: number }>(
    `SELECT s.snapshot, v.from_us f, total(v.sent) + total(v.received) bytes
     FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 1 AND s.recorder <> 'live' GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const buckets = new Map<number, Map<number, number>>();
  for (const row of rows) {
    const own = buckets.get(row.snapshot) ?? new Map<number, number>();
    own.set(row.f, row.bytes);
    buckets.set(row.snapshot, own);
  }
  return heads
    .filter((head) => buckets.has(head.id))
    .map((head) => ({ id: head.id, whole: head.whole === 1, buckets: buckets.get(head.id)! }));
}

/**
 * How far statements agree where they overlap: rows by uid, set and start, their first and last buckets left out. One that was
 * cut off lacks some of the networks of a uid, so it is compared series by series.
 */
export async function agreements(write: WriteCase): Promise<Agreement[]> {
  const cut = await write.all<{ id: number }>(
    `SELECT DISTINCT s.snapshot id FROM series s JOIN section c ON c.id = s.section WHERE c.cut = 1`,
  );
  const torn = new Set(cut.map(({ id }) => id));
  const bySum = await agreeing(write, 's.uid');
  if (torn.size === 0) return bySum;
  const isTorn = ({ a, b }: Agreement) => torn.has(a) || torn.has(b);
  return [...bySum.filter((pair) => !isTorn(pair)), ...(await agreeing(write, 's.key')).filter(isTorn)];
}

function agreeing(write: WriteCase, of: 's.uid' | 's.key'): Promise<Agreement[]> {
  return write.all<Agreement>(
    `WITH told AS (
       SELECT s.snapshot, ${of} uid, s.counter_set, v.from_us, total(v.sent) + total(v.received) bytes
       FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 1 AND s.recorder <> 'live' GROUP BY 1, 2, 3, 4),
     span AS (SELECT snapshot, min(from_us) first, max(from_us) last FROM told GROUP BY 1),
     inner_rows AS (
       SELECT told.* FROM told JOIN span USING (snapshot) WHERE from_us > first AND from_us < last)
     SELECT a.snapshot a, b.snapshot b, sum(a.bytes = b.bytes) equal, count(*) shared
     FROM inner_rows a JOIN inner_rows b USING (uid, counter_set, from_us) WHERE a.snapshot < b.snapshot GROUP BY 1, 2`,
  );
}

const CONTRADICTION =
  'This history and an earlier one of the case contradict each other where they overlap. They may be of two phones; both are counted.';

/** Says once for each pair that two statements do not fit together. */
export async function warnOfContradiction(write: WriteCase, pairs: readonly Agreement[]): Promise<void> {
  await write.run(`DELETE FROM warning WHERE reason = ?`, [CONTRADICTION]);
  for (const pair of pairs) {
    await write.run(
      `INSERT INTO warning (id, evidence, section, line, offset, text, reason)
       SELECT (SELECT coalesce(max(id), 0) + 1 FROM warning), c.evidence, c.name, NULL, NULL, NULL, ?
       FROM series s JOIN section c ON c.id = s.section WHERE s.snapshot = ? ORDER BY c.id LIMIT 1`,
      [CONTRADICTION, Math.max(pair.a, pair.b)],
    );
  }
}

/** Takes rows out of the count whose stretch is believed from another statement. */
export async function disbelieve(
  write: WriteCase,
  rows: readonly { readonly snapshot: number; readonly from: number }[],
): Promise<void> {
  await write.run(`CREATE TEMP TABLE disbelief (snapshot INTEGER, from_us INTEGER, PRIMARY KEY (snapshot, from_us))`);
  await write.load(
    'disbelief',
    ['snapshot', 'from_us'],
    rows.map((row) => [row.snapshot, row.from]),
  );
  await write.run(
    `UPDATE volume SET counted = 0, superseded = 1 WHERE counted = 1 AND id IN (
       SELECT v.id FROM volume v JOIN series s ON s.id = v.series
       JOIN disbelief d ON d.snapshot = s.snapshot AND d.from_us = v.from_us)`,
  );
  await write.run(`DROP TABLE disbelief`);
}
