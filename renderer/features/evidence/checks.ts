import { create } from 'zustand';
import type { Failure } from '../../../shared/base/failure.ts';
import type { ImportOutcome, VerifyOutcome } from '../../../shared/types/outcome.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { askCaseAgain } from '../../state/case.ts';
import { runTask } from '../../state/tasks.ts';

export interface Run<T> {
  readonly running: boolean;
  readonly outcome: T | null;
  readonly failure: Failure | null;
  /** When it ended, by this computer's clock; null while it runs. */
  readonly at: string | null;
}

interface Checks {
  readonly caseId: string | null;
  readonly verify: Run<VerifyOutcome> | null;
  readonly rebuild: Run<ImportOutcome> | null;
}

/** The last verification and rebuilding of the session. Verification is also started from Report. */
export const useChecks = create<Checks>(() => ({ caseId: null, verify: null, rebuild: null }));

const begun = { running: true, outcome: null, failure: null, at: null } as const;
const now = () => new Date().toISOString();

function begin(caseId: string, what: 'verify' | 'rebuild'): void {
  useChecks.setState((old) => ({
    caseId,
    verify: old.caseId === caseId ? old.verify : null,
    rebuild: old.caseId === caseId ? old.rebuild : null,
    [what]: begun,
  }));
}

/** Files that the examiner has from elsewhere: public keys of signers, certificates of time-stamp authorities. */
export interface Trust {
  readonly keys: readonly string[];
  readonly authorities: readonly string[];
}

/** Hashes every evidence file again and walks the custody log. Never rejects. */
export async function verify(caseId: string, trust: Trust = { keys: [], authorities: [] }): Promise<void> {
  begin(caseId, 'verify');
  try {
    const outcome = await runTask('verify', caseId, (task) =>
      bridge().client.evidence.verify({
        case: caseId,
        task,
        ...(trust.keys.length > 0 && { keys: [...trust.keys] }),
        ...(trust.authorities.length > 0 && { authorities: [...trust.authorities] }),
      }),
    );
    useChecks.setState({ verify: { running: false, outcome, failure: null, at: now() } });
  } catch (thrown) {
    useChecks.setState({ verify: { running: false, outcome: null, failure: failureOf(thrown), at: now() } });
  }
}

/** Derives everything anew from the evidence. Never rejects. */
export async function rebuild(caseId: string): Promise<void> {
  begin(caseId, 'rebuild');
  try {
    const outcome = await runTask('rebuild', caseId, (task) =>
      bridge().client.evidence.rebuild({ case: caseId, task }),
    );
    useChecks.setState({ rebuild: { running: false, outcome, failure: null, at: now() } });
  } catch (thrown) {
    useChecks.setState({ rebuild: { running: false, outcome: null, failure: failureOf(thrown), at: now() } });
  }
  askCaseAgain();
}

export function putVerifyAway(): void {
  useChecks.setState({ verify: null });
}
export function putRebuildAway(): void {
  useChecks.setState({ rebuild: null });
}
