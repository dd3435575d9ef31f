import { mainStretch } from '../../../../shared/base/main-stretch.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { ReportTimeline } from '../report-data.ts';

interface Start {
  readonly fromUs: number;
  readonly toUs: number;
  readonly rows: number;
  readonly sent: number;
  readonly received: number;
}

/** The span of the counted history, and what lies far outside of it; null where nothing was counted. */
export async function readTimeline(read: ReadCase): Promise<ReportTimeline | null> {
  const starts = await read.all<Start>(
    `SELECT from_us AS fromUs, max(to_us) AS toUs, count(*) AS rows, coalesce(sum(sent), 0) AS sent,
       coalesce(sum(received), 0) AS received
     FROM volume WHERE counted = 1 GROUP BY from_us ORDER BY from_us`,
  );
  const main = mainStretch(starts);
  if (!main) return null;
  const strays = { intervals: 0, sent: 0, received: 0 };
  for (const stray of [...starts.slice(0, main.first), ...starts.slice(main.last + 1)]) {
    strays.intervals += stray.rows;
    strays.sent += stray.sent;
    strays.received += stray.received;
  }
  const drawn = starts.slice(main.first, main.last + 1);
  const fromUs = drawn[0]!.fromUs;
  return { fromUs, countedToUs: drawn.reduce((latest, one) => Math.max(latest, one.toUs), fromUs + 1), strays };
}
