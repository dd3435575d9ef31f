import type { Engine } from '../../engine/engine-api.ts';

/** Where the command line writes, and what it works with. Tests put their own in. */
export interface Terminal {
  /** Results. Resolves when the text was taken, so that a slow reader slows the writer. */
  out(text: string): Promise<void>;
  /** All else. */
  err(text: string): void;
  /** Whether standard error is a terminal that can draw a progress bar. */
  readonly live: boolean;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** Made when a verb needs it, once. */
  engine(): Promise<Engine>;
}

/** Exit statuses of the command line. */
export const exits = { done: 0, partly: 1, wrongUse: 2, failed: 3 } as const;
export type Exit = (typeof exits)[keyof typeof exits];
