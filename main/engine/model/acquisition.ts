/** One command of the acquisition plan. The plan is a table; this is a row. */
export interface PlanStep {
  readonly id: string;
  readonly title: string;
  /** Section name under which the parse room reads the answer; null: kept, not parsed. */
  readonly section: string | null;
  /** Command lines in order of preference; `{user}` is replaced per user. */
  readonly commands: readonly string[];
  readonly perUser: boolean;
  readonly timeoutMs: number;
  readonly profiles: readonly ('quick' | 'full')[];
  /** What the command changes on the phone: a sentence, or null for nothing. */
  readonly changes: string | null;
  readonly proves: string;
}

/** One comparison of the two clocks: host time before and after, phone time between, microseconds of UTC. */
export interface ClockSample {
  readonly hostBeforeUs: number;
  readonly hostAfterUs: number;
  readonly phoneUs: number;
  /** Phone's uptime in seconds, or null. */
  readonly uptimeS: number | null;
}

/** Phone minus host in milliseconds, with its error: half the round trip of the fastest sample. */
export interface ClockOffset {
  readonly offsetMs: number;
  readonly errorMs: number;
  readonly samples: number;
  readonly uptimeS: number | null;
  readonly measuredAtUs: number;
}
