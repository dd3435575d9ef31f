import type { Micros } from '../../shared/base/time.ts';
import { pointContact, trackAt } from '../../shared/timeline/contact-point.ts';
import { railOfRow } from '../../shared/timeline/contact-rail.ts';
import type { Hit } from '../../shared/timeline/hit-test.ts';
import { pointAt } from '../../shared/timeline/read-out.ts';
import { selectionOf } from '../../shared/timeline/selection.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { centreOn, clampTo, NARROWEST, panBy, spanOf } from '../../shared/timeline/viewport.ts';
import type { Grip, Hand } from './gestures.ts';
import { InstrumentHold, type Moves } from './instrument-hold.ts';

interface HandMoves extends Moves {
  /** Puts the window there at once, as a hand that drags expects. */
  jump(view: Viewport): void;
  scrollLanes(px: number): void;
}

/** The pointer's hold on the instrument. */
export class InstrumentHand extends InstrumentHold<HandMoves> implements Hand {
  #usAt(x: number): Micros {
    return this.stage.scale().us(x);
  }

  hitAt(x: number, y: number): Hit {
    return this.stage.hit(x, y);
  }

  point(at: { x: number; y: number } | null): void {
    this.stage.pointer = at;
    this.stage.byKeys = false;
    this.moves.changed();
  }

  panPixels(dx: number, dy: number): void {
    const { frame, bounds } = this.stage;
    if (dx !== 0) this.moves.jump(panBy(this.goal, (-dx / frame.plotWidth) * spanOf(this.goal), bounds));
    if (dy !== 0) this.moves.scrollLanes(-dy);
  }

  zoomAtPixel(factor: number, x: number): void {
    this.zoomAt(factor, x);
  }

  scrollLanes(px: number): void {
    this.moves.scrollLanes(px);
  }

  setDragging(dragging: boolean): void {
    this.stage.dragging = dragging;
    this.moves.changed();
  }

  select(fromX: number, toX: number, done: boolean): void {
    this.setSelection(selectionOf(this.#usAt(fromX), this.#usAt(toX)), done);
  }

  moveEdge(edge: 'from' | 'to', x: number, done: boolean): void {
    const old = this.stage.selection;
    if (!old) return;
    const other = edge === 'from' ? old.toUs : old.fromUs;
    const us = this.#usAt(x);
    // An edge stops at the other one, so that the hand never loses hold of it.
    const free = edge === 'from' ? Math.min(us, other - 1) : Math.max(us, other + 1);
    this.setSelection(selectionOf(free, other), done);
  }

  click(x: number, y: number): void {
    const stage = this.stage;
    const hit = stage.hit(x, y);
    if (hit.on === 'label') {
      if (hit.button === 'fold') this.hooks.onFold(hit.row.key);
      else if (hit.button === 'pin') this.hooks.onPin(hit.row.key);
      else if (hit.button === 'only') this.hooks.onOnly(hit.row.key);
      else stage.focusKey = stage.focusKey === hit.row.key ? null : hit.row.key;
      this.moves.changed();
      return;
    }
    if (hit.on === 'lane' && stage.drawn) {
      const us = this.#usAt(x);
      const { frame } = stage;
      const rail = railOfRow(hit.row, stage.rail);
      const track = trackAt(hit.row, rail, y - frame.lanes.y);
      const contact =
        track === null ? null : pointContact(stage.drawn, hit.row.key, stage.scale(), rail, frame.unit, x, track);
      const pointed =
        contact ?? (track === null || rail.far ? pointAt(stage.drawn, hit.row.key, stage.scale(), us) : null);
      if (pointed) {
        stage.focusKey = hit.row.key;
        stage.cellUs = us;
        stage.cellContact = contact?.top ?? null;
        this.hooks.onOpen(pointed.top);
        return;
      }
    }
    if (stage.selection && hit.on !== 'overview') this.setSelection(null, true);
  }

  overviewGrab(grip: Grip, x: number): (x: number) => void {
    const stage = this.stage;
    const scale = stage.overviewScale();
    if (!scale) return () => {};
    const start = stage.motion.goal;
    const startUs = scale.us(x);
    const go = (view: Viewport) => this.moves.jump(clampTo(view, stage.bounds));
    if (grip === 'outside') {
      const centred = centreOn(start, startUs, stage.bounds);
      this.moves.goTo(centred);
      return (now) => go(panBy(centred, scale.us(now) - startUs, stage.bounds));
    }
    if (grip === 'window') return (now) => go(panBy(start, scale.us(now) - startUs, stage.bounds));
    return (now) => {
      const us = scale.us(now);
      if (grip === 'from') go({ fromUs: Math.min(us, start.toUs - NARROWEST), toUs: start.toUs });
      else go({ fromUs: start.fromUs, toUs: Math.max(us, start.fromUs + NARROWEST) });
    };
  }
}
