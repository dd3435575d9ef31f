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

/** Keys of lanes in the order of the screen. `sentInWindow` serves the last sorting; ties go by name, then key. */
export function orderLanes(
  lanes: Iterable<LaneView>,
  sorting: Sorting,
  sentInWindow: (key: string) => number = () => 0,
): string[] {
  // Lanes of contacts alone have no bytes to be ranked by: those with more contacts stand first among them.
  const seen = ({ contacts }: LaneView) => {
    const count = contacts?.count.reduce((sum, one) => sum + one, 0) ?? 0;
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
  const ranked = [...lanes].map((lane) => ({ lane, rank: rank(lane) }));
  ranked.sort(
    (a, b) => a.rank - b.rank || byName.compare(a.lane.name, b.lane.name) || (a.lane.key < b.lane.key ? -1 : 1),
  );
  return ranked.map(({ lane }) => lane.key);
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

/** A lane on the screen: `y` from the top of the lanes' area, pixels. */
export interface Row {
  readonly key: string;
  readonly y: number;
  readonly height: number;
  readonly pinned: boolean;
}

/** Where lanes stand: pinned ones at the top and fixed, the others below and scrolled. */
export interface LaneLayout {
  readonly pinned: readonly string[];
  readonly free: readonly string[];
  readonly laneHeight: number;
  readonly height: number;
  readonly pinnedHeight: number;
  /** How far the free lanes can be scrolled. */
  readonly maxScroll: number;
}

/** Places lanes one under the other, in CSS pixels from the lanes’ top; pinned ones first. */
export function layOut(
  order: readonly string[],
  pins: readonly string[],
  laneHeight: number,
  height: number,
): LaneLayout {
  const known = new Set(order);
  const wanted = pins.filter((key) => known.has(key));
  // Pins may take half of the room, so that there is always something to scroll.
  const most = Math.max(1, Math.floor(height / 2 / laneHeight));
  const pinned = wanted.slice(0, most);
  const taken = new Set(pinned);
  const free = order.filter((key) => !taken.has(key));
  const pinnedHeight = pinned.length * laneHeight;
  const maxScroll = Math.max(0, free.length * laneHeight - (height - pinnedHeight));
  return { pinned, free, laneHeight, height, pinnedHeight, maxScroll };
}

/** Rows that are at least partly in sight, pinned ones last so that they are painted over the others. */
export function rowsInSight(layout: LaneLayout, scroll: number): Row[] {
  const { laneHeight, height, pinnedHeight } = layout;
  const first = Math.max(0, Math.floor(scroll / laneHeight));
  const last = Math.min(layout.free.length, Math.ceil((scroll + height - pinnedHeight) / laneHeight));
  const rows: Row[] = [];
  for (let i = first; i < last; i += 1) {
    rows.push({ key: layout.free[i]!, y: pinnedHeight + i * laneHeight - scroll, height: laneHeight, pinned: false });
  }
  layout.pinned.forEach((key, i) => {
    rows.push({ key, y: i * laneHeight, height: laneHeight, pinned: true });
  });
  return rows;
}

/** The row at a height within the lanes' area, or null. */
export function rowAt(layout: LaneLayout, scroll: number, y: number): Row | null {
  return rowsInSight(layout, scroll).findLast((row) => y >= row.y && y < row.y + row.height) ?? null;
}

/** The scroll that brings a lane wholly into sight with the least movement. */
export function scrollTo(layout: LaneLayout, scroll: number, key: string): number {
  const at = layout.free.indexOf(key);
  if (at < 0) return scroll;
  const top = at * layout.laneHeight;
  const room = layout.height - layout.pinnedHeight;
  if (top < scroll) return top;
  if (top + layout.laneHeight > scroll + room) return Math.min(top + layout.laneHeight - room, layout.maxScroll);
  return scroll;
}
