import { type Amounts, counts, DEFAULT, type Entry, KERNEL } from './ledger.ts';
import { HOUR_US } from './time.ts';

/** Bytes and packets of one uid that a correct program counts. */
export interface UidTotals extends Amounts {
  /** Bytes sent while the app was not in front (set DEFAULT). */
  sentBackground: number;
}

/** One uid, set and tag, over all networks of one kind. */
export interface RowTotals extends Amounts {
  readonly uid: number;
  readonly set: number;
  readonly tag: number;
  /** Rows of a VPN's tunnel stand apart from those of the networks that carried it. */
  readonly tunnel: boolean;
}

/** What the world knows of itself, from its own account, never from a dump. Bytes, packets, microseconds of UTC. */
export interface Totals extends Amounts {
  readonly byUid: Readonly<Record<number, UidTotals>>;
  /** Every row of the UID and the tag tables, also those that must not be counted. */
  readonly byUidSetTag: readonly RowTotals[];
  /** From the first counted two-hour bucket to the end of the last; null when there is none. */
  readonly span: { readonly fromUs: number; readonly toUs: number } | null;
}

function add(to: Amounts, from: Amounts): void {
  to.sent += from.sent;
  to.received += from.received;
  to.sentPackets += from.sentPackets;
  to.receivedPackets += from.receivedPackets;
}

const zero = (): Amounts => ({ sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 });

/** Adds up the account: sets DEFAULT and FOREGROUND, no tags, networks that really carried bytes. */
export function totalsOf(entries: readonly Entry[]): Totals {
  const all = zero();
  const byUid: Record<number, UidTotals> = {};
  const rows = new Map<string, RowTotals>();
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    if (entry.uid === KERNEL) continue;
    const key = `${entry.uid} ${entry.set} ${entry.tag} ${entry.ident.virtual}`;
    let row = rows.get(key);
    if (!row) {
      row = { uid: entry.uid, set: entry.set, tag: entry.tag, tunnel: entry.ident.virtual, ...zero() };
      rows.set(key, row);
    }
    add(row, entry);
    if (!counts(entry)) continue;
    byUid[entry.uid] ??= { ...zero(), sentBackground: 0 };
    const uid = byUid[entry.uid]!;
    add(uid, entry);
    if (entry.set === DEFAULT) uid.sentBackground += entry.sent;
    add(all, entry);
    const bucket = Math.floor(entry.hourUs / (2 * HOUR_US)) * 2 * HOUR_US;
    from = Math.min(from, bucket);
    to = Math.max(to, bucket + 2 * HOUR_US);
  }
  return { ...all, byUid, byUidSetTag: [...rows.values()], span: to > from ? { fromUs: from, toUs: to } : null };
}
