import type { evidenceStates } from '../../../shared/types/summary.ts';

export type EvidenceState = (typeof evidenceStates)[number];

/** How the bytes were had. */
export type Origin =
  | {
      readonly kind: 'command';
      /** Row of the acquisition plan. */
      readonly step: string;
      /** What was run on the phone, as one line. */
      readonly command: string;
      readonly stream: 'stdout' | 'stderr';
      readonly user: number | null;
    }
  | {
      readonly kind: 'file';
      /** Path below the folder that was imported, with `/`; the bare file name for a single file. */
      readonly path: string;
    };

/** Bytes as received, before anyone parsed them. They lie in the case's `evidence/` folder under their hash. */
export interface Evidence {
  /** `E1`, `E2`, … in the order of receipt. */
  readonly id: string;
  readonly batch: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** What a reader calls it: a file name, or the step of the plan. */
  readonly name: string;
  readonly origin: Origin;
  readonly state: EvidenceState;
  readonly exit: number | null;
  /** Host time, ISO 8601 UTC with microseconds. */
  readonly hostBefore: string;
  readonly hostAfter: string;
  /** Phone minus host, milliseconds, and the error of that figure; null where it was not measured. */
  readonly offsetMs: number | null;
  readonly offsetErrorMs: number | null;
}

/** What is known of evidence while its bytes are still on their way. */
export type ComingEvidence = Pick<Evidence, 'id' | 'batch' | 'name' | 'origin' | 'state'>;

/** One acquisition or import. */
export interface Batch {
  readonly id: number;
  readonly kind: 'acquisition' | 'import';
  readonly startedAt: string;
  readonly serial: string | null;
  readonly profile: string | null;
}
