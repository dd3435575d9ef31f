import type { BatchView } from '../../../shared/types/summary.ts';

/** The last acquisition of a case where it was broken off, so that it can be gone on with; else null. */
export function brokenOff(batches: readonly BatchView[]): BatchView | null {
  const last = batches.findLast(({ kind }) => kind === 'acquisition');
  return last && (last.state === 'interrupted' || last.state === 'cancelled') ? last : null;
}
