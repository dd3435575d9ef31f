import type { Place, SectionHead } from './place.ts';
import type { ArtifactRecord } from './record.ts';
import type { ParseWarning } from './warning.ts';

/** How a section came out. `length` in bytes; `cut`: the source ended, or was given up, before the section's own end. */
export interface SectionTotals {
  readonly length: number;
  readonly records: number;
  readonly warnings: number;
  readonly cut: boolean;
}

/**
 * Takes what the parse room reads from one evidence file, in the order of the file. Sections do not overlap in time:
 * one is ended before the next begins, except that all records of a section name its handle.
 */
export interface ParseOutput {
  /** A section begins. `artifactId` null: kept, no parser reads it. Returns a handle for the calls below. */
  section(head: SectionHead, artifactId: string | null): number;
  record(section: number, record: ArtifactRecord, at: Place): void;
  /** `section` null: the warning concerns the evidence file as a whole. */
  warn(section: number | null, warning: ParseWarning): void;
  sectionEnd(section: number, totals: SectionTotals): void;
  /** The evidence is kept, and nothing in it was understood. One sentence. A warning row is not sent besides. */
  unrecognised(reason: string): void;
  /** Asked about four times a megabyte: a promise makes the parse room wait, so that memory stays flat. */
  settle?(): Promise<void> | undefined;
}
