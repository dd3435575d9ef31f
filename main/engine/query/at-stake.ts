import type { AtStakeFacts } from '../model/explain-facts.ts';
import type { ReadCase } from '../ports/case-handle.ts';

/** A transmission that begins no later than this after a use, or is under way then, is named as following it. */
export const FOLLOWS_WITHIN_US = 10 * 60_000_000;

interface SendRow {
  readonly event: string;
  readonly from: number;
  readonly sent: number;
}

/** The first transmission of the app after a moment: a captured one, which is exact, before an interval of the history. */
async function firstSend(read: ReadCase, uid: number, at: number): Promise<SendRow | undefined> {
  const contact = await read.get<SendRow>(
    `SELECT 'c' || id event, from_us "from", sent FROM contact
     WHERE uid = ? AND sent > 0 AND from_us >= ? AND from_us <= ? ORDER BY from_us, id LIMIT 1`,
    [uid, at, at + FOLLOWS_WITHIN_US],
  );
  return (
    contact ??
    (await read.get<SendRow>(
      `SELECT 'v' || v.id event, v.from_us "from", v.sent FROM volume v JOIN series s ON s.id = v.series
       WHERE s.uid = ? AND v.counted = 1 AND v.sent > 0 AND v.to_us > ? AND v.from_us <= ? ORDER BY v.from_us, v.id LIMIT 1`,
      [uid, at, at + FOLLOWS_WITHIN_US],
    ))
  );
}

/** What was granted to the packages of a uid, as the last sources said it; a permission that one of them has counts as granted. */
async function granted(
  read: ReadCase,
  packages: readonly string[],
  user: number | null,
): Promise<AtStakeFacts['permissions']> {
  const rows = await read.all<{ permissions: string; evidence: string; batch: number }>(
    `SELECT p.permissions, s.evidence, e.batch FROM package_said p JOIN section s ON s.id = p.section JOIN evidence e ON e.id = s.evidence
     WHERE p.permissions IS NOT NULL AND p.name IN (SELECT value FROM json_each(?)) AND (p.user IS NULL OR p.user = ?)
     ORDER BY e.batch, p.id`,
    [JSON.stringify(packages), user ?? 0],
  );
  const batch = rows.at(-1)?.batch;
  const said = new Map<string, { name: string; granted: boolean | null; evidence: string }>();
  for (const row of rows) {
    if (row.batch !== batch) continue;
    for (const one of JSON.parse(row.permissions) as { name: string; granted: boolean }[]) {
      if (said.get(one.name)?.granted !== true) said.set(one.name, { ...one, evidence: row.evidence });
    }
  }
  return [...said.values()];
}

/** What an app was permitted to read, what it last read, and what it sent within ten minutes after. `packages`: those of the uid. */
export async function atStakeFacts(read: ReadCase, uid: number, packages: readonly string[]): Promise<AtStakeFacts> {
  const user = uid < 0 ? null : Math.floor(uid / 100_000);
  const uses = await read.all<{ op: string; atUs: number | null; evidence: string }>(
    `SELECT o.op, max(o.at_us) atUs, s.evidence FROM app_op o JOIN section s ON s.id = o.section
     WHERE o.uid = ? AND o.told = 'access' GROUP BY o.op ORDER BY o.op`,
    [uid],
  );
  const followed = new Map<string, { event: string; seconds: number; sent: number }>();
  for (const use of uses) {
    const send = use.atUs === null ? undefined : await firstSend(read, uid, use.atUs);
    if (!send || use.atUs === null) continue;
    const seconds = Math.max(0, Math.round((send.from - use.atUs) / 1_000_000));
    followed.set(use.op, { event: send.event, seconds, sent: send.sent });
  }
  return { permissions: await granted(read, packages, user), uses, followed };
}
