import type { Micros } from '../../../shared/base/time.ts';

/** What an app sent and received in one bucket of the phone's history. */
export interface AppBucket {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly uid: number;
  readonly sent: number;
  readonly received: number;
}

/** A stretch in which one app alone sent or received, and all its buckets that touch it, in time order. */
export interface OnlySender {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly uid: number;
  readonly buckets: readonly AppBucket[];
  /** The longest of them: those that begin longer before are over. */
  readonly longestUs: number;
}

/** What the app sent and received in the buckets that touch [fromUs, toUs]. Bytes. */
export function bytesAround(
  { buckets, longestUs }: OnlySender,
  fromUs: Micros,
  toUs: Micros,
): { sent: number; received: number } {
  const sum = { sent: 0, received: 0 };
  let [low, high] = [0, buckets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (buckets[middle]!.fromUs < fromUs - longestUs) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < buckets.length && buckets[at]!.fromUs <= toUs; at += 1) {
    const bucket = buckets[at]!;
    if (bucket.toUs < fromUs) continue;
    sum.sent += bucket.sent;
    sum.received += bucket.received;
  }
  return sum;
}

/** Stretches in which the history knows of one app only, in time order. One without any bytes ends a stretch. */
export function onlySenders(buckets: readonly AppBucket[]): OnlySender[] {
  const edges = buckets.flatMap((bucket) => [
    { us: bucket.fromUs, step: 1, uid: bucket.uid },
    { us: bucket.toUs, step: -1, uid: bucket.uid },
  ]);
  edges.sort((a, b) => a.us - b.us);
  const open = new Map<number, number>();
  const stretches: { fromUs: Micros; toUs: Micros; uid: number }[] = [];
  for (const [at, { us, step, uid }] of edges.entries()) {
    const count = (open.get(uid) ?? 0) + step;
    if (count === 0) open.delete(uid);
    else open.set(uid, count);
    const next = edges[at + 1]?.us;
    if (next === undefined || next === us || open.size !== 1) continue;
    const [alone] = open.keys();
    const last = stretches.at(-1);
    if (last && last.uid === alone && last.toUs === us) last.toUs = next;
    else stretches.push({ fromUs: us, toUs: next, uid: alone! });
  }
  const byUid = Map.groupBy(buckets, ({ uid }) => uid);
  return stretches.map((one) => {
    const own = (byUid.get(one.uid) ?? []).filter(({ fromUs, toUs }) => fromUs < one.toUs && toUs > one.fromUs);
    const longestUs = own.reduce((most, bucket) => Math.max(most, bucket.toUs - bucket.fromUs), 0);
    return { ...one, buckets: own.toSorted((a, b) => a.fromUs - b.fromUs), longestUs };
  });
}
