import type { FindingView } from '../../../../shared/types/finding.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { CitedEvent, ReportFinding } from '../report-data.ts';

/** Volume events are named `v` and their row number. Rules cite no others. */
function volumeRow(event: string): number | null {
  const match = /^v(\d+)$/.exec(event);
  return match ? Number(match[1]) : null;
}

const AT_ONCE = 500;

async function readCited(read: ReadCase, rows: readonly number[]): Promise<Map<number, CitedEvent>> {
  const cited = new Map<number, CitedEvent>();
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    const found = await read.all<
      Omit<CitedEvent, 'id' | 'who' | 'lost'> & { row: number; member: string | null; app: string | null }
    >(
      `SELECT v.id AS row, v.from_us AS fromUs, v.to_us AS toUs, v.sent, v.received, c.evidence, e.sha256,
         c.name AS section, c.member, v.line, v.offset, a.name AS app
       FROM volume v JOIN series s ON s.id = v.series JOIN section c ON c.id = s.section
         LEFT JOIN evidence e ON e.id = c.evidence LEFT JOIN app a ON a.uid = s.uid
       WHERE v.id IN (${some.map(() => '?').join(',')})`,
      some,
    );
    for (const { row, member, section, app, ...place } of found)
      cited.set(row, { id: `v${row}`, ...place, section: inMember(section, member), who: app, lost: false });
  }
  return cited;
}

const inMember = (section: string, member: string | null) => (member === null ? section : `${section} in ${member}`);

/** The events of one of the examiner's own findings, by the places that were kept with it. */
function ownCited({ cited }: FindingView): CitedEvent[] {
  return cited.map((one) => ({
    id: one.id ?? '',
    fromUs: one.fromUs,
    toUs: one.toUs,
    sent: one.sent,
    received: one.received,
    evidence: one.evidence,
    sha256: one.sha256,
    section: inMember(one.section, one.member),
    line: one.line,
    offset: one.offset,
    who: [one.app, one.peer].filter((part) => part !== null).join(', ') || null,
    lost: one.id === null,
  }));
}

/** Findings in the order of the case, with the events they cite; withdrawn ones stay, with their state. */
export async function withCited(read: ReadCase, findings: readonly FindingView[]): Promise<ReportFinding[]> {
  const ofRules = findings.filter(({ rule }) => rule !== null);
  const wanted = new Set(ofRules.flatMap(({ events }) => events.map(volumeRow).filter((id) => id !== null)));
  const cited = await readCited(read, [...wanted]);
  return findings.map((finding) => ({
    ...finding,
    id: finding.id.toUpperCase(),
    cited:
      finding.rule === null
        ? ownCited(finding)
        : finding.events.flatMap((event) => cited.get(volumeRow(event) ?? -1) ?? []),
  }));
}
