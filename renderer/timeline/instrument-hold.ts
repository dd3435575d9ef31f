import type { Selection } from '../../shared/timeline/selection.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { spanOf, wholeOf, zoomAt } from '../../shared/timeline/viewport.ts';
import type { InstrumentHooks } from './instrument-hooks.ts';
import type { Stage } from './stage.ts';

/** What a hold on the instrument can move. */
export interface Moves {
  /** Glides to a window. */
  goTo(view: Viewport): void;
  /** What lies over the picture changed. */
  changed(): void;
}

/** What pointer and keyboard have in common: both move the same stage and tell the same listeners. */
export class InstrumentHold<M extends Moves> {
  protected readonly stage: Stage;
  protected readonly hooks: InstrumentHooks;
  protected readonly moves: M;

  constructor(stage: Stage, hooks: InstrumentHooks, moves: M) {
    this.stage = stage;
    this.hooks = hooks;
    this.moves = moves;
  }

  /** The window that is gone to. */
  protected get goal(): Viewport {
    return this.stage.motion.goal;
  }

  whole(): void {
    this.moves.goTo(wholeOf(this.stage.bounds));
  }

  /** Zooms about the instant at `x`, in pixels of the element. */
  protected zoomAt(factor: number, x: number): void {
    const { frame, bounds } = this.stage;
    const share = (x - frame.left) / frame.plotWidth;
    this.moves.goTo(zoomAt(this.goal, factor, this.goal.fromUs + share * spanOf(this.goal), bounds));
  }

  protected setSelection(selection: Selection | null, done: boolean): void {
    this.stage.selection = selection;
    this.moves.changed();
    this.hooks.onSelection(selection, done);
  }
}
