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
  /** Steps that did not come to their end though asking again may help; null where the log does not say how they ended. */
  readonly unfinished: number | null;
  readonly offsetBefore: ClockOffset | null;
  readonly offsetAfter: ClockOffset | null;
  readonly missing: readonly string[];
  readonly evidence: readonly KeptEvidence[];
}

/** The profile, with what was done besides because the examiner asked for it. */
function profileOf(line: CustodyLine): string | null {
  const profile = (line.profile as string | undefined) ?? null;
  const count = (what: unknown) => (Array.isArray(what) ? what.length : 0);
  const named = (n: number, one: string, many: string) => (n === 0 ? [] : [n === 1 ? `one ${one}` : `${n} ${many}`]);
  const besides = [
    ...((line.extras as readonly string[] | undefined) ?? []),
    ...(line.root === true ? ['root'] : []),
    ...named(count(line.files), 'file of the owner', 'files of the owner'),
    ...named(count(line.apks), 'package', 'packages'),
  ];
  return profile === null || besides.length === 0 ? profile : `${profile}, with ${besides.join(' and ')}`;
}

/** How many steps were cut short or left out, other than for good. */
function unfinishedIn(line: CustodyLine): number | null {
  if (!Array.isArray(line.steps)) return null;
  const steps = line.steps as readonly { readonly state?: string; readonly final?: boolean }[];
  return steps.filter(({ state = '', final }) => !final && cutShort.includes(state)).length;
}
const cutShort: readonly string[] = ['timed out', 'truncated', 'interrupted'];

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
        unfinished: null,
        offsetBefore: null,
        offsetAfter: null,
        missing: [],
        evidence: [],
      });
    } else if (line.action === 'evidence.kept' && /^[0-9a-f]{64}$/.test(String(line.sha256))) {
      // Other names would lead out of the case; `verify` names such a line.
      const { seq: _seq, prev: _prev, at: _at, who: _who, action: _action, ...kept } = line;
      batches.get(line.batch as number)?.evidence.push(kept as unknown as KeptEvidence);
    } else if (line.action === 'batch.finished') {
      const batch = batches.get(line.batch as number);
      if (!batch) continue;
      batches.set(batch.id, {
        ...batch,
        finishedAt: line.at,
        state: line.state as BatchFacts['state'],
        unfinished: unfinishedIn(line),
        offsetBefore: (line.offsetBefore as ClockOffset | null | undefined) ?? null,
        offsetAfter: (line.offsetAfter as ClockOffset | null | undefined) ?? null,
        missing: (line.missing as string[] | undefined) ?? [],
      });
    }
  }
  return [...batches.values()].sort((a, b) => a.id - b.id);
}
