import type { PhonesView } from '../../../shared/types/device.ts';

/** How a command on the phone ended. Only `exit` proves that it ran to its end. */
export type CommandEnding = 'exit' | 'no proof' | 'timed out' | 'cancelled' | 'phone gone';

export interface CommandResult {
  readonly ending: CommandEnding;
  /** Exit status, or null where nothing proved one. */
  readonly exit: number | null;
  /** Standard error as received (empty where the phone merges it into the output). At most 1 MiB, then cut. */
  readonly stderr: Uint8Array;
  /** Host time around the command, microseconds of UTC. */
  readonly hostBeforeUs: number;
  readonly hostAfterUs: number;
}

/** Phones, as the engine sees them. Implementations hold the guard that refuses commands that change the phone. */
export interface DeviceBridge {
  list(): Promise<PhonesView>;
  /** Calls back with every change; returns its own end. */
  watch(listener: (phones: PhonesView) => void): () => void;
  /**
   * Runs one command line through the phone's shell and hands over standard output as it comes, awaiting the sink
   * (so a slow disk slows the phone). Never throws for what a phone does; throws Failure `refused-command` for a
   * command that the guard does not let through, and whatever the sink throws.
   */
  run(
    serial: string,
    command: string,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
    sink: (chunk: Uint8Array) => Promise<void> | void,
  ): Promise<CommandResult>;
  close(): Promise<void>;
}
