import type { Latency } from '../phone/latency.ts';

/** What the practice phone's cable and daemon do wrong. Everything left out is well behaved. */
export interface Behaviour {
  /** Asks for the host's key and never accepts one. */
  readonly unauthorised?: boolean;
  /** Waits so many milliseconds before each block that it sends. */
  readonly latencyMs?: number;
  /** Pulls the cable once so many bytes of answers went out, counted from when the behaviour was set. */
  readonly cutAfterBytes?: number;
  /** The durations of a real phone; left out, everything is done at once. */
  readonly latency?: Latency;
  /** Takes services and never answers. */
  readonly silent?: boolean;
  /** The cut and the silence concern only services whose name contains this text. */
  readonly only?: string;
}
