import type { EvidenceState } from './evidence.ts';

/**
 * Where a thing stands. `line` counts from 1 and `offset` in bytes from 0, both in the evidence file itself, or in
 * the container's member where the section has one: what a person finds with an editor in the same file.
 */
export interface Place {
  readonly line: number | null;
  readonly offset: number | null;
}

/** A named stretch of one evidence file that an artifact can read. */
export interface SectionHead {
  /** `dumpsys netstats`, `dumpsys package`, `getprop`, `netstats file`, `bugreport header`, … */
  readonly name: string;
  /** Path inside the container(s), `/` between folders and ` › ` between nested containers; null for a plain file. */
  readonly member: string | null;
  /** File name that parsers may need (a binary netstats file says its recorder in its name). */
  readonly fileName: string;
  /** First line (from 1) and first byte of the section in the file or member. Line is null for binary. */
  readonly firstLine: number | null;
  readonly offset: number;
  /** The Android user whom the command asked about; null or absent where it asked for no one in particular. */
  readonly user?: number | null;
  /** The command line whose answer this is; null or absent for a file. */
  readonly command?: string | null;
  /** Set where the section is one answer of many that lie in one file. */
  readonly sample?: SampleFacts | null;
}

/** What a segment says of one of its answers. Host times in microseconds of UTC. */
export interface SampleFacts {
  readonly number: number;
  /** Answers of one stretch followed each other without a gap. */
  readonly stretch: number;
  readonly hostBeforeUs: number;
  readonly hostAfterUs: number;
  readonly state: EvidenceState;
}
