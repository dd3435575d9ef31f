import type { ReadCase } from '../../ports/case-handle.ts';
import type { CitedEvent, ReportFinding } from '../report-data.ts';

interface FindingRow {
  readonly id: number;
  readonly rule: string | null;
  readonly title: string;
  readonly text: string;
  readonly limits: string;
  readonly state: ReportFinding['state'];
  readonly app: string | null;
  readonly events: string;
}

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

/** Findings in the order of the case; withdrawn ones stay, with their state. */
export async function readFindings(read: ReadCase): Promise<ReportFinding[]> {
  const rows = await read.all<FindingRow>(
    `SELECT f.id, f.rule, f.title, f.text, f.limits, f.state, a.name AS app, f.events
     FROM finding f LEFT JOIN app a ON a.uid = f.uid ORDER BY f.id`,
  );
  const findings = rows.map((row) => ({ row, events: JSON.parse(row.events) as string[] }));
  const wanted = new Set(findings.flatMap(({ events }) => events.map(volumeRow).filter((id) => id !== null)));
  const cited = await readCited(read, [...wanted]);
  return findings.map(({ row, events }) => ({
    id: `F${row.id}`,
    rule: row.rule,
    title: row.title,
    text: row.text,
    limits: row.limits,
    state: row.state,
    events,
    app: row.app,
    cited: events.flatMap((event) => cited.get(volumeRow(event) ?? -1) ?? []),
  }));
}
