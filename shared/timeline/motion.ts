import type { Viewport } from './time-scale.ts';
import { between, sameView, spanOf } from './viewport.ts';

/** Time in which a movement is done to about two thirds, milliseconds. */
const PACE_MS = 50;

/** A window on its way to another. The eye is led there; who asked for reduced motion is put there at once. */
export class Motion {
  #now: Viewport;
  #goal: Viewport;
  #at: number | null = null;

  constructor(view: Viewport) {
    this.#now = view;
    this.#goal = view;
  }

  get now(): Viewport {
    return this.#now;
  }

  get goal(): Viewport {
    return this.#goal;
  }

  get moving(): boolean {
    return !sameView(this.#now, this.#goal);
  }

  jump(view: Viewport): void {
    this.#now = view;
    this.#goal = view;
    this.#at = null;
  }

  glide(view: Viewport): void {
    this.#goal = view;
  }

  /** Moves on to the time of a frame; answers whether anything moved. */
  step(atMs: number): boolean {
    if (!this.moving) {
      this.#at = null;
      return false;
    }
    const passed = this.#at === null ? 16 : Math.min(100, atMs - this.#at);
    this.#at = atMs;
    const next = between(this.#now, this.#goal, 1 - Math.exp(-passed / PACE_MS));
    const left = Math.abs(next.fromUs - this.#goal.fromUs) + Math.abs(next.toUs - this.#goal.toUs);
    // A twentieth of a pixel on the widest screen cannot be seen any more.
    this.#now = left < spanOf(this.#goal) * 1e-5 ? this.#goal : next;
    return true;
  }
}
