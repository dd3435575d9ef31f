import type { LaneView } from '../types/timeline.ts';

export const sortings = ['sent', 'background', 'received', 'first', 'name', 'window'] as const;
export type Sorting = (typeof sortings)[number];

export const sortingNames: Readonly<Record<Sorting, string>> = {
  sent: 'Sent',
  background: 'Sent in background',
  received: 'Received',
  first: 'First seen',
  name: 'Name',
  window: 'Sent in this window',
};

/** A lane and its place in an order: the lower rank stands first. */
export interface RankedLane {
  readonly lane: LaneView;
  readonly rank: number;
}

/** How many contacts stand behind the marks of a lane. */
export function contactsOfLane({ contacts }: LaneView): number {
  return contacts?.count.reduce((sum, one) => sum + one, 0) ?? 0;
}

/** The rank of a lane in an order. `sentInWindow` serves the last sorting; `contacts`: how many a lane has. */
export function laneRank(
  sorting: Sorting,
  sentInWindow: (key: string) => number = () => 0,
  contacts: (lane: LaneView) => number = contactsOfLane,
): (lane: LaneView) => RankedLane {
  // Lanes of contacts alone have no bytes to be ranked by: those with more contacts stand first among them.
  const seen = (lane: LaneView) => {
    const count = contacts(lane);
    return count / (1 + count);
  };
  const value: Readonly<Record<Sorting, (lane: LaneView) => number>> = {
    sent: (lane) => -(lane.sent || seen(lane)),
    background: (lane) => -(lane.sentBackground || (lane.sent > 0 ? 0 : seen(lane))),
    received: (lane) => -(lane.received || seen(lane)),
    first: (lane) => lane.firstUs,
    name: () => 0,
    window: (lane) => -sentInWindow(lane.key),
  };
  const rank = value[sorting];
  return (lane) => ({ lane, rank: rank(lane) });
}

/** Ties of the rank go by name, then key. */
export function compareLanes(a: RankedLane, b: RankedLane): number {
  return a.rank - b.rank || byName.compare(a.lane.name, b.lane.name) || (a.lane.key < b.lane.key ? -1 : 1);
}

/** Keys of lanes in the order of the screen. */
export function orderLanes(
  lanes: Iterable<LaneView>,
  sorting: Sorting,
  sentInWindow?: (key: string) => number,
): string[] {
  const ranked = [...lanes].map(laneRank(sorting, sentInWindow));
  return ranked.sort(compareLanes).map(({ lane }) => lane.key);
}

/**
 * The order after the case has grown, with as little moved as can be: lanes keep their places and new ones come last. With
 * `busy`, those with something in the window stand before those without; in both parts the old order stays.
 */
export function steadyOrder(
  old: readonly string[],
  fresh: readonly string[],
  busy: ((key: string) => boolean) | null,
): string[] {
  const there = new Set(fresh);
  const known = new Set(old);
  const kept = [...old.filter((key) => there.has(key)), ...fresh.filter((key) => !known.has(key))];
  if (!busy) return kept;
  const first = kept.filter(busy);
  const active = new Set(first);
  return [...first, ...kept.filter((key) => !active.has(key))];
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A lane on the screen: `y` from the top of the lanes' area, pixels. A folded one is a thin line with its name. */
export interface Row {
  readonly key: string;
  readonly y: number;
  readonly height: number;
  readonly pinned: boolean;
  readonly folded?: boolean;
}

/** Which lanes are folded: those named, or with `all` every one but those. */
export interface Folds {
  readonly all: boolean;
  readonly keys: readonly string[];
}

export const noFolds: Folds = { all: false, keys: [] };

/** Folds a lane or unfolds it. */
export function foldOne({ all, keys }: Folds, key: string): Folds {
  return { all, keys: keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key] };
}

/** Where lanes stand: pinned ones at the top and fixed, the others below and scrolled. */
export interface LaneLayout {
  readonly pinned: readonly string[];
  readonly free: readonly string[];
  readonly laneHeight: number;
  readonly foldedHeight: number;
  readonly folded: ReadonlySet<string>;
  readonly height: number;
  readonly pinnedHeight: number;
  /** Where each free lane begins, from the top of the first; one more for the end of the last. */
  readonly tops: readonly number[];
  /** Height of the line below the last lane that says how many more there are; 0 where there are none. */
  readonly rest: number;
  /** How far the free lanes can be scrolled. */
  readonly maxScroll: number;
}

