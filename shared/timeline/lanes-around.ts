import { type LaneLayout, rowsInSight } from './lane-layout.ts';

/** Up to so many lanes are asked for together, wherever the scroll stands. */
const FEW = 48;
/** Lanes are asked for in blocks, so that a short scroll asks for nothing. */
const BLOCK = 16;

export interface LanesAround {
  readonly inSight: readonly string[];
  /** Those in sight, half a screenful either side, and the pinned ones. */
  readonly around: readonly string[];
}

/** Which lanes a question for a window needs: those in sight and some around them; null where all are few. */
export function lanesAround(layout: LaneLayout, scroll: number): LanesAround | null {
  if (layout.free.length + layout.pinned.length <= FEW) return null;
  const inSight = rowsInSight(layout, scroll).map(({ key }) => key);
  const pinned = new Set(layout.pinned);
  const first = layout.free.indexOf(inSight.find((key) => !pinned.has(key)) ?? '');
  const half = inSight.length / 2;
  const from = Math.max(0, Math.floor((first - half) / BLOCK) * BLOCK);
  const to = Math.ceil((Math.max(0, first) + inSight.length + half) / BLOCK) * BLOCK;
  return { inSight, around: [...layout.pinned, ...layout.free.slice(from, to)] };
}
