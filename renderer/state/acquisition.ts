import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import type { AcquisitionExtra, AcquisitionProfile } from '../../shared/types/acquisition.ts';
import type { AcquireOutcome } from '../../shared/types/outcome.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { runTask } from './tasks.ts';

export type Profile = AcquisitionProfile;

/** What an examiner asks for: what is absent is not taken. */
export interface Ask {
  readonly profile: Profile;
  /** Goes on with the last acquisition of the case, with its profile. */
  readonly resume?: boolean;
  readonly extras?: readonly AcquisitionExtra[];
  readonly root?: boolean;
  readonly files?: readonly string[];
  readonly apks?: readonly string[];
  /** Live: ends by itself after so many milliseconds. */
  readonly forMs?: number;
  readonly packets?: boolean;
}

interface Acquisition {
  readonly caseId: string | null;
  readonly serial: string | null;
  readonly ask: Ask | null;
  readonly running: boolean;
  readonly outcome: AcquireOutcome | null;
  readonly failure: Failure | null;
}

const idle: Acquisition = {
  caseId: null,
  serial: null,
  ask: null,
  running: false,
  outcome: null,
  failure: null,
};

/** The last acquisition of this session, under way or ended. It goes on while the person looks at another place. */
export const useAcquisition = create<Acquisition>(() => idle);

/** How long a phone that goes away is waited for: time to find the cable and put it back. */
const waitMs = 120_000;
/** Someone who watches a phone for hours may be away when the cable slips. */
const liveWaitMs = 24 * 3_600_000;

/** Starts an acquisition. Never rejects: how it ended is in the store. */
export async function acquire(caseId: string, serial: string, ask: Ask): Promise<void> {
  useAcquisition.setState({ caseId, serial, ask, running: true, outcome: null, failure: null });
  const { extras, files, apks, ...rest } = ask;
  try {
    const outcome = await runTask('acquire', caseId, (task) =>
      bridge().client.phones.acquire({
        case: caseId,
        task,
        serial,
        waitMs: ask.profile === 'live' ? liveWaitMs : waitMs,
        ...rest,
        ...(extras && { extras: [...extras] }),
        ...(files && { files: [...files] }),
        ...(apks && { apks: [...apks] }),
      }),
    );
    useAcquisition.setState({ running: false, outcome });
  } catch (thrown) {
    useAcquisition.setState({ running: false, failure: failureOf(thrown) });
  }
}

export function putAcquisitionAway(): void {
  useAcquisition.setState(idle);
}
