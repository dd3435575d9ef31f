import type { ClockOffset } from '../model/acquisition.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CustodyLine } from './custody-log.ts';

export interface KeptEvidence extends Evidence {
  /** Section name known beforehand, or null. */
  readonly section: string | null;
}

/** A batch as the custody log tells it. Without a last line it was interrupted. */
export interface BatchFacts {
  readonly id: number;
  readonly kind: 'acquisition' | 'import';
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly state: 'complete' | 'partial' | 'interrupted' | 'cancelled';
  readonly serial: string | null;
  readonly profile: string | null;
  /** Number of the acquisition that this one goes on with, or null. */
  readonly continues: number | null;
  readonly offsetBefore: ClockOffset | null;
  readonly offsetAfter: ClockOffset | null;
  readonly missing: readonly string[];
  readonly evidence: readonly KeptEvidence[];
}

/** The profile, with what was done besides because the examiner asked for it. */
function profileOf(line: CustodyLine): string | null {
  const profile = (line.profile as string | undefined) ?? null;
  const extras = (line.extras as readonly string[] | undefined) ?? [];
  return profile === null || extras.length === 0 ? profile : `${profile}, with ${extras.join(' and ')}`;
}

/** Batches in order, read from the custody log. */
export function batchesOf(lines: readonly CustodyLine[]): BatchFacts[] {
  const batches = new Map<number, BatchFacts & { evidence: KeptEvidence[] }>();
  for (const line of lines) {
    if (line.action === 'batch.started') {
      batches.set(line.batch as number, {
        id: line.batch as number,
        kind: line.kind as BatchFacts['kind'],
        startedAt: line.at,
        finishedAt: null,
        state: 'interrupted',
        serial: (line.serial as string | undefined) ?? null,
        profile: profileOf(line),
        continues: (line.continues as number | undefined) ?? null,
        offsetBefore: null,
        offsetAfter: null,
        missing: [],
        evidence: [],
      });
    } else if (line.action === 'evidence.kept') {
      const { seq: _seq, prev: _prev, at: _at, who: _who, action: _action, ...kept } = line;
      batches.get(line.batch as number)?.evidence.push(kept as unknown as KeptEvidence);
    } else if (line.action === 'batch.finished') {
      const batch = batches.get(line.batch as number);
      if (!batch) continue;
      batches.set(batch.id, {
        ...batch,
        finishedAt: line.at,
        state: line.state as BatchFacts['state'],
        offsetBefore: (line.offsetBefore as ClockOffset | null | undefined) ?? null,
        offsetAfter: (line.offsetAfter as ClockOffset | null | undefined) ?? null,
        missing: (line.missing as string[] | undefined) ?? [],
      });
    }
  }
  return [...batches.values()].sort((a, b) => a.id - b.id);
}
