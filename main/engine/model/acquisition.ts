import type { AcquisitionExtra, AcquisitionProfile } from '../../../shared/types/acquisition.ts';
import type { PhoneChoice } from '../ports/device-bridge.ts';

/** A command line of the plan, and the Androids that know it. `{user}` is replaced by the user's number. */
export interface PlanCommand {
  readonly line: string;
  /** First and last SDK number on which it is tried; absent: on all. */
  readonly sinceSdk?: number;
  readonly untilSdk?: number;
}

/** One command of the acquisition plan. The plan is a table; this is a row. */
export interface PlanRow {
  readonly id: string;
  readonly title: string;
  /** Section name of the answer. Where no artifact reads it, the answer is kept under that name and not read. */
  readonly section: string;
  /** In order of preference: the next is tried where the phone does not know the one before. */
  readonly commands: readonly PlanCommand[];
  readonly perUser: boolean;
  readonly timeoutMs: number;
  /** What is longer is cut there. */
  readonly mostBytes: number;
  /** An answer of no bytes says nothing at all. */
  readonly neverEmpty: boolean;
  /** A line that stands in every whole answer; one without it is not complete. */
  readonly wholeWith?: RegExp;
  /** Gone or changed within minutes: such rows come first. */
  readonly volatile: boolean;
  /**
   * Neighbours in the plan with the same word are asked side by side, in their order, as many at once as the phone bears; null:
   * the row is asked alone. `moment` is for what is volatile and belongs to one moment.
   */
  readonly together: 'start' | 'moment' | 'history' | null;
  readonly profiles: readonly AcquisitionProfile[];
  /** Only where the examiner asked for it, because it changes the phone. */
  readonly extra: AcquisitionExtra | null;
  /** Only where the examiner asked for it by name: with root, a file of the owner, an app's package. */
  readonly choice?: PhoneChoice;
  /** The answer is one file as it lies on the phone, with its size as the phone said it; null: it did not say. */
  readonly file?: { readonly bytes: number | null };
  /** What the command changes on the phone: a sentence, or null for nothing. */
  readonly changes: string | null;
  readonly proves: string;
  /** The row compares the clocks instead of keeping one answer. */
  readonly clock?: 'before' | 'after';
  /** In the live profile it is asked again after so many milliseconds, for as long as it goes on. */
  readonly repeatMs?: number;
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
  /** The phone's running time at that moment: the anchor for dumps that count from its start. */
  readonly uptimeS: number | null;
  readonly measuredAtUs: number;
  /** All samples allow one offset. If not, a clock was set while they were compared. Absent in older logs. */
  readonly steady?: boolean;
}
