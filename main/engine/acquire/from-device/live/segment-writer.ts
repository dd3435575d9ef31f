import type { ClockOffset, PlanRow } from '../../../model/acquisition.ts';
import type { Evidence } from '../../../model/evidence.ts';
import {
  type SampleHead,
  type SegmentEnd,
  type SegmentHead,
  segmentForm,
  segmentSection,
} from '../../../model/live-segment.ts';
import type { EvidenceKeeper, OpenEvidence } from '../../../ports/evidence-keeper.ts';
import { offsetFacts } from '../task-evidence.ts';

const encoder = new TextEncoder();
const lineOf = (value: SampleHead | SegmentHead | SegmentEnd) => encoder.encode(`${JSON.stringify(value)}\n`);
const newline = encoder.encode('\n');

/** Where an answer was put: the segment, and the line (from 1) and byte (from 0) at which its bytes begin in it. */
export interface SamplePlace {
  /** Counts the segments of the acquisition that one writer makes, from 1. */
  readonly segment: number;
  /** Name of the file that is being written, beside the evidence; null where the keeper has none. */
  readonly file: string | null;
  readonly line: number;
  readonly offset: number;
}

/** When a segment is full: so long after its first answer, or with so many bytes. */
export interface SegmentLimits {
  readonly longestMs: number;
  readonly mostBytes: number;
}

interface OpenSegment {
  readonly evidence: OpenEvidence;
  readonly stretch: number;
  readonly firstUs: number;
  lastUs: number;
  samples: number;
  line: number;
  /** As it stood at the last answer: what was measured later is of another stretch. */
  offset: ClockOffset | null;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/**
 * Writes the answers to one row into segments (`model/live-segment.ts`), one evidence file each. Every answer is handed to the
 * file system as soon as it is whole. Rejects with what the keeper throws; the segment is the keeper's then.
 */
export class SegmentWriter {
  readonly #keep: EvidenceKeeper;
  readonly #row: PlanRow;
  readonly #limits: SegmentLimits;
  readonly #closed: (evidence: Evidence, segment: number, samples: number) => void;
  #open: OpenSegment | null = null;
  #count = 0;

  constructor(
    keep: EvidenceKeeper,
    row: PlanRow,
    limits: SegmentLimits,
    closed: (evidence: Evidence, segment: number, samples: number) => void,
  ) {
    this.#keep = keep;
    this.#row = row;
    this.#limits = limits;
    this.#closed = closed;
  }

  async write(stretch: number, head: SampleHead, bytes: Uint8Array, offset: ClockOffset | null): Promise<SamplePlace> {
    if (this.#open && this.#open.stretch !== stretch) await this.close('gap');
    const open = this.#open ?? (await this.#begin(stretch, head));
    const { evidence } = open;
    const front = lineOf(head);
    const place: SamplePlace = {
      segment: this.#count,
      file: evidence.file ?? null,
      line: open.line + 1,
      offset: evidence.bytes + front.length,
    };
    await this.#put(Buffer.concat([front, bytes, newline]));
    open.line += 2 + linesIn(bytes);
    open.samples += 1;
    open.lastUs = head.hostAfterUs;
    open.offset = offset;
    return place;
  }

  /** Ends the segment that is open where it is full. Whoever tells of an answer does so before: until then its file bears the name that its place says. */
  async closeFull(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const full = open.evidence.bytes >= this.#limits.mostBytes;
    if (full || open.lastUs - open.firstUs >= this.#limits.longestMs * 1000) await this.close('full');
  }

  /** Ends the segment that is open, if there is one: its last line, its hash, its line in the custody log. */
  async close(why: 'full' | 'gap' | 'end'): Promise<void> {
    const open = this.#open;
    if (!open) return;
    await this.#put(lineOf({ end: why, samples: open.samples }));
    this.#open = null;
    const facts = { state: 'complete', exit: null, hostBeforeUs: open.firstUs, hostAfterUs: open.lastUs } as const;
    const kept = await open.evidence.finish({ ...facts, ...offsetFacts(open.offset) });
    if (!kept) return;
    const { stretch, samples } = open;
    await this.#keep.log('live.segment', { evidence: kept.id, step: this.#row.id, stretch, samples, end: why });
    this.#closed(kept, this.#count, samples);
  }

  async #begin(stretch: number, head: SampleHead): Promise<OpenSegment> {
    const { id, title, section } = this.#row;
    const evidence = await this.#keep.open({
      name: `${title}, watched`,
      origin: { kind: 'command', step: `live ${id}`, command: head.command, stream: 'stdout', user: null },
      section: segmentSection,
    });
    this.#count += 1;
    const open: OpenSegment = {
      evidence,
      stretch,
      firstUs: head.hostBeforeUs,
      lastUs: head.hostAfterUs,
      samples: 0,
      line: 1,
      offset: null,
    };
    this.#open = open;
    await this.#put(lineOf({ form: segmentForm, version: 1, step: id, section, stretch }));
    open.line += 1;
    return open;
  }

  async #put(bytes: Uint8Array): Promise<void> {
    const evidence = this.#open?.evidence;
    try {
      await evidence?.write(bytes);
    } catch (error) {
      this.#open = null;
      await evidence?.discard();
      throw error;
    }
  }
}
