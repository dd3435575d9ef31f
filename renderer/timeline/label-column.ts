import { changedFigures, figuresAnew } from '../../shared/timeline/label-figures.ts';
import { rowsInSight } from '../../shared/timeline/lane-layout.ts';
import type { Shape } from '../../shared/timeline/scene.ts';
import { type LabelsPicture, labelsAnew, type RowLabel, rowLabel } from '../../shared/timeline/scene-labels.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { headScene, headWords, labelsOf, type ViewPicture } from '../../shared/timeline/view-scene.ts';
import { sameView } from '../../shared/timeline/viewport.ts';

/** Frames within which all rows in sight are written while the window moves: half a second. After it rests, an eighth of them. */
const FRAMES_MOVING = 32;
const FRAMES_RESTING = 4;

interface Written {
  /** Null: of answers that were replaced. */
  readonly view: Viewport | null;
  /** Null: not known. */
  readonly shapes: readonly Shape[] | null;
}

/**
 * The words beside the lanes while the window moves. Their figures change with every frame, oftener than anybody reads, and letters are
 * what a frame spends most on: so a few rows are written at a time, and of them the figures that changed.
 */
export class LabelColumn {
  #written = new Map<string, Written>();
  #head = '';
  #next = 0;
  /** Rows that are to be written by now; less than one waits for the next frame. */
  #due = 0;

  /** All of it was painted. */
  wrote(picture: ViewPicture): void {
    this.#written.clear();
    this.#head = JSON.stringify(headWords(picture));
    const labels = labelsOf(picture);
    for (const row of labels ? rowsInSight(labels.layout, labels.scroll) : []) {
      // What stands there is not known: the next turn writes it in any case, but it is of this window.
      this.#written.set(row.key, { view: picture.scale.view, shapes: null });
    }
  }

  /** Other answers tell of the lanes: what is written is to be looked at again. */
  outdate(): void {
    for (const [key, { shapes }] of this.#written) this.#written.set(key, { view: null, shapes });
  }

  /** What is to be painted anew in this frame; `moves`: the window is another one than in the last. */
  anew(picture: ViewPicture, moves: boolean): Shape[] {
    const labels = labelsOf(picture);
    if (!labels) return [];
    const frames = moves ? FRAMES_MOVING : FRAMES_RESTING;
    return [...this.#rows(labels, picture.scale.view, frames), ...this.#headAnew(picture)];
  }

  /** Whether figures of another window still stand there. */
  behind(view: Viewport): boolean {
    for (const written of this.#written.values()) if (!written.view || !sameView(written.view, view)) return true;
    return false;
  }

  #rows(labels: LabelsPicture, view: Viewport, frames: number): Shape[] {
    const rows = rowsInSight(labels.layout, labels.scroll);
    const whole: RowLabel[] = [];
    const figures: RowLabel[] = [];
    // What is left of a turn in which nothing more was to be written is not made up for.
    this.#due = (this.#due % 1) + rows.length / frames;
    for (let n = 0; n < rows.length && this.#due >= 1; n += 1) {
      this.#next = (this.#next + 1) % rows.length;
      const row = rows[this.#next]!;
      const old = this.#written.get(row.key);
      if (old?.view && sameView(old.view, view)) continue;
      const label = rowLabel(labels, row);
      const changed = old?.shapes ? changedFigures(old.shapes, label.shapes) : null;
      if (!changed) whole.push(label);
      else if (changed.length > 0) figures.push(figuresAnew(labels, row, changed));
      this.#written.set(row.key, { view, shapes: label.shapes });
      this.#due -= 1;
    }
    return labelsAnew(labels, whole, figures);
  }

  #headAnew(picture: ViewPicture): Shape[] {
    const words = JSON.stringify(headWords(picture));
    if (words === this.#head) return [];
    this.#head = words;
    return headScene(picture);
  }
}
