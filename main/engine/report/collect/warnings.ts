import type { WarningView } from '../../../../shared/types/summary.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { ReportData } from '../report-data.ts';

/** All warnings counted by their reason, and the `first` ones as they stand. */
export async function readWarnings(read: ReadCase, first: readonly WarningView[]): Promise<ReportData['warnings']> {
  const reasons = await read.all<{ reason: string; rows: number; evidence: string }>(
    `SELECT reason, count(*) AS rows, group_concat(DISTINCT evidence) AS evidence FROM warning
     GROUP BY reason ORDER BY rows DESC, reason`,
  );
  return {
    total: reasons.reduce((sum, one) => sum + one.rows, 0),
    reasons: reasons.map((one) => ({ ...one, evidence: one.evidence.split(',') })),
    first,
  };
}
