import type { Origin } from '../../model/evidence.ts';
import type { ReadCase } from '../../ports/case-handle.ts';

/** Who made a capture, as far as it can be told. */
export type MadeBy = 'pcapdroid vpn' | 'pcapdroid' | 'phone' | 'unknown';

/** One capture of the case, before it is held against the phone's own account. Times by the capture's clock. */
export interface CaptureFacts {
  /** Its section. */
  readonly id: number;
  readonly evidence: string;
  readonly fromUs: number;
  readonly toUs: number;
  readonly made: MadeBy;
  /** All its flows have one address on the inner side, or null. */
  readonly oneLocal: string | null;
  readonly appsSame: number;
  readonly appsOther: number;
}

interface Head {
  readonly id: number;
  readonly evidence: string;
  readonly origin: string;
  readonly span: string;
  readonly forms: string | null;
}

interface Sums {
  readonly section: number;
  readonly flows: number;
  readonly named: number;
  readonly tunnel: number;
  readonly low: string | null;
  readonly high: string | null;
}

/** Addresses of the network that PCAPdroid makes on the phone, for either family. */
const TUNNEL = `substr(local_ip, 1, 11) = '10.215.173.' OR substr(local_ip, 1, 14) = 'fd00:2:fd00:1:'`;

/**
 * How many uids the capture and the phone name alike, and how many they do not: it may be of another phone. A package counts either
 * way; a mere label only where it is the same, since a phone often does not tell its labels.
 */
async function namedAlike(read: ReadCase, section: number): Promise<{ same: number; other: number }> {
  const said = await read.all<{
    uid: number;
    package: string | null;
    label: string | null;
    packages: string;
    name: string;
  }>(
    `SELECT a.uid, substr(p.value, 1, instr(p.value || ' ', ' ') - 1) package, NULL label, a.packages, a.name
     FROM property p JOIN app a ON a.uid = CAST(substr(p.key, 13) AS INTEGER)
     WHERE p.section = ? AND p.key GLOB 'capture app [0-9]*'
     UNION SELECT a.uid, NULL, f.app, a.packages, a.name FROM flow f CROSS JOIN contact c ON c.id = f.id JOIN app a ON a.uid = c.uid
     WHERE f.app IS NOT NULL AND c.section = ?`,
    [section, section],
  );
  const known = said.filter(({ packages }) => packages !== '[]');
  let [same, other] = [0, 0];
  for (const rows of Map.groupBy(known, ({ uid }) => uid).values()) {
    const packages = JSON.parse(rows[0]!.packages) as string[];
    const alike = rows.some((row) =>
      // The trailer of a packet holds at most 19 bytes of a name.
      row.package === null
        ? [rows[0]!.name, ...packages].some(
            (one) => one === row.label || (row.label!.length >= 18 && one.startsWith(row.label!)),
          )
        : packages.includes(row.package),
    );
    if (alike) same += 1;
    else if (rows.some((row) => row.package !== null)) other += 1;
  }
  return { same, other };
}

/** Whether the bytes came from the phone itself: its clock dated the packets. */
function fromPhone(origin: string): boolean {
  const said = JSON.parse(origin) as Origin;
  return said.kind === 'command' && /\btcpdump\b/.test(said.command);
}

/** All captures of the case that hold a packet with a time, by their sections. */
export async function captureFacts(read: ReadCase): Promise<CaptureFacts[]> {
  const heads = await read.all<Head>(
    `SELECT s.id, s.evidence, e.origin, p.value span,
       (SELECT group_concat(value, ' ') FROM property WHERE section = s.id AND key = 'capture form') forms
     FROM section s JOIN evidence e ON e.id = s.evidence JOIN property p ON p.section = s.id AND p.key = 'capture span'
     WHERE s.artifact = 'packet-capture' ORDER BY s.id`,
  );
  if (heads.length === 0) return [];
  const sums = await read.all<Sums>(
    `SELECT section, sum(n) flows, sum(named) named, total(n * (${TUNNEL})) tunnel, min(local_ip) low, max(local_ip) high
     FROM (SELECT section, local_ip, count(*) n, count(uid) named FROM contact WHERE source = 'capture' GROUP BY local_ip, section)
     GROUP BY section`,
  );
  const bySection = new Map(sums.map((row) => [row.section, row]));
  const facts: CaptureFacts[] = [];
  for (const { id, evidence, origin, span, forms } of heads) {
    const [fromUs = Number.NaN, toUs = Number.NaN] = span.split(' ').map(Number);
    if (!Number.isSafeInteger(Math.floor(fromUs)) || !Number.isSafeInteger(Math.ceil(toUs))) continue;
    const own = bySection.get(id);
    const { named = 0, tunnel = 0, flows = 0 } = own ?? {};
    const pcapdroid = named > 0 || /pcapdroid/i.test(forms ?? '');
    const vpn = tunnel > 0 && (pcapdroid || tunnel * 2 > flows);
    const made = vpn ? 'pcapdroid vpn' : pcapdroid ? 'pcapdroid' : fromPhone(origin) ? 'phone' : 'unknown';
    const alike = named > 0 ? await namedAlike(read, id) : { same: 0, other: 0 };
    facts.push({
      id,
      evidence,
      fromUs: Math.floor(fromUs),
      toUs: Math.ceil(toUs),
      made,
      oneLocal: own && own.low === own.high ? own.low : null,
      appsSame: alike.same,
      appsOther: alike.other,
    });
  }
  return facts;
}
