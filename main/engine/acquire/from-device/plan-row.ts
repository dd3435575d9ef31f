import type { PlanCommand, PlanRow } from '../../model/acquisition.ts';

export const second = 1000;
export const KiB = 1024;
export const MiB = 1024 * KiB;

export const always = ['quick', 'full', 'live'] as const;
export const both = ['quick', 'full'] as const;
export const fullOnly = ['full'] as const;

/** What a row must say; the rest has the values of an ordinary question that changes nothing. */
type Said = Pick<PlanRow, 'id' | 'title' | 'section' | 'proves'> &
  Partial<Omit<PlanRow, 'commands'>> & { readonly commands: readonly (string | PlanCommand)[] };

/** A row of the plan with the usual values filled in: one question for the whole phone, in full only, changing nothing. */
export function row(said: Said): PlanRow {
  return {
    perUser: false,
    timeoutMs: 30 * second,
    mostBytes: 64 * MiB,
    neverEmpty: false,
    volatile: false,
    together: null,
    profiles: fullOnly,
    extra: null,
    changes: null,
    ...said,
    commands: said.commands.map((one) => (typeof one === 'string' ? { line: one } : one)),
  };
}

/**
 * A dump of one service. Android 7 and later take a limit of their own with `-t`, in seconds; older ones know neither the
 * option nor a limit. Ours lies above the phone's, so that the phone can still say that it cut its answer.
 */
export function dump(service: string, limitS = 30): Pick<PlanRow, 'timeoutMs'> & { readonly commands: PlanCommand[] } {
  return {
    commands: [{ line: `dumpsys -t ${limitS} ${service}`, sinceSdk: 24 }, { line: `dumpsys ${service}` }],
    timeoutMs: (limitS + 15) * second,
  };
}
