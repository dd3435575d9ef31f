import type { BatchView } from '../../../shared/types/summary.ts';

/**
 * The last acquisition of a case where it can be gone on with: it was broken off, or it ended with steps that were cut short though
 * asking again may help. Else null.
 */
export function brokenOff(batches: readonly BatchView[]): BatchView | null {
  const last = batches.findLast(({ kind }) => kind === 'acquisition');
  if (!last) return null;
  const short = last.state === 'partial' && (last.unfinished ?? 0) > 0;
  return short || last.state === 'interrupted' || last.state === 'cancelled' ? last : null;
}
