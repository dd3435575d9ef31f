import type { AcquisitionExtra, AcquisitionProfile } from '../../../../shared/types/acquisition.ts';
import type { PlanRow } from '../../model/acquisition.ts';
import { extraRows } from './plan-extras.ts';
import { historyRows } from './plan-history.ts';
import { clockRow, identityRows } from './plan-identity.ts';
import { volatileRows } from './plan-volatile.ts';

export type { PlanRow } from '../../model/acquisition.ts';
export type { AcquisitionProfile };

/**
 * The acquisition, in order: who and when, what is soon forgotten, what stays, what changes the phone, and the clock again.
 * Commands of a row are tried one after the other until one is understood; every try is kept.
 */
export const acquisitionPlan: readonly PlanRow[] = [
  ...identityRows,
  ...volatileRows,
  ...historyRows,
  ...extraRows,
  clockRow('after', 'Clock, after'),
];

/** The rows of one profile, in order, with those of the extras that were asked for. */
export function planFor(
  profile: AcquisitionProfile,
  plan: readonly PlanRow[] = acquisitionPlan,
  extras: readonly AcquisitionExtra[] = [],
): readonly PlanRow[] {
  return plan.filter((row) => row.profiles.includes(profile) && (row.extra === null || extras.includes(row.extra)));
}

/** The rows cut into stages: neighbours that are asked side by side, and every other row by itself. */
export function stagesOf(rows: readonly PlanRow[]): (readonly PlanRow[])[] {
  const stages: PlanRow[][] = [];
  for (const row of rows) {
    const last = stages.at(-1);
    if (last && row.together !== null && last[0]?.together === row.together) last.push(row);
    else stages.push([row]);
  }
  return stages;
}

/** The lines of a row that a phone with this SDK number is asked, in order; all of them where the number is not known. */
export function linesFor(row: PlanRow, sdk: number | null): readonly string[] {
  return row.commands
    .filter(({ sinceSdk, untilSdk }) => sdk === null || (sdk >= (sinceSdk ?? 0) && sdk <= (untilSdk ?? sdk)))
    .map(({ line }) => line);
}

/** Why a row has no line for a phone with this SDK number: it came later, or has gone. */
export function whyNoLine(row: PlanRow, sdk: number): string {
  const since = Math.min(...row.commands.map((one) => one.sinceSdk ?? 0));
  const until = Math.max(...row.commands.map((one) => one.untilSdk ?? Number.POSITIVE_INFINITY));
  if (sdk < since) return 'This Android is too old to know the command.';
  return sdk > until
    ? 'This Android no longer has the command.'
    : 'This Android has no such command; older and later ones do.';
}