interface FoldChoice {
  readonly folds: Folds;
  readonly height: number;
  /** Height of the line for lanes that are not told, if there are any. */
  readonly rest?: number;
}

/** Places lanes one under the other, in CSS pixels from the lanes’ top; pinned ones first. */
export function layOut(
  order: readonly string[],
  pins: readonly string[],
  laneHeight: number,
  height: number,
  { folds, height: foldedHeight, rest = 0 }: FoldChoice = { folds: noFolds, height: laneHeight },
): LaneLayout {
  const known = new Set(order);
  const named = new Set(folds.keys);
  const folded = new Set(order.filter((key) => named.has(key) !== folds.all));
  const heightOf = (key: string) => (folded.has(key) ? foldedHeight : laneHeight);
  // Pins may take half of the room, so that there is always something to scroll.
  const pinned: string[] = [];
  let pinnedHeight = 0;
  for (const key of pins) {
    if (!known.has(key)) continue;
    if (pinned.length > 0 && pinnedHeight + heightOf(key) > height / 2) break;
    pinned.push(key);
    pinnedHeight += heightOf(key);
  }
  const taken = new Set(pinned);
  const free = order.filter((key) => !taken.has(key));
  const tops = [0];
  for (const key of free) tops.push(tops.at(-1)! + heightOf(key));
  const maxScroll = Math.max(0, tops.at(-1)! + rest - (height - pinnedHeight));
  return { pinned, free, laneHeight, foldedHeight, folded, height, pinnedHeight, tops, rest, maxScroll };
}

/** The first free lane that ends below a height, from the top of the first. */
function firstBelow(tops: readonly number[], y: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tops[middle + 1]! <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows that are at least partly in sight, pinned ones last so that they are painted over the others. */
export function rowsInSight(layout: LaneLayout, scroll: number): Row[] {
  const { free, pinned, tops, folded, height, pinnedHeight, laneHeight, foldedHeight } = layout;
  const bottom = scroll + height - pinnedHeight;
  const rows: Row[] = [];
  for (let i = firstBelow(tops, scroll); i < free.length && tops[i]! < bottom; i += 1) {
    const [key, top] = [free[i]!, tops[i]!];
    const y = pinnedHeight + top - scroll;
    rows.push({ key, y, height: tops[i + 1]! - top, pinned: false, folded: folded.has(key) });
  }
  let y = 0;
  for (const key of pinned) {
    const rowHeight = folded.has(key) ? foldedHeight : laneHeight;
    rows.push({ key, y, height: rowHeight, pinned: true, folded: folded.has(key) });
    y += rowHeight;
  }
  return rows;
}

/** The key of the line below the last lane, where the keyboard can stand as on a lane. No lane has it. */
export const REST_KEY = '\u0000rest';

/** The line below the last lane where it is at least partly in sight. */
export function restInSight(layout: LaneLayout, scroll: number): Row | null {
  const y = layout.pinnedHeight + layout.tops.at(-1)! - scroll;
  if (layout.rest === 0 || y >= layout.height) return null;
  return { key: REST_KEY, y, height: layout.rest, pinned: false };
}

/** The row at a height within the lanes' area, or null. */
export function rowAt(layout: LaneLayout, scroll: number, y: number): Row | null {
  return rowsInSight(layout, scroll).findLast((row) => y >= row.y && y < row.y + row.height) ?? null;
}

/** The scroll that brings a lane wholly into sight with the least movement. */
export function scrollTo(layout: LaneLayout, scroll: number, key: string): number {
  if (key === REST_KEY) return layout.maxScroll;
  const at = layout.free.indexOf(key);
  if (at < 0) return scroll;
  const [top, bottom] = [layout.tops[at]!, layout.tops[at + 1]!];
  const room = layout.height - layout.pinnedHeight;
  if (top < scroll) return top;
  if (bottom > scroll + room) return Math.min(bottom - room, layout.maxScroll);
  return scroll;
}
