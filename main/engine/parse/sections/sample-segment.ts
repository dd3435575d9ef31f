import { evidenceStates } from '../../../../shared/types/summary.ts';
import type { Artifact } from '../../model/artifact.ts';
import { type SampleHead, type SegmentHead, segmentForm } from '../../model/live-segment.ts';
import type { ParseOutput } from '../../model/parse-output.ts';
import type { SectionHead } from '../../model/place.ts';
import type { ParseWarning } from '../../model/warning.ts';
import type { ByteStream } from './byte-stream.ts';
import { splitterFor } from './line-splitter.ts';
import { SectionRun } from './section-run.ts';

const LF = 10;
const longestHead = 256 * 1024;
const longestSample = 64 * 1024 * 1024;
/** The same thing may be wrong with every answer: so many places are named, the others counted. */
const namedAnswers = 3;

/** Says whether the beginning of a text is that of a segment of a live acquisition. */
export function looksLikeSegment(text: string): boolean {
  return text.startsWith(`{"form":"${segmentForm}"`);
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

/** Reads the line in front of an answer; null where it is none. */
export function sampleHeadIn(line: string): SampleHead | null {
  const said = objectIn(line);
  const sound =
    said !== null &&
    isCount(said.sample) &&
    isCount(said.bytes, longestSample) &&
    isCount(said.hostBeforeUs) &&
    isCount(said.hostAfterUs) &&
    evidenceStates.some((state) => state === said.state);
  return sound ? (said as unknown as SampleHead) : null;
}

function segmentHeadIn(line: string): SegmentHead | null {
  const said = objectIn(line);
  return said?.form === segmentForm && typeof said.section === 'string' && isCount(said.stretch)
    ? (said as unknown as SegmentHead)
    : null;
}

/** Names the first places of a reason and counts the others, over all answers of a segment. */
class OftenSaid implements ParseOutput {
  private readonly out: ParseOutput;
  private readonly reasons = new Map<string, { count: number; last: ParseWarning }>();
  constructor(out: ParseOutput) {
    this.out = out;
  }
  section(head: SectionHead, artifactId: string | null): number {
    return this.out.section(head, artifactId);
  }
  record: ParseOutput['record'] = (section, record, at) => this.out.record(section, record, at);
  sectionEnd: ParseOutput['sectionEnd'] = (section, totals) => this.out.sectionEnd(section, totals);
  unrecognised(reason: string): void {
    this.out.unrecognised(reason);
  }
  warn(section: number | null, warning: ParseWarning): void {
    const seen = this.reasons.get(warning.reason) ?? { count: 0, last: warning };
    this.reasons.set(warning.reason, { count: seen.count + 1, last: warning });
    if (seen.count < namedAnswers) this.out.warn(section, warning);
  }
  end(): void {
    for (const [reason, { count, last }] of this.reasons) {
      if (count <= namedAnswers) continue;
      const more = `${count - namedAnswers} more places in this segment, the last one here: ${reason}`;
      this.out.warn(null, { at: last.at, text: null, reason: more });
    }
  }
}

/**
 * Reads one answer: its bytes are a section, which the artifact reads that reads a single answer of the same command. Places
 * are those of the file: `line` and `offset` say where the bytes begin in it.
 */
export function readSample(
  out: ParseOutput,
  artifact: Artifact | null,
  segment: Pick<SegmentHead, 'section' | 'stretch'>,
  head: SampleHead,
  bytes: Buffer,
  at: { readonly member: string | null; readonly fileName: string; readonly line: number; readonly offset: number },
): void {
  const { sample: number, hostBeforeUs, hostAfterUs, state, command } = head;
  const answered = state !== 'refused' && state !== 'unavailable';
  const reader = answered ? artifact : null;
  const run = new SectionRun(
    out,
    {
      name: segment.section,
      member: at.member,
      fileName: at.fileName,
      firstLine: at.line,
      offset: at.offset,
      user: null,
      command,
      sample: { number, stretch: segment.stretch, hostBeforeUs, hostAfterUs, state },
    },
    reader,
  );
  if (reader?.form === 'text') {
    // The mark of another byte order cannot stand here: the first bytes are told to be plain.
    const splitter = splitterFor(Buffer.alloc(0), (text, line, offset, lineState, size) =>
      run.line(text, at.line + line - 1, at.offset + offset, lineState, size),
    );
    splitter.push(bytes);
    splitter.end();
  }
  run.close(at.offset + bytes.length, state !== 'complete' && state !== 'truncated');
}

interface Where {
  readonly member: string | null;
  readonly fileName: string;
}

/** Cuts a segment of a live acquisition into its answers (`model/live-segment.ts`). One that was cut gives all whole ones. */
export async function readSegment(
  bytes: ByteStream,
  where: Where,
  output: ParseOutput,
  artifactFor: (section: string) => Artifact | null,
): Promise<void> {
  const out = new OftenSaid(output);
  const held: Buffer[] = [];
  let size = 0;
  let offset = 0;
  let line = 1;
  let segment: SegmentHead | null = null;
  let ended = false;
  let lost = false;
  const warn = (reason: string, text: string | null = null) =>
    out.warn(null, { at: { line, offset }, text: text?.slice(0, 200) ?? null, reason });
  const whole = (): Buffer => {
    if (held.length > 1) held.splice(0, held.length, Buffer.concat(held));
    return held[0] ?? Buffer.alloc(0);
  };
  /** Takes bytes off the front; they have been dealt with. */
  const pass = (count: number): void => {
    const all = whole();
    for (let at = all.indexOf(LF); at >= 0 && at < count; at = all.indexOf(LF, at + 1)) line += 1;
    held.splice(0, held.length, all.subarray(count));
    size -= count;
    offset += count;
  };
  /** Deals with what is there as far as it goes; answers how many bytes are needed to go on. */
  const step = (): number => {
    for (;;) {
      const all = whole();
      const end = all.indexOf(LF);
      if (end < 0) {
        if (size <= longestHead) return size + 1;
        if (!lost) warn('What stands here is no line of a segment; the next answer is looked for behind it.');
        lost = true;
        pass(size);
        return 1;
      }
      const text = all.toString('utf8', 0, end);
      if (segment === null) {
        segment = segmentHeadIn(text);
        if (segment === null) warn('The first line of this segment cannot be read.', text);
        segment ??= { form: segmentForm, version: 1, step: '', section: where.fileName, stretch: 0 };
        pass(end + 1);
        continue;
      }
      const head = sampleHeadIn(text);
      if (head) {
        const needed = end + 1 + head.bytes + 1;
        if (size < needed) return needed;
        const at = { ...where, line: line + 1, offset: offset + end + 1 };
        readSample(out, artifactFor(segment.section), segment, head, all.subarray(end + 1, needed - 1), at);
        lost = false;
        pass(needed);
        continue;
      }
      if (typeof objectIn(text)?.end === 'string') ended = true;
      else if (!lost) {
        warn('What stands here is no line of a segment; the next answer is looked for behind it.', text);
        lost = true;
      }
      pass(end + 1);
    }
  };
  let needed = 1;
  for await (const chunk of bytes) {
    held.push(chunk);
    size += chunk.length;
    if (size >= needed) needed = step();
    await output.settle?.();
  }
  if (size > 0) warn('The segment ends in the middle of an answer; that one was not read.');
  else if (!ended) warn('The segment has no last line: the acquisition was cut off here.');
  out.end();
}
