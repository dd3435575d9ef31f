import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Judgement } from './judge.ts';

/** What tasks need from around them. */
export interface TaskSurroundings {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  readonly serial: string;
  readonly keep: EvidenceKeeper;
  readonly signal: AbortSignal;
  /** Aborted where the connection is known to be lost already: what is still under way then ends as lost, not as cancelled. */
  readonly lost?: AbortSignal;
  /** Phone minus host, where it has been measured. */
  readonly offset: ClockOffset | null;
  /** SDK number of the phone, or null while it is not known. */
  readonly sdk: number | null;
  /** What stands for names in braces in the plan's lines, besides the user. */
  readonly words: ReadonlyMap<string, string>;
  received(bytes: number): void;
}

/** What came of one task. */
export interface TaskOutcome extends Judgement {
  /** The command that decided: the last one that was tried. */
  readonly command: string;
  readonly exit: number | null;
  readonly bytes: number;
  /** Evidence of every try, in order, standard error included. */
  readonly evidence: readonly Evidence['id'][];
  /** The first kilobytes of the answer as text. */
  readonly head: string;
  readonly connection: 'held' | 'lost';
}
