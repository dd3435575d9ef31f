import type { Evidence, EvidenceState } from '../../model/evidence.ts';
import type { ParseOutput, SectionTotals } from '../../model/parse-output.ts';
import type { Place, SectionHead } from '../../model/place.ts';
import type { ArtifactRecord } from '../../model/record.ts';
import type { ParseWarning } from '../../model/warning.ts';
import type { EvidenceSource } from '../../ports/evidence-source.ts';
import { parseEvidence } from '../parse-evidence.ts';
import type { Limits } from '../sections/budget.ts';

export interface CollectedSection {
  readonly head: SectionHead;
  readonly artifact: string | null;
  readonly records: { readonly record: ArtifactRecord; readonly at: Place }[];
  readonly warnings: ParseWarning[];
  totals: SectionTotals | null;
}

/** Everything that a parse handed over, held in memory, for tests. */
export class Collected implements ParseOutput {
  readonly sections: CollectedSection[] = [];
  readonly loose: ParseWarning[] = [];
  readonly notRecognised: string[] = [];
  section(head: SectionHead, artifact: string | null): number {
    this.sections.push({ head, artifact, records: [], warnings: [], totals: null });
    return this.sections.length - 1;
  }
  record(section: number, record: ArtifactRecord, at: Place): void {
    this.sections[section]!.records.push({ record, at });
  }
  warn(section: number | null, warning: ParseWarning): void {
    (section === null ? this.loose : this.sections[section]!.warnings).push(warning);
  }
  sectionEnd(section: number, totals: SectionTotals): void {
    this.sections[section]!.totals = totals;
  }
  unrecognised(reason: string): void {
    this.notRecognised.push(reason);
  }

  /** All records of one kind. */
  all<K extends ArtifactRecord['kind']>(kind: K): Extract<ArtifactRecord, { kind: K }>[] {
    const records = this.sections.flatMap((section) => section.records.map(({ record }) => record));
    return records.filter((record) => record.kind === kind) as Extract<ArtifactRecord, { kind: K }>[];
  }
  get warnings(): ParseWarning[] {
    return [...this.loose, ...this.sections.flatMap((section) => section.warnings)];
  }
  named(section: string): CollectedSection | undefined {
    return this.sections.find(({ head }) => head.name === section);
  }
}

/** What the acquisition would have said of an answer. */
export interface Given {
  readonly section: string;
  readonly user?: number | null;
  readonly command?: string;
  readonly state?: EvidenceState;
}

/** An evidence source over a file of this machine: imported, or with `given` the answer to a command. */
export function sourceOf(path: string, name: string, given: Given | null = null): EvidenceSource {
  const origin: Evidence['origin'] =
    given === null
      ? { kind: 'file', path: name }
      : { kind: 'command', step: name, command: given.command ?? '', stream: 'stdout', user: given.user ?? null };
  const evidence: Evidence = {
    id: 'E1',
    batch: 1,
    sha256: '0'.repeat(64),
    bytes: 0,
    name,
    origin,
    state: given?.state ?? 'complete',
    exit: 0,
    hostBefore: '2026-01-01T00:00:00.000000Z',
    hostAfter: '2026-01-01T00:00:01.000000Z',
    offsetMs: null,
    offsetErrorMs: null,
  };
  return { evidence, section: given?.section ?? null, path };
}

/** Parses a file and holds what comes. */
export async function collect(source: EvidenceSource, limits?: Limits): Promise<Collected> {
  const out = new Collected();
  await parseEvidence(source, out, limits);
  return out;
}
