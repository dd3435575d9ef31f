import { ByteGather } from './byte-gather.ts';
import { keepOpen, renumbered } from './flow-facts.ts';

/** Segments of a connection that are kept while nobody recognises it, and the longest that is. */
const MOST_SEGMENTS = 3;
const LONGEST_SEGMENT = 4096;
/** The first byte of a greeting of TLS. */
const HANDSHAKE = 22;

interface Segment {
  readonly direction: 0 | 1;
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** A stream from its first byte that is there, with the sequence number of that byte. */
export interface EarlyStream {
  readonly base: number;
  readonly gather: ByteGather;
}

/**
 * The first segments of connections that nobody recognised yet: a later part of a greeting may come before its beginning, and a
 * beginning may be too short to be known.
 */
export class EarlySegments {
  private segments = new Map<number, Segment[]>();

  /** Gives flows their new numbers. */
  move(moved: ReadonlyMap<number, number>): void {
    this.segments = renumbered(this.segments, moved);
  }

  /**
   * Whether a segment that begins with this byte is worth keeping. One that comes in its turn is no later part of a greeting whose
   * beginning is missing: it may be the beginning itself, or go on with one that is kept.
   */
  wants(flow: number, inOrder: boolean, byte: number): boolean {
    return !inOrder || byte === HANDSHAKE || this.segments.has(flow);
  }

  /** Keeps a copy of a segment. Answers the stream as far as it is there, null where it cannot begin a greeting or no more is kept. */
  keep(flow: number, direction: 0 | 1, sequence: number, bytes: Uint8Array): EarlyStream | null {
    const kept = this.segments.get(flow) ?? [];
    if (bytes.length === 0 || bytes.length > LONGEST_SEGMENT || kept.length >= MOST_SEGMENTS) return null;
    kept.push({ direction, sequence, bytes: bytes.slice() });
    keepOpen(this.segments, flow, kept);
    let first: Segment | null = null;
    for (const one of kept)
      if (one.direction === direction && (!first || ((one.sequence - first.sequence) | 0) < 0)) first = one;
    // Most are no beginning of a greeting: then nothing is put together.
    if (first?.bytes[0] !== HANDSHAKE) return null;
    const base = first.sequence;
    const gather = new ByteGather();
    for (const one of kept) if (one.direction === direction) gather.put((one.sequence - base) | 0, one.bytes);
    return { base, gather };
  }

  /** Adds what came early to the stream that begins at `base`, and forgets it. */
  release(flow: number, direction: 0 | 1, base: number, gather: ByteGather): void {
    for (const one of this.segments.get(flow) ?? []) {
      const at = (one.sequence - base) | 0;
      if (one.direction === direction && at >= 0 && at < 0x8000) gather.put(at, one.bytes);
    }
    this.segments.delete(flow);
  }

  /** The connection is known, or nothing is looked for any more. */
  drop(flow: number): void {
    this.segments.delete(flow);
  }
}
