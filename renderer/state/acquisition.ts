import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import type { AcquireOutcome } from '../../shared/types/outcome.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { runTask } from './tasks.ts';

export type Profile = 'quick' | 'full';

interface Acquisition {
  readonly caseId: string | null;
  readonly serial: string | null;
  readonly running: boolean;
  readonly outcome: AcquireOutcome | null;
  readonly failure: Failure | null;
}

const idle: Acquisition = { caseId: null, serial: null, running: false, outcome: null, failure: null };

/** The last acquisition of this session, under way or ended. It goes on while the person looks at another place. */
export const useAcquisition = create<Acquisition>(() => idle);

/** How long a phone that goes away is waited for: time to find the cable and put it back. */
const waitMs = 120_000;

/** Starts an acquisition; `resume` goes on with the last one of the case, which was broken off. Never rejects: how it ended is in the store. */
export async function acquire(caseId: string, serial: string, profile: Profile, resume = false): Promise<void> {
  useAcquisition.setState({ caseId, serial, running: true, outcome: null, failure: null });
  try {
    const outcome = await runTask('acquire', caseId, (task) =>
      bridge().client.phones.acquire({ case: caseId, task, serial, profile, resume, waitMs }),
    );
    useAcquisition.setState({ running: false, outcome });
  } catch (thrown) {
    useAcquisition.setState({ running: false, failure: failureOf(thrown) });
  }
}

export function putAcquisitionAway(): void {
  useAcquisition.setState(idle);
}
