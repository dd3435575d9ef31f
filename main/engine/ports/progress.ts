import type { LiveView, StepView } from '../../../shared/types/task.ts';

/** Progress of long work, as data. */
export interface Progress {
  /** All steps known so far, in order. */
  steps(steps: readonly StepView[]): void;
  /** One short present-tense phrase, and 0 to 1 (null: unknown). */
  /** How a live acquisition stands; called about once a second. */
  live?(view: LiveView): void;
  now(phrase: string, fraction: number | null): void;
}

export const silentProgress: Progress = { steps() {}, now() {} };
