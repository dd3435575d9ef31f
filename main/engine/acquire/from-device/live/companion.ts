import type { ClockOffset } from '../../../model/acquisition.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { DeviceBridge } from '../../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../../ports/evidence-keeper.ts';

/** What a companion needs from the live acquisition that it goes with. */
export interface CompanionSurroundings {
  /** Its commands stand in the custody log. */
  readonly bridge: DeviceBridge;
  /** adb's name for the phone, on this connection. */
  readonly serial: string;
  readonly clock: Clock;
  readonly keep: EvidenceKeeper;
  /** Phone minus host as it was last measured. */
  readonly offset: ClockOffset | null;
  readonly sdk: number | null;
  /** What stands for names in braces in the plan's lines. */
  readonly words: ReadonlyMap<string, string>;
  /** Aborted when the live acquisition ends, and where the connection to the phone is known to be lost. */
  readonly signal: AbortSignal;
  /** Aborted when the live acquisition ends, and only then. */
  readonly over: AbortSignal;
  /** So many more bytes have come. */
  received(bytes: number): void;
  /** A sentence that the examiner must read; the same one is said once. */
  note(sentence: string): void;
}

/**
 * Something that runs beside the loop of a live acquisition, for as long as that goes on. `run` is called once for each time
 * that the phone is connected: at the beginning, and again after it came back. It resolves when what it began is kept, soon after
 * `signal` is aborted; one that ends by itself is not begun again on that connection. It rejects only with what the
 * keeper throws, which ends the live acquisition.
 */
export interface LiveCompanion {
  readonly id: string;
  run(at: CompanionSurroundings): Promise<void>;
}
