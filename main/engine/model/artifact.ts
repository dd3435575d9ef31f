import type { Place, SectionHead } from './place.ts';
import type { ArtifactRecord } from './record.ts';
import type { ParseWarning } from './warning.ts';

/** Where an artifact puts what it read. */
export interface RecordSink {
  record(record: ArtifactRecord, at: Place): void;
  warn(warning: ParseWarning): void;
  /** Says that the section ended before its own end. */
  cut(): void;
}

/** Takes the lines of one section, in order, without their line ends. Text is UTF-8, damaged bytes as U+FFFD. */
export interface LineReader {
  line(text: string, at: Place): void;
  /** The last line of the source where it has no line end: it may be cut off. Absent: `line` takes it. */
  unfinished?(text: string, at: Place): void;
  /**
   * A line of more than a megabyte stood here and was passed over; `beginning` is its first thousand bytes. The section
   * carries the warning. What is not finished may not be carried on with: the line may have held its end.
   */
  passedOver?(beginning: string, at: Place): void;
  /** The section is over; `cut` says that the source ended before the section's own end. */
  end(cut: boolean): void;
}

interface ArtifactBase {
  /** Equals the folder's name. */
  readonly id: string;
  readonly title: string;
  /** Names of the sections that it reads. */
  readonly reads: readonly string[];
  /** One sentence each, shown beside every event of the artifact. */
  readonly proves: readonly string[];
  readonly doesNotProve: readonly string[];
  /**
   * Looks at the first 64 KiB of a file that nobody named and says whether this is its form.
   * Answers with the section name, or null.
   */
  recognise(sample: { readonly text: string; readonly bytes: Uint8Array; readonly fileName: string }): string | null;
}

export interface TextArtifact extends ArtifactBase {
  readonly form: 'text';
  open(section: SectionHead, sink: RecordSink): LineReader;
}

export interface BinaryArtifact extends ArtifactBase {
  readonly form: 'binary';
  read(section: SectionHead, bytes: Uint8Array, sink: RecordSink): void;
}

/** A file that is read at random places: the room's own part for its container does that, and here stand its words. */
export interface ArchiveArtifact extends ArtifactBase {
  readonly form: 'archive';
}

/** A capture of packets: the room's own part for captures reads it piece by piece, and here stand its words. */
export interface CaptureArtifact extends ArtifactBase {
  readonly form: 'capture';
}

/** One kind of trace on the phone, from bytes to records. Pure: no clock, no file, no network, no log. */
export type Artifact = TextArtifact | BinaryArtifact | ArchiveArtifact | CaptureArtifact;
