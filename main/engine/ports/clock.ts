import type { Micros } from '../../../shared/base/time.ts';

/** The host's clock. */
export interface Clock {
  /** Microseconds of UTC. */
  now(): Micros;
}
