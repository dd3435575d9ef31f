import type { BatchView, EvidenceView, WarningView } from '../../../../shared/types/summary.ts';
import type { Origin } from '../../model/evidence.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';

export async function readBatches(read: ReadCase): Promise<BatchView[]> {
  const rows = await read.all<Omit<BatchView, 'missing'> & { missing: string }>(
    `SELECT id, kind, started_at AS startedAt, finished_at AS finishedAt, state, serial, profile,
       offset_before_ms AS offsetBeforeMs, offset_before_error_ms AS offsetBeforeErrorMs,
       offset_after_ms AS offsetAfterMs, offset_after_error_ms AS offsetAfterErrorMs, missing
     FROM batch ORDER BY id`,
  );
  return rows.map((row) => ({ ...row, missing: (JSON.parse(row.missing) as unknown[]).map(plainItem) }));
}

/** `missing` is a list of sentences; an older or richer form is shown as it stands. */
function plainItem(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

type EvidenceRow = Omit<EvidenceView, 'obtained' | 'command' | 'sections' | 'recognised'> & { origin: string };

export async function readEvidence(read: ReadCase): Promise<EvidenceView[]> {
  const rows = await read.all<EvidenceRow>(
    `SELECT id, batch, sha256, bytes, name, origin, state, exit, host_before AS hostBefore, host_after AS hostAfter,
       offset_ms AS offsetMs, offset_error_ms AS offsetErrorMs FROM evidence ORDER BY ordinal`,
  );
  const sections = await read.all<{ evidence: string; name: string; artifact: string | null }>(
    `SELECT evidence, name, artifact FROM section ORDER BY id`,
  );
  const of = new Map<string, { names: string[]; recognised: boolean }>();
  for (const { evidence, name, artifact } of sections) {
    const known = of.get(evidence) ?? { names: [], recognised: false };
    known.names.push(name);
    known.recognised ||= artifact !== null;
    of.set(evidence, known);
  }
  return rows.map(({ origin, ...row }) => {
    const from = JSON.parse(origin) as Origin;
    return {
      ...row,
      obtained: from.kind === 'command' ? wording.obtainedByCommand(from.command, from.stream) : from.path,
      command: from.kind === 'command' ? from.command : null,
      sections: of.get(row.id)?.names ?? [],
      recognised: of.get(row.id)?.recognised ?? false,
    };
  });
}

const FIRST_WARNINGS = 40;

export async function readWarnings(read: ReadCase): Promise<ReportData['warnings']> {
  const reasons = await read.all<{ reason: string; rows: number; evidence: string }>(
    `SELECT reason, count(*) AS rows, group_concat(DISTINCT evidence) AS evidence FROM warning
     GROUP BY reason ORDER BY rows DESC, reason`,
  );
  const first = await read.all<WarningView>(
    `SELECT evidence, section, line, offset, text, reason FROM warning ORDER BY id LIMIT ${FIRST_WARNINGS}`,
  );
  return {
    total: reasons.reduce((sum, one) => sum + one.rows, 0),
    reasons: reasons.map((one) => ({ ...one, evidence: one.evidence.split(',') })),
    first,
  };
}
