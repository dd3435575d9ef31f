import { rootTouches } from '../plan-root.ts';

/** Writes one line of the custody log. */
export type Logging = (action: string, details: Readonly<Record<string, unknown>>) => Promise<void>;

/** Says in the log, before `su` is sent for the first time, what it may change. */
export const rootChange =
  (log: Logging) =>
  (command: string): Promise<void> =>
    log('phone.change', { step: 'root', asked: 'root', command, changes: rootTouches });
