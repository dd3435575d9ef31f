import { create } from 'zustand';
import type { SealOutcome, SignOutcome, StampOutcome, StampRequestOutcome } from '../../../shared/types/custody.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { askCaseAgain } from '../../state/case.ts';
import { runTask } from '../../state/tasks.ts';
import type { Run } from '../evidence/checks.ts';

interface Outcomes {
  readonly sign: SignOutcome;
  readonly request: StampRequestOutcome;
  readonly stamp: StampOutcome;
  readonly seal: SealOutcome;
}
export type Act = keyof Outcomes;

type Runs = { readonly [A in Act]: Run<Outcomes[A]> | null };
interface CustodyRuns extends Runs {
  readonly caseId: string | null;
}

const none: Runs = { sign: null, request: null, stamp: null, seal: null };

/** What was signed, stamped and sealed last in this session; it stays while the person looks at another place. */
export const useCustodyRuns = create<CustodyRuns>(() => ({ caseId: null, ...none }));

async function run<A extends Act>(caseId: string, act: A, ask: () => Promise<Outcomes[A]>): Promise<boolean> {
  const set = (value: Run<Outcomes[A]>) =>
    useCustodyRuns.setState((old) => ({ ...(old.caseId === caseId ? old : { ...none, caseId }), [act]: value }));
  set({ running: true, outcome: null, failure: null, at: null });
  const at = () => new Date().toISOString();
  try {
    set({ running: false, outcome: await ask(), failure: null, at: at() });
    return true;
  } catch (thrown) {
    set({ running: false, outcome: null, failure: failureOf(thrown), at: at() });
    return false;
  } finally {
    // Each of them adds a line to the custody log.
    if (caseId === useCustodyRuns.getState().caseId) askCaseAgain();
  }
}

/** Signs the case with the examiner's key. Answers whether it worked; why not is in the store. */
export function sign(caseId: string, passphrase: string): Promise<boolean> {
  return run(caseId, 'sign', () =>
    runTask('sign', caseId, (task) => bridge().client.custody.sign({ case: caseId, task, passphrase })),
  );
}

export function requestStamp(caseId: string, out: string): Promise<boolean> {
  return run(caseId, 'request', () => bridge().client.custody.requestStamp({ case: caseId, out }));
}

export function takeStamp(caseId: string, file: string, authorities: readonly string[]): Promise<boolean> {
  return run(caseId, 'stamp', () =>
    bridge().client.custody.takeStamp({ case: caseId, file, authorities: [...authorities] }),
  );
}

export function seal(caseId: string, to: readonly string[], out: string): Promise<boolean> {
  return run(caseId, 'seal', () =>
    runTask('seal', caseId, (task) => bridge().client.custody.seal({ case: caseId, task, to: [...to], out })),
  );
}

/** Takes the result of an act off the page. */
export function putActAway(act: Act): void {
  useCustodyRuns.setState({ [act]: null });
}
