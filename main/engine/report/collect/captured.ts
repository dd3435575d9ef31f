import { notThePeersInSql } from '../../../../shared/text/host-words.ts';
import { masked } from '../../../../shared/text/masked.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type {
  ReportCapture,
  ReportCaptured,
  ReportCapturedPeer,
  ReportLikelyOwner,
  ReportPersonal,
} from '../captured-data.ts';

/** More rows than this are no table that anybody reads: they stand in the exports. */
const MOST_ROWS = 300;
const MOST_PERSONAL = 200;
const MOST_EVIDENCE = 4;

/** The name of the other side; what a name server was asked for is none. */
const name = `CASE WHEN c.host_from IN (${notThePeersInSql}) THEN NULL ELSE lower(c.host) END`;

async function readCaptures(read: ReadCase): Promise<ReportCapture[]> {
  const rows = await read.all<{
    id: number;
    evidence: string;
    name: string;
    cut: number;
    section: string;
    form: string | null;
    packets: string | null;
    span: string | null;
  }>(
    `SELECT s.id, s.evidence, coalesce(s.member, e.name) name, s.cut, s.name section,
       (SELECT value FROM property p WHERE p.section = s.id AND key = 'capture form' ORDER BY id LIMIT 1) form,
       (SELECT value FROM property p WHERE p.section = s.id AND key = 'capture packets' ORDER BY id LIMIT 1) packets,
       (SELECT value FROM property p WHERE p.section = s.id AND key = 'capture span' ORDER BY id LIMIT 1) span
     FROM section s JOIN evidence e ON e.id = s.evidence WHERE s.artifact = 'packet-capture' ORDER BY e.ordinal, s.id`,
  );
  const reasons = await read.all<{ evidence: string; section: string | null; reason: string }>(
    `SELECT evidence, section, reason FROM warning WHERE section = 'packet capture' ORDER BY id LIMIT 2000`,
  );
  // Warnings name evidence and section: of several captures in one archive they cannot be told apart.
  const alone = new Map<string, number>();
  for (const { evidence } of rows) alone.set(evidence, (alone.get(evidence) ?? 0) + 1);
  return rows.map((row) => {
    const [from, to] = (row.span ?? '').split(' ').map(Number);
    return {
      evidence: row.evidence,
      name: row.name,
      form: row.form,
      packets: row.packets === null ? null : Number(row.packets),
      fromUs: row.span === null ? null : from!,
      toUs: row.span === null ? null : to!,
      notRead:
        alone.get(row.evidence) === 1
          ? reasons.filter((one) => one.evidence === row.evidence).map((one) => one.reason)
          : [],
    };
  });
}

async function readPersonal(read: ReadCase): Promise<{ rows: ReportPersonal[]; more: number }> {
  const found = `FROM flow f JOIN contact c ON c.id = f.id JOIN json_each(f.personal) j WHERE f.personal IS NOT NULL`;
  const group = `json_extract(j.value, '$.kind'), json_extract(j.value, '$.value'), coalesce(${name}, c.remote_ip), c.uid`;
  const rows = await read.all<Omit<ReportPersonal, 'masked' | 'event'> & { value: string; id: number }>(
    `SELECT json_extract(j.value, '$.kind') kind, json_extract(j.value, '$.value') value,
       max(json_extract(j.value, '$.key')) key, coalesce(${name}, c.remote_ip) host, coalesce(a.name, max(f.app)) app, c.uid uid,
       count(DISTINCT c.id) contacts, min(c.from_us) firstUs, max(c.to_us) lastUs,
       CAST(substr(min(printf('%020d%d', c.from_us, c.id)), 21) AS INTEGER) id, min(s.evidence) evidence
     ${found.replace(' WHERE', ' JOIN section s ON s.id = c.section LEFT JOIN app a ON a.uid = c.uid WHERE')}
     GROUP BY ${group} ORDER BY kind, firstUs, value LIMIT ${MOST_PERSONAL}`,
  );
  const all = await read.get<{ n: number }>(`SELECT count(*) n FROM (SELECT 1 ${found} GROUP BY ${group})`);
  return {
    rows: rows.map(({ value, id, ...row }) => ({ ...row, masked: masked(value), event: `c${id}` })),
    more: Math.max(0, (all?.n ?? 0) - rows.length),
  };
}

