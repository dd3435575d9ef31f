import type { FindingView } from '../../../../shared/types/summary.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { CitedEvent, ReportFinding } from '../report-data.ts';

/** Volume events are named `v` and their row number. Other events have no row here and are named only. */
function volumeRow(event: string): number | null {
  const match = /^v(\d+)$/.exec(event);
  return match ? Number(match[1]) : null;
}

const AT_ONCE = 500;

async function readCited(read: ReadCase, rows: readonly number[]): Promise<Map<number, CitedEvent>> {
  const cited = new Map<number, CitedEvent>();
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    const found = await read.all<Omit<CitedEvent, 'id'> & { row: number; member: string | null }>(
      `SELECT v.id AS row, v.from_us AS fromUs, v.to_us AS toUs, v.sent, v.received, c.evidence, c.name AS section,
         c.member, v.line, v.offset
       FROM volume v JOIN series s ON s.id = v.series JOIN section c ON c.id = s.section
       WHERE v.id IN (${some.map(() => '?').join(',')})`,
      some,
    );
    for (const { row, member, section, ...place } of found) {
      cited.set(row, { id: `v${row}`, ...place, section: member === null ? section : `${section} in ${member}` });
    }
  }
  return cited;
}

/** Findings in the order of the case, with the events they cite; withdrawn ones stay, with their state. */
export async function withCited(read: ReadCase, findings: readonly FindingView[]): Promise<ReportFinding[]> {
  const wanted = new Set(findings.flatMap(({ events }) => events.map(volumeRow).filter((id) => id !== null)));
  const cited = await readCited(read, [...wanted]);
  return findings.map((finding) => ({
    ...finding,
    id: finding.id.toUpperCase(),
    cited: finding.events.flatMap((event) => cited.get(volumeRow(event) ?? -1) ?? []),
  }));
}
