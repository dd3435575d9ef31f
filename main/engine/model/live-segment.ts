import type { CommandEnding } from '../ports/device-bridge.ts';
import type { EvidenceState } from './evidence.ts';

/*
 * A live acquisition asks the same few questions again and again. Their answers lie in segments: one evidence file holds the
 * answers to one question over some minutes. A segment is text around bytes:
 *
 *   {"form":"Phonehome live segment",…}\n        SegmentHead
 *   {"sample":1,…,"bytes":N,…}\n                 SampleHead
 *   N bytes, as the phone sent them
 *   \n
 *   {"sample":2,…}\n …
 *   {"end":"…","samples":2}\n                    SegmentEnd; missing where the program was killed
 *
 * Each of the lines is one JSON object, in UTF-8. So a segment can be cut with any tool that reads lines and counts bytes.
 */

/** What the first line of a segment says it is. */
export const segmentForm = 'Phonehome live segment';
/** Section name under which the custody log keeps a segment. */
export const segmentSection = 'live samples';

export interface SegmentHead {
  readonly form: typeof segmentForm;
  readonly version: 1;
  /** Row of the acquisition plan that was asked, and the section name of each answer. */
  readonly step: string;
  readonly section: string;
  /** Counts from 1; segments of one stretch go on without a gap between them. */
  readonly stretch: number;
}

/** What stands before the bytes of one answer. Host times in microseconds of UTC, around the command. */
export interface SampleHead {
  /** Counts from 1 over the whole acquisition, each row of the plan for itself. */
  readonly sample: number;
  readonly command: string;
  readonly hostBeforeUs: number;
  readonly hostAfterUs: number;
  readonly ending: CommandEnding;
  readonly exit: number | null;
  readonly state: EvidenceState;
  /** One sentence, null for `complete`. */
  readonly why: string | null;
  readonly bytes: number;
  /** Standard error as text, where there was any. */
  readonly stderr: string | null;
}

export interface SegmentEnd {
  /** Why it ends: `full`, `gap`, `end`. */
  readonly end: string;
  readonly samples: number;
}
