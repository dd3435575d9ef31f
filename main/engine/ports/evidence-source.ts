import type { ComingEvidence } from '../model/evidence.ts';

/** One evidence file of a case, for the parse room. */
export interface EvidenceSource {
  readonly evidence: ComingEvidence;
  /** Section name known beforehand (from the acquisition plan), or null: recognise it. */
  readonly section: string | null;
  /** Where the bytes lie on this machine, for random access into archives. */
  readonly path: string;
  /** Set while the bytes are on their way: nothing lies at the path yet, so the section must be one that is read piece by piece. */
  readonly coming?: { readonly bytes: AsyncIterable<Buffer>; readonly size: number };
}
