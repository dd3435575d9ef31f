import type { AppView } from '../../../../shared/types/app.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { NotCounted, ReportTotals } from '../report-data.ts';

type Edges = Pick<ReportTotals, 'withoutFigure' | 'firstUs' | 'lastUs'>;

/** Sums over all apps: every counted row belongs to one of them. */
export async function readTotals(read: ReadCase, apps: readonly AppView[]): Promise<ReportTotals> {
  const edges = await read.get<Edges>(
    `SELECT coalesce(sum(sent IS NULL OR received IS NULL), 0) AS withoutFigure, min(from_us) AS firstUs,
       max(to_us) AS lastUs FROM volume WHERE counted = 1`,
  );
  const add = (pick: (app: AppView) => number) => apps.reduce((total, app) => total + pick(app), 0);
  return {
    sent: add((app) => app.sent),
    received: add((app) => app.received),
    sentBackground: add((app) => app.sentBackground),
    sentMobile: add((app) => app.sentMobile),
    sentRoaming: add((app) => app.sentRoaming),
    intervals: add((app) => app.events),
    ...(edges ?? { withoutFigure: 0, firstUs: null, lastUs: null }),
  };
}

/** Rows that stand in the case and enter no sum, with the phone's own figures for them. */
export async function readNotCounted(read: ReadCase): Promise<NotCounted[]> {
  return read.all<NotCounted>(
    `SELECT CASE WHEN v.superseded = 1 THEN iif(s.recorder = 'live', 'live counter', 'superseded') ELSE coalesce(s.counted_as, 'other') END AS reason,
       count(*) AS rows, coalesce(sum(v.sent), 0) AS sent, coalesce(sum(v.received), 0) AS received
     FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 0 GROUP BY reason ORDER BY rows DESC, reason`,
  );
}
