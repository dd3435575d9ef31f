import { useSyncExternalStore } from 'react';
import type { SessionState, TimelineSession } from './session.ts';

const never = () => () => {};

/** A part of what the instrument tells; null while there is none. */
export function useSessionState<T>(session: TimelineSession | null, pick: (state: SessionState) => T): T | null {
  return useSyncExternalStore(session ? session.store.subscribe : never, () =>
    session ? pick(session.store.getState()) : null,
  );
}
