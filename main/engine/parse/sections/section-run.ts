import type { Artifact, BinaryArtifact, LineReader, RecordSink } from '../../model/artifact.ts';
import type { ParseOutput } from '../../model/parse-output.ts';
import type { Place, SectionHead } from '../../model/place.ts';
import type { ArtifactRecord } from '../../model/record.ts';
import type { ParseWarning } from '../../model/warning.ts';
import { type LineState, longestLine } from './line-splitter.ts';

/** Of one reason, this many places are named in a section; then they are counted. */
const namedPlaces = 100;
const mostReasons = 500;

/** One section on its way from the file to the output: counts, and notes what the dump program itself says. */
export class SectionRun implements RecordSink {
  readonly handle: number;
  private readonly out: ParseOutput;
  private readonly head: SectionHead;
  private reader: LineReader | null = null;
  private records = 0;
  private warnings = 0;
  private isCut = false;
  private unnamed = 0;
  private readonly reasons = new Map<string, { count: number; last: Place }>();

  constructor(out: ParseOutput, head: SectionHead, artifact: Artifact | null) {
    this.out = out;
    this.head = head;
    this.handle = out.section(head, artifact?.id ?? null);
    if (artifact?.form !== 'text') return;
    try {
      this.reader = artifact.open(head, this);
    } catch (thrown) {
      this.fail(thrown, { line: head.firstLine, offset: head.offset });
    }
  }

  record(record: ArtifactRecord, at: Place): void {
    this.records += 1;
    this.out.record(this.handle, record, at);
  }

  warn(warning: ParseWarning): void {
    const seen = this.reasons.get(warning.reason);
    if (seen) {
      seen.count += 1;
      seen.last = warning.at;
      if (seen.count > namedPlaces) return;
    } else {
      if (this.reasons.size >= mostReasons) {
        this.unnamed += 1;
        return;
      }
      this.reasons.set(warning.reason, { count: 1, last: warning.at });
    }
    this.send(warning);
  }

  private send(warning: ParseWarning): void {
    this.warnings += 1;
    const text = warning.text === null ? null : warning.text.slice(0, 200);
    this.out.warn(this.handle, { at: warning.at, text, reason: warning.reason });
  }

  cut(): void {
    this.isCut = true;
  }

  line(text: string, line: number, offset: number, state: LineState, bytes: number): void {
    const first = text.charCodeAt(0);
    // '*', 'P', 'C': words of dumpsys itself, not of the service
    if ((first === 42 || first === 80 || first === 67) && this.ownWords(text, line, offset)) return;
    const { reader } = this;
    if (!reader) return;
    const at: Place = { line, offset };
    try {
      if (state === 'whole') reader.line(text, at);
      else if (state === 'long') {
        this.warn({
          at,
          text: text.slice(0, 200),
          reason: `This line has ${bytes} bytes, more than the ${longestLine} that a line may have; it was passed over.`,
        });
        reader.passedOver?.(text, at);
      } else if (reader.unfinished) reader.unfinished(text, at);
      else reader.line(text, at);
    } catch (thrown) {
      this.fail(thrown, at);
    }
  }

  /** Hands a binary section to its reader. */
  bytes(artifact: BinaryArtifact, bytes: Uint8Array): void {
    try {
      artifact.read(this.head, bytes, this);
    } catch (thrown) {
      this.fail(thrown, { line: null, offset: this.head.offset });
    }
  }

  /** Any fault of a parser ends its section with a warning row, never the run. */
  private fail(thrown: unknown, at: Place): void {
    this.reader = null;
    this.isCut = true;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    this.warn({
      at,
      text: null,
      reason: `The reader of this section failed (${why.slice(0, 200)}); what follows in it was not read.`,
    });
  }

  /** `end`: the byte behind the section. */
  close(end: number, cut: boolean): void {
    if (cut) this.isCut = true;
    try {
      this.reader?.end(this.isCut);
    } catch (thrown) {
      this.fail(thrown, { line: null, offset: end });
    }
    for (const [reason, { count, last }] of this.reasons) {
      if (count <= namedPlaces) continue;
      const more = count - namedPlaces;
      this.send({ at: last, text: null, reason: `${more} more places in this section, the last one here: ${reason}` });
    }
    if (this.unnamed > 0) {
      const at: Place = { line: null, offset: this.head.offset };
      this.send({ at, text: null, reason: `${this.unnamed} more warnings of other kinds in this section.` });
    }
    this.out.sectionEnd(this.handle, {
      length: end - this.head.offset,
      records: this.records,
      warnings: this.warnings,
      cut: this.isCut,
    });
  }

  private ownWords(text: string, line: number, offset: number): boolean {
    const at: Place = { line, offset };
    if (/^\*\*\* SERVICE .{0,200}TIMEOUT.{0,40}EXPIRED \*\*\*/.test(text.slice(0, 300))) {
      this.isCut = true;
      this.warn({ at, text, reason: 'The phone gave up on this dump before its end: the time for it had run out.' });
      return true;
    }
    if (this.reader && /^(?:Permission Denial: can't dump |Can't find service: )/.test(text.slice(0, 40))) {
      this.isCut = true;
      this.warn({ at, text, reason: 'The phone refused this dump or has no such service.' });
      return true;
    }
    return false;
  }
}
