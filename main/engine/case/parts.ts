import type { LivePace } from '../acquire/from-device/live/watch.ts';
import type { DeriveParts } from '../pipeline.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceBridge } from '../ports/device-bridge.ts';
import type { Log } from '../ports/log.ts';

/** What the engine is given by its host. */
export interface EnginePorts {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  readonly log: Log;
  /** Folder of the data that ships with the program. */
  readonly resources: string;
  readonly version: string;
  /** Name of the computer and its system, for the custody log; absent where it is of no account. */
  readonly computer?: string | undefined;
  /** Folder of the examiner's signing key; without it nothing can be signed. */
  readonly keys?: string | undefined;
  /** Folder of the databases that the examiner imported; without it none can be. */
  readonly databases?: string | undefined;
  /** Asks a phone one command at a time, whatever it could bear: then the same phone gives the same case. */
  readonly oneByOne?: boolean | undefined;
  /** How often a live acquisition asks, where it is not as the plan says: tests hurry. */
  readonly livePace?: LivePace | undefined;
}

/** What an opened case needs besides its folder. */
export interface CaseParts extends EnginePorts {
  deriveParts(evidenceFolder: string): Promise<DeriveParts>;
}
