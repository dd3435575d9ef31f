import { rowsInSight } from '../../shared/timeline/lane-layout.ts';
import type { Shape } from '../../shared/timeline/scene.ts';
import { type LabelsPicture, labelsAnew, type RowLabel, rowLabel } from '../../shared/timeline/scene-labels.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { headScene, headWords, labelsOf, type ViewPicture } from '../../shared/timeline/view-scene.ts';
import { sameView } from '../../shared/timeline/viewport.ts';

/** So many rows are written in a frame of a moving window: all that are in sight within a fifth of a second. */
const ROWS_A_FRAME = 2;

interface Written {
  readonly view: Viewport;
  readonly words: string;
}

/**
 * The words beside the lanes while the window moves. Their figures change with every frame, oftener than anybody reads, and letters are
 * what a frame spends most on: so a few rows are written at a time, and those that changed.
 */
export class LabelColumn {
  #written = new Map<string, Written>();
  #head = '';
  #next = 0;

  /** All of it was painted. */
  wrote(picture: ViewPicture): void {
    this.#written.clear();
    this.#head = JSON.stringify(headWords(picture));
    const labels = labelsOf(picture);
    for (const row of labels ? rowsInSight(labels.layout, labels.scroll) : []) {
      // What stands there is not known: the next turn writes it in any case, but it is of this window.
      this.#written.set(row.key, { view: picture.scale.view, words: '' });
    }
  }

  /** What is to be painted anew in this frame. */
  anew(picture: ViewPicture): Shape[] {
    const labels = labelsOf(picture);
    if (!labels) return [];
    return [...this.#rows(labels, picture.scale.view), ...this.#headAnew(picture)];
  }

  /** Whether figures of another window still stand there. */
  behind(view: Viewport): boolean {
    for (const written of this.#written.values()) if (!sameView(written.view, view)) return true;
    return false;
  }

  #rows(labels: LabelsPicture, view: Viewport): Shape[] {
    const rows = rowsInSight(labels.layout, labels.scroll);
    const anew: RowLabel[] = [];
    let left = ROWS_A_FRAME;
    for (let n = 0; n < rows.length && left > 0; n += 1) {
      this.#next = (this.#next + 1) % rows.length;
      const row = rows[this.#next]!;
      const old = this.#written.get(row.key);
      if (old && sameView(old.view, view)) continue;
      const label = rowLabel(labels, row);
      const words = wordsOf(label);
      if (words !== old?.words) anew.push(label);
      this.#written.set(row.key, { view, words });
      left -= 1;
    }
    return labelsAnew(labels, anew);
  }

  #headAnew(picture: ViewPicture): Shape[] {
    const words = JSON.stringify(headWords(picture));
    if (words === this.#head) return [];
    this.#head = words;
    return headScene(picture);
  }
}

/** All that a row says, and in which ink. */
function wordsOf({ shapes }: RowLabel): string {
  let words = '';
  for (const shape of shapes) if (shape.is === 'text') words += `${shape.text}\n${shape.fill}\n`;
  return words;
}
