import type { ReadsOn } from '../../../shared/base/read-ahead.ts';
import type { Evidence, EvidenceState, Origin } from '../model/evidence.ts';

/** What is known of a piece of evidence when its last byte has come. */
export interface KeptFacts {
  readonly state: EvidenceState;
  readonly exit: number | null;
  /** Host time around the reading, microseconds of UTC. */
  readonly hostBeforeUs: number;
  readonly hostAfterUs: number;
  /** Phone minus host, milliseconds, where it was measured. */
  readonly offsetMs?: number | null;
  readonly offsetErrorMs?: number | null;
  /** Decided only now: replaces the section that the evidence was opened with. */
  readonly section?: string | null;
}

/** A file that is open for reading. */
export interface CopySource extends ReadsOn {
  readonly fd: number;
}

/** Bytes on their way into the case. Call `finish` or `discard` exactly once; after a `finish` that failed, `discard` does nothing. */
export interface OpenEvidence {
  /** Resolves when the bytes are with the file system; await it, so that a slow disk slows the source. */
  write(chunk: Uint8Array): Promise<void>;
  /** Writes what an open file of about `size` bytes has left. Each piece is with the file system then, and good until the next is asked for. */
  copy(source: CopySource, size: number): AsyncIterable<Uint8Array>;
  /** Bytes so far. */
  readonly bytes: number;
  /** Name of the file that is being written, where it lies beside the finished ones. */
  readonly file?: string;
  /** Hashes, files and logs the bytes. With `unlessKnown`, bytes that the case has already are not kept again: null. */
  finish(facts: KeptFacts, unlessKnown?: boolean): Promise<Evidence | null>;
  /** The SHA-256 of what was written; call it after the last write. */
  sha256(): Promise<string>;
  discard(): Promise<void>;
}

/** The case's side of acquiring: every byte as received, hashed, read-only, in the custody log. */
export interface EvidenceKeeper {
  /** `section` is the name under which the parse room reads it, or null: recognise it by its content. */
  open(what: {
    readonly name: string;
    readonly origin: Origin;
    readonly section: string | null;
  }): Promise<OpenEvidence>;
  /** A fact for the custody log that has no bytes of its own. */
  log(action: string, details: Readonly<Record<string, unknown>>): Promise<void>;
}
