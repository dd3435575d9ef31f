import type { Ident } from './networks.ts';
import { hashOf } from './random.ts';
import { HOUR_US } from './time.ts';

export const DEFAULT = 0;
export const FOREGROUND = 1;
export const VPN_IN = 1001;
export const VPN_OUT = 1002;

/** What the kernel itself sent stands in the totals of the interfaces and under no app; a little of it only in dev. */
export const KERNEL = -1;
export const DEVICE_ONLY = -2;

/** Bytes and packets, each way. */
export interface Amounts {
  sent: number;
  received: number;
  sentPackets: number;
  receivedPackets: number;
}

/** What one app did on one network within one hour: the world's own account, from which all dumps and all truths come. */
export interface Entry extends Amounts {
  /** The hour in which the phone's netstats clock put it, microseconds of UTC. */
  readonly hourUs: number;
  /** When it truly began. */
  readonly trueUs: number;
  readonly ident: Ident;
  readonly uid: number;
  readonly set: number;
  readonly tag: number;
}

/** Whether the entry is real traffic of the phone that a correct program adds up. */
export function counts(entry: Entry): boolean {
  return entry.tag === 0 && entry.set >= 0 && entry.set < 1000 && !entry.ident.virtual;
}

/** Spreads amounts evenly over the hours that a stretch of time touches, as netstats does, losing nothing. */
export function overHours(fromUs: number, toUs: number, amounts: Amounts): { hourUs: number; part: Amounts }[] {
  const out: { hourUs: number; part: Amounts }[] = [];
  const left = { ...amounts };
  let at = fromUs;
  while (at < toUs || out.length === 0) {
    const hourUs = Math.floor(at / HOUR_US) * HOUR_US;
    const end = Math.min(toUs, hourUs + HOUR_US);
    const share = toUs > at ? (end - at) / (toUs - at) : 1;
    const part: Amounts =
      end >= toUs
        ? { ...left }
        : {
            sent: Math.floor(left.sent * share),
            received: Math.floor(left.received * share),
            sentPackets: Math.floor(left.sentPackets * share),
            receivedPackets: Math.floor(left.receivedPackets * share),
          };
    left.sent -= part.sent;
    left.received -= part.received;
    left.sentPackets -= part.sentPackets;
    left.receivedPackets -= part.receivedPackets;
    out.push({ hourUs, part });
    at = Math.max(end, at + 1);
  }
  return out;
}

/** What the kernel sent beside the apps: some packets in a quarter of the hours of each network. */
export function kernelEntries(seed: number, entries: readonly Entry[]): Entry[] {
  const seen = new Map<Ident, { key: string; hours: Set<number> }>();
  const out: Entry[] = [];
  for (const entry of entries) {
    if (entry.tag !== 0 || entry.set >= 1000) continue;
    let one = seen.get(entry.ident);
    if (!one) {
      one = { key: JSON.stringify(entry.ident.members), hours: new Set() };
      seen.set(entry.ident, one);
    }
    if (one.hours.has(entry.hourUs)) continue;
    one.hours.add(entry.hourUs);
    const roll = hashOf(seed, 'kernel', one.key, Math.floor(entry.hourUs / HOUR_US));
    if (roll % 4 !== 0) continue;
    const sentPackets = 1 + ((roll >>> 8) % 9);
    const receivedPackets = (roll >>> 4) % 3 === 0 ? sentPackets : 0;
    const { hourUs, trueUs, ident } = entry;
    const at = { hourUs, trueUs, ident, uid: KERNEL, tag: 0 };
    out.push({ ...at, set: -1, sent: sentPackets * 72, received: receivedPackets * 64, sentPackets, receivedPackets });
    if ((roll >>> 16) % 5 === 0)
      out.push({ ...at, set: DEVICE_ONLY, sent: 84, received: 0, sentPackets: 1, receivedPackets: 0 });
  }
  return out;
}
