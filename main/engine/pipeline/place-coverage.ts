import { microsOf } from '../../../shared/base/time.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

/** What each source could have seen: from its first bucket to its last, or to the moment when the phone was asked. */
async function coverageRows(write: WriteCase): Promise<SqlValue[][]> {
  const spans = await write.all<{
    source: string;
    f: number;
    t: number;
    evidence: string;
    asked: string | null;
    offset: number | null;
  }>(
    `WITH held AS (
       SELECT section, recorder, (SELECT min(from_us) FROM volume WHERE series = s.id) f,
         (SELECT max(from_us) FROM volume WHERE series = s.id) + bucket_us t FROM series s WHERE s.recorder <> 'live')
     SELECT CASE h.recorder WHEN 'uid' THEN 'per-app history' WHEN 'uid_tag' THEN 'per-app tags' ELSE 'interface totals' END source,
       min(h.f) f, max(h.t) t, c.evidence evidence, max(CASE WHEN b.kind = 'acquisition' THEN e.host_before END) asked,
       max(coalesce(e.offset_ms, b.offset_before_ms)) * 1000 offset
     FROM held h JOIN section c ON c.id = h.section JOIN evidence e ON e.id = c.evidence JOIN batch b ON b.id = e.batch
     WHERE h.f IS NOT NULL GROUP BY 1, c.evidence ORDER BY 1, f, c.evidence`,
  );
  return spans.map((span) => {
    const host = span.asked === null ? null : microsOf(span.asked);
    const asked = host === null ? null : Math.round(host + (span.offset ?? 0));
    const to = asked !== null && asked > span.f && asked < span.t + 400 * 86_400_000_000 ? asked : span.t;
    return [span.source, span.f, to, span.evidence];
  });
}

/** A stretch that was watched live. */
export interface WatchedRow {
  readonly source: string;
  readonly f: number;
  readonly t: number;
  readonly evidence: string;
  readonly batch: number;
}

/** From the first packet of a capture to its last, by its own clock. */
async function capturedSpans(write: WriteCase): Promise<SqlValue[][]> {
  const spans = await write.all<{ f: number; t: number; evidence: string }>(
    `SELECT c.from_us f, c.to_us t, s.evidence FROM capture c JOIN section s ON s.id = c.id ORDER BY c.from_us, c.id`,
  );
  return spans.map(({ f, t, evidence }) => ['packet capture', f, t, evidence]);
}

/** What was watched live, without the gaps. */
export async function watchedSpans(write: WriteCase): Promise<WatchedRow[]> {
  return write.all<WatchedRow>(
    `SELECT w.source source, w.from_us f, w.to_us t, c.evidence evidence, e.batch batch
     FROM watched w JOIN section c ON c.id = w.section JOIN evidence e ON e.id = c.evidence ORDER BY w.source, w.from_us, w.id`,
  );
}

/** Writes the coverage of the whole case anew. */
export async function placeCoverage(write: WriteCase): Promise<void> {
  const watched = await watchedSpans(write);
  const spans = [
    ...(await coverageRows(write)),
    ...watched.map((span): SqlValue[] => [span.source, span.f, span.t, span.evidence]),
    ...(await capturedSpans(write)),
  ];
  await write.run(`DELETE FROM coverage`);
  await write.load(
    'coverage',
    ['id', 'source', 'from_us', 'to_us', 'evidence'],
    spans.map((row, at) => [at + 1, ...row]),
  );
}
