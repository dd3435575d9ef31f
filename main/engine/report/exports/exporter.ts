import type { EventView } from '../../../../shared/types/event.ts';

/** What was written: the path as asked for, events, and the SHA-256 of the file's bytes. */
export interface ExportedFile {
  readonly path: string;
  readonly rows: number;
  readonly sha256: string;
}

/** One file format for other tools. */
export interface Exporter {
  /** Equals the folder's name and is what `--format` takes. */
  readonly id: string;
  readonly title: string;
  /**
   * Writes the events in the order in which they come. The file appears under its name only when it is whole; an
   * older one of that name is replaced. Rejects with a Failure that names the path, or with what `events` throws.
   */
  export(events: AsyncIterable<readonly EventView[]>, out: string): Promise<ExportedFile>;
}
