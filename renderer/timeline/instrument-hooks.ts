import type { Selection } from '../../shared/timeline/selection.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';

/** What the instrument tells the place that it stands in. */
export interface InstrumentHooks {
  /** The window moved; `settled` once it has come to rest. */
  onView(view: Viewport, settled: boolean): void;
  /** Lanes were painted, perhaps others than before. */
  onLanes(): void;
  onSelection(selection: Selection | null, settled: boolean): void;
  onOpen(event: string): void;
  onPin(key: string): void;
  onOnly(key: string): void;
  /** A lane is folded, or unfolded; null: all of them. */
  onFold(key: string | null): void;
  /** A person took the window by hand while it followed: it follows no more. */
  onFreed(): void;
  /** The key for following was pressed. */
  onFollowKey(): void;
  /** The key for making a finding was pressed. */
  onMakeKey(): void;
  /** A sentence to be spoken; `seen` ones are shown too, as nothing else on the screen says the same. */
  onSay(text: string, seen: boolean): void;
}
