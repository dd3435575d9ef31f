import type { LaneSize } from './frame.ts';
import type { Folds, Sorting } from './lane-layout.ts';
import type { Curve, FullHeight } from './value-scale.ts';
import type { Zone } from './zones.ts';

/** How a person wants to see the lanes; none of it changes what is asked of the engine. */
export interface Look {
  /** What a lane is, for headings: `App`. */
  readonly laneWord: string;
  readonly sorting: Sorting;
  readonly pins: readonly string[];
  /** Lanes that are folded to a line; absent: none. */
  readonly folds?: Folds;
  readonly size: LaneSize;
  readonly curve: Curve;
  /** Full height: of each lane, of each lane and way, or of all lanes together. */
  readonly full: FullHeight;
  readonly direction: 'both' | 'sent' | 'received';
  readonly zone: Zone;
}

/** How lanes stand where nobody has chosen anything. */
export const plainLook = (laneWord: string, zone: Zone): Look => ({
  laneWord,
  sorting: 'sent',
  pins: [],
  size: 'medium',
  curve: 'root',
  full: 'lane',
  direction: 'both',
  zone,
});
