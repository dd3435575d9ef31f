import type { ReadCase } from '../../ports/case-handle.ts';
import type { ReportContacts, ReportPeer } from '../report-data.ts';

/** More rows than this are no table that anybody reads: they stand in the exports. */
const MOST_ROWS = 400;
const MOST_EVIDENCE = 4;

/** As SQLite gives it: truths are 1 or 0, evidence a list of all as JSON. */
interface PeerRow extends Omit<ReportPeer, 'openStart' | 'openEnd' | 'evidence' | 'evidenceMore'> {
  readonly openStart: number;
  readonly openEnd: number;
  readonly evidence: string;
}

/** Peers by app, as looks saw them: those of one app together, in the order in which they were first seen. */
export async function readContacts(read: ReadCase): Promise<ReportContacts> {
  const counts = await read.get<{ total: number; peers: number; rows: number }>(
    `SELECT count(*) total, count(DISTINCT remote_ip) peers,
       (SELECT count(*) FROM (
          SELECT DISTINCT uid, remote_ip, remote_port, protocol FROM contact WHERE source <> 'capture')) rows
     FROM contact WHERE source <> 'capture'`,
  );
  const rows = await read.all<PeerRow>(
    `SELECT c.uid, a.name app, c.remote_ip ip, max(c.host) host, c.remote_port port, c.protocol, count(*) connections,
       min(c.from_us) firstUs, max(c.to_us) lastUs, max(c.open_start) openStart, max(c.open_end) openEnd,
       json_group_array(DISTINCT s.evidence) evidence
     FROM contact c JOIN section s ON s.id = c.section LEFT JOIN app a ON a.uid = c.uid
     WHERE c.source <> 'capture' GROUP BY c.uid, c.remote_ip, c.remote_port, c.protocol
     ORDER BY c.uid IS NULL, a.name, c.uid, firstUs, c.remote_ip, c.remote_port, c.protocol LIMIT ${MOST_ROWS}`,
  );
  return {
    total: counts?.total ?? 0,
    peers: counts?.peers ?? 0,
    more: Math.max(0, (counts?.rows ?? 0) - rows.length),
    rows: rows.map((row) => {
      const evidence = JSON.parse(row.evidence) as string[];
      return {
        ...row,
        openStart: row.openStart === 1,
        openEnd: row.openEnd === 1,
        evidence: evidence.slice(0, MOST_EVIDENCE),
        evidenceMore: Math.max(0, evidence.length - MOST_EVIDENCE),
      };
    }),
  };
}
