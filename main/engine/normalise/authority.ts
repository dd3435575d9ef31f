/**
 * Two dumps of one phone tell the same weeks twice. For every start of a bucket this decides which dump is believed,
 * so that no byte is counted twice and none is lost: the earliest dump that saw the bucket whole, because an app that
 * was removed later still has its own name in it.
 */
export interface SnapshotFacts {
  readonly id: number;
  /** Starts of its counted buckets, with the bytes in all of them, ascending. */
  readonly buckets: ReadonlyMap<number, number>;
  /** False: since boot only, or cut. */
  readonly whole: boolean;
}

interface Rank {
  readonly edge: number;
  readonly quality: number;
  readonly last: number;
  readonly id: number;
  readonly bytes: number;
}

/** Lower ranks are believed. A first or last bucket may hold only a part of its two hours: there, more bytes win. */
function compare(a: Rank, b: Rank): number {
  if (a.edge !== b.edge) return a.edge - b.edge;
  if (a.edge === 1) return b.bytes - a.bytes || a.id - b.id;
  return a.quality - b.quality || a.last - b.last || a.id - b.id;
}

/** Start of bucket → id of the snapshot that is believed there. */
export function believed(snapshots: readonly SnapshotFacts[]): Map<number, number> {
  const spans = snapshots.map((snapshot) => {
    const starts = [...snapshot.buckets.keys()];
    return { snapshot, first: Math.min(...starts), last: Math.max(...starts) };
  });
  const answer = new Map<number, number>();
  for (const start of new Set(snapshots.flatMap((snapshot) => [...snapshot.buckets.keys()]))) {
    const ranks = spans
      .filter((span) => span.first <= start && start <= span.last)
      .map(({ snapshot, first, last }) => ({
        edge: start === last || (start === first && !snapshot.whole) ? 1 : 0,
        quality: snapshot.whole ? 0 : 1,
        last,
        id: snapshot.id,
        bytes: snapshot.buckets.get(start) ?? 0,
      }))
      .sort(compare);
    const best = ranks[0];
    if (best) answer.set(start, best.id);
  }
  return answer;
}

/** How far two statements agree: rows that both hold inside their overlap, and how many of those are equal to the byte. */
export interface Agreement {
  readonly a: number;
  readonly b: number;
  readonly equal: number;
  readonly shared: number;
}

/** Less than half of what both hold is equal: they cannot be of one phone. */
export function disagree({ equal, shared }: Agreement): boolean {
  return shared > 0 && equal * 2 < shared;
}

/**
 * Groups snapshots that tell of the same phone. A case is of one phone, so they all do, except where two of them
 * contradict each other: those are never put into one group, and both count.
 */
export function samePhone(ids: readonly number[], agreements: readonly Agreement[]): number[][] {
  const apart = agreements.filter(disagree);
  const contradicts = (group: readonly number[], id: number) =>
    apart.some(({ a, b }) => (a === id && group.includes(b)) || (b === id && group.includes(a)));
  const groups: number[][] = [];
  for (const id of ids) {
    const agreeing = groups.find(
      (group) =>
        !contradicts(group, id) &&
        agreements.some(
          (one) =>
            one.shared > 0 && ((one.a === id && group.includes(one.b)) || (one.b === id && group.includes(one.a))),
        ),
    );
    const group = agreeing ?? groups.find((one) => !contradicts(one, id));
    if (group) group.push(id);
    else groups.push([id]);
  }
  return groups;
}
