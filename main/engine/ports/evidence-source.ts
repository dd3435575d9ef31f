import type { Evidence } from '../model/evidence.ts';

/** One evidence file of a case, for the parse room. */
export interface EvidenceSource {
  readonly evidence: Evidence;
  /** Section name known beforehand (from the acquisition plan), or null: recognise it. */
  readonly section: string | null;
  /** Where the bytes lie on this machine, for random access into archives. */
  readonly path: string;
}
