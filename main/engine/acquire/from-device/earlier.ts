import type { Evidence } from '../../model/evidence.ts';
import type { PhoneStart } from './phone-start.ts';
import { linesFor, type PlanRow } from './plan.ts';
import { identityRows } from './plan-identity.ts';

/** The acquisition that is gone on with, by what the custody log has of it and of those that it went on with itself. */
export interface EarlierAcquisition {
  readonly batch: number;
  /** Evidence of steps that gave their whole answer, by the step's id, with the acquisition in which they did. */
  readonly complete: ReadonlyMap<string, { readonly batch: number; readonly evidence: readonly Evidence['id'][] }>;
  readonly start: PhoneStart;
}

const identity = new Set(identityRows.map(({ id }) => id));

/**
 * The steps that are not asked again. Who the phone is, its users and its clocks are always taken anew: that is how it
 * is known that the two acquisitions are of one phone. What changes the phone goes together: a bugreport is not fetched that
 * was not made just before.
 */
export function notAskedAgain(
  earlier: EarlierAcquisition,
  rows: readonly PlanRow[],
): (
  id: string,
  row: PlanRow,
  sdk: number | null,
) => { readonly batch: number; readonly evidence: readonly Evidence['id'][] } | null {
  const broken = (extra: PlanRow['extra'], sdk: number | null) =>
    rows.some((row) => row.extra === extra && !earlier.complete.has(row.id) && linesFor(row, sdk).length > 0);
  return (id, row, sdk) => {
    if (row.clock || identity.has(row.id) || (row.extra !== null && broken(row.extra, sdk))) return null;
    return earlier.complete.get(id) ?? null;
  };
}
