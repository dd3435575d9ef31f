import { type Amounts, DEVICE_ONLY, type Entry, KERNEL } from '../world/ledger.ts';
import type { Ident } from '../world/networks.ts';
import { HOUR_US, MINUTE_US } from '../world/time.ts';
import { compareIdents } from './ident.ts';

export type Recorder = 'dev' | 'xt' | 'uid' | 'uid_tag';

export interface Bucket extends Amounts {
  readonly startUs: number;
  operations: number;
  /** Milliseconds of the bucket for which netstats attributed bytes. */
  activeMs: number;
}

/** One history of netstats: whose, on which network; buckets in rising order. */
export interface Series {
  readonly ident: Ident;
  readonly key: string;
  readonly uid: number;
  readonly set: number;
  readonly tag: number;
  readonly bucketUs: number;
  readonly buckets: Bucket[];
}

export interface SeriesQuestion {
  readonly recorder: Recorder;
  readonly entries: readonly Entry[];
  /** What makes two identity sets one in the form that is written. */
  readonly keyOf: (ident: Ident) => string;
}

function belongs(entry: Entry, recorder: Recorder): boolean {
  if (recorder === 'uid') return entry.tag === 0 && entry.uid !== KERNEL;
  if (recorder === 'uid_tag') return entry.tag !== 0;
  return entry.tag === 0 && entry.set < 1000 && (entry.set !== DEVICE_ONLY || recorder === 'dev');
}

function put(bucket: Bucket, part: Amounts): void {
  bucket.sent += part.sent;
  bucket.received += part.received;
  bucket.sentPackets += part.sentPackets;
  bucket.receivedPackets += part.receivedPackets;
}

/** Sorts the world's account into the histories of one recorder, in the order in which netstats lists them. */
export function seriesOf(q: SeriesQuestion): Series[] {
  const total = q.recorder === 'dev' || q.recorder === 'xt';
  const bucketUs = total ? HOUR_US : 2 * HOUR_US;
  const all = new Map<string, { series: Series; byStart: Map<number, Bucket> }>();
  const keys = new Map<Ident, string>();
  // Sets that look alike in this form are one: the first stands for all, so that the order is one too.
  const idents = new Map<string, Ident>();
  for (const entry of q.entries) {
    if (!belongs(entry, q.recorder)) continue;
    let key = keys.get(entry.ident);
    if (key === undefined) {
      key = q.keyOf(entry.ident);
      keys.set(entry.ident, key);
      if (!idents.has(key)) idents.set(key, entry.ident);
    }
    const id = total ? key : `${entry.uid} ${entry.set} ${entry.tag} ${key}`;
    let one = all.get(id);
    if (!one) {
      const who = total ? { uid: -1, set: -1, tag: 0 } : { uid: entry.uid, set: entry.set, tag: entry.tag };
      one = { series: { ident: idents.get(key)!, key, ...who, bucketUs, buckets: [] }, byStart: new Map() };
      all.set(id, one);
    }
    const startUs = Math.floor(entry.hourUs / bucketUs) * bucketUs;
    let bucket = one.byStart.get(startUs);
    if (!bucket) {
      bucket = { startUs, sent: 0, received: 0, sentPackets: 0, receivedPackets: 0, operations: 0, activeMs: 0 };
      one.byStart.set(startUs, bucket);
    }
    put(bucket, entry);
    // A few apps count their own operations; which ones is told by nothing but the amounts.
    if (!total && entry.uid >= 10_000 && entry.sent % 89 === 0) bucket.operations += 1 + (entry.sent % 7);
    // Bytes are spread over the half hour since the poll before, so that is how the active time grows.
    bucket.activeMs = Math.min(bucketUs / 1000, bucket.activeMs + (30 * MINUTE_US) / 1000 - (entry.sent % 40_000));
  }
  const out: Series[] = [];
  for (const { series, byStart } of all.values()) {
    series.buckets.push(...byStart.values());
    series.buckets.sort((a, b) => a.startUs - b.startUs);
    out.push(series);
  }
  return out.sort(
    (a, b) =>
      (a.key === b.key ? 0 : compareIdents(a.ident, b.ident) || (a.key < b.key ? -1 : 1)) ||
      a.uid - b.uid ||
      a.set - b.set ||
      a.tag - b.tag,
  );
}
