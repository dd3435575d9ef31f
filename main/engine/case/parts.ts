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
  /** Folder of the examiner's signing key; without it nothing can be signed. */
  readonly keys?: string | undefined;
}

/** What an opened case needs besides its folder. */
export interface CaseParts extends EnginePorts {
  deriveParts(evidenceFolder: string): Promise<DeriveParts>;
}
