import type { AcquisitionExtra } from '../../../shared/types/acquisition.ts';
import type { ConnectOutcome, PhonesView } from '../../../shared/types/device.ts';

/** How a command on the phone ended. Only `exit` proves that it ran to its end. */
export type CommandEnding = 'exit' | 'no proof' | 'timed out' | 'cancelled' | 'phone gone';

export interface CommandResult {
  readonly ending: CommandEnding;
  /** Exit status, or null where nothing proved one. */
  readonly exit: number | null;
  /** Standard error as received (empty where the phone merges it into the output). At most 1 MiB, then cut. */
  readonly stderr: Uint8Array;
  /** There was more standard error than that. */
  readonly stderrCut?: boolean;
  /** Host time around the command, microseconds of UTC. */
  readonly hostBeforeUs: number;
  readonly hostAfterUs: number;
}

/**
 * What the examiner asks for by name beyond the plan: root where the phone has it, files that its owner made, packages of
 * apps. Each opens its own few commands at the guard.
 */
export type PhoneChoice = 'root' | 'files' | 'apks';

/** How a command is run. */
export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** What the examiner asked for besides the plan: only then does the guard let its commands through. */
  readonly allow?: readonly (AcquisitionExtra | PhoneChoice)[];
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
    options: RunOptions,
    sink: (chunk: Uint8Array) => Promise<void> | void,
  ): Promise<CommandResult>;
  /**
   * Has a connection over the network (`host:port`) made anew where it is lost; does nothing for a phone on a cable. Never
   * rejects: whether it helped, the list says.
   */
  reconnect?(serial: string): Promise<void>;
  /** Pairs with a phone over the network by the address and the code that its screen shows. Never rejects. */
  pair?(address: string, code: string): Promise<ConnectOutcome>;
  /** Connects to a phone over the network. Never rejects. */
  connect?(address: string): Promise<ConnectOutcome>;
  close(): Promise<void>;
}
