import { lackingByReason } from '../../../shared/text/lacking.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';

/** What an acquisition lacks, one line a command; where several lack their answer for one reason, it is said once above them. */
export function missingLines(refused: AcquireOutcome['refused']): string[] {
  return lackingByReason(refused).flatMap(({ state, why, commands }) =>
    commands.length === 1
      ? [`${commands[0]}: ${state}. ${why}`.trimEnd()]
      : [`${commands.length} commands ${state}. ${why}`.trimEnd(), ...commands.map((command) => `  ${command}`)],
  );
}

/** How to go on with an acquisition that was broken off, or null where it was not. */
export function resumeHint({ state }: Pick<AcquireOutcome, 'state'>): string | null {
  return state === 'interrupted' || state === 'cancelled'
    ? 'What arrived is kept. The same command with --resume, and without --profile, asks only for what is missing.'
    : null;
}