interface Peer {
  readonly uid: number | null;
  readonly host: string | null;
  readonly ip: string | null;
}
const peerKey = ({ uid, host, ip }: Peer) => JSON.stringify([uid, host, host === null ? ip : null]);

/** Correlated owners of captured contacts, by the row of the table that they belong to; the surest first. */
async function readOwners(read: ReadCase): Promise<ReadonlyMap<string, readonly ReportLikelyOwner[]>> {
  const rows = await read.all<Peer & Omit<ReportLikelyOwner, 'uid'> & { readonly owner: number }>(
    `SELECT c.uid, ${name} host, min(c.remote_ip) ip, o.uid owner, a.name app, o.how, o.confidence, count(*) contacts
     FROM flow_app o JOIN contact c ON c.id = o.contact LEFT JOIN app a ON a.uid = o.uid WHERE c.source = 'capture'
     GROUP BY c.uid, ${name}, CASE WHEN ${name} IS NULL THEN c.remote_ip END, o.uid, o.how, o.confidence
     ORDER BY CASE o.confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, contacts DESC, o.uid`,
  );
  const owners = new Map<string, ReportLikelyOwner[]>();
  for (const { owner, uid, host, ip, ...rest } of rows) {
    // What the capture says itself needs no second word for the same app.
    if (owner === uid) continue;
    const key = peerKey({ uid, host, ip });
    owners.set(key, [...(owners.get(key) ?? []), { uid: owner, ...rest }]);
  }
  return owners;
}

/** What captures tell of a case: each capture, the hosts by app with the most bytes first, and what was said in the clear. */
export async function readCaptured(read: ReadCase): Promise<ReportCaptured> {
  const sums = await read.get<{ contacts: number; sent: number; received: number; rows: number; lookUps: number }>(
    `SELECT count(*) contacts, total(sent) sent, total(received) received,
       (SELECT count(*) FROM (SELECT DISTINCT c.uid, ${name}, CASE WHEN ${name} IS NULL THEN c.remote_ip END
          FROM contact c WHERE c.source = 'capture')) rows,
       (SELECT count(*) FROM lookup) lookUps
     FROM contact WHERE source = 'capture'`,
  );
  const rows = await read.all<
    Omit<ReportCapturedPeer, 'hostFrom' | 'ipsMore' | 'evidence' | 'evidenceMore' | 'owners'> & {
      readonly ips: number;
      readonly froms: string;
      readonly evidence: string;
    }
  >(
    `SELECT c.uid, a.name app, max(f.app) capturedApp, ${name} host, json_group_array(DISTINCT c.host_from) froms,
       min(c.remote_ip) ip, count(DISTINCT c.remote_ip) ips, count(*) contacts, total(c.sent) sent, total(c.received) received,
       min(c.from_us) firstUs, max(c.to_us) lastUs, json_group_array(DISTINCT s.evidence) evidence
     FROM contact c JOIN section s ON s.id = c.section LEFT JOIN app a ON a.uid = c.uid LEFT JOIN flow f ON f.id = c.id
     WHERE c.source = 'capture' GROUP BY c.uid, ${name}, CASE WHEN ${name} IS NULL THEN c.remote_ip END
     ORDER BY total(c.sent) + total(c.received) DESC, c.uid, host, ip LIMIT ${MOST_ROWS}`,
  );
  const personal = await readPersonal(read);
  const owners = await readOwners(read);
  return {
    captures: await readCaptures(read),
    contacts: sums?.contacts ?? 0,
    lookUps: sums?.lookUps ?? 0,
    sent: sums?.sent ?? 0,
    received: sums?.received ?? 0,
    more: Math.max(0, (sums?.rows ?? 0) - rows.length),
    rows: rows.map(({ ips, froms, evidence, ...row }) => {
      const from = (JSON.parse(evidence) as string[]).sort();
      return {
        ...row,
        owners: (owners.get(peerKey(row)) ?? []).slice(0, MOST_EVIDENCE),
        hostFrom:
          row.host === null ? [] : (JSON.parse(froms) as (string | null)[]).filter((one) => one !== null).sort(),
        ipsMore: ips - 1,
        evidence: from.slice(0, MOST_EVIDENCE),
        evidenceMore: Math.max(0, from.length - MOST_EVIDENCE),
      };
    }),
    personal: personal.rows,
    personalMore: personal.more,
  };
}
