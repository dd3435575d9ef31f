import { highestIn } from './bursts.ts';
import { humanBytes } from './formats.ts';
import { InstrumentHold, type Moves } from './instrument-hold.ts';
import type { Keyboard } from './keys.ts';
import type { LaneSeries } from './lane-data.ts';
import { dataAt } from './picture.ts';
import { intervalReadOut, pointAt } from './read-out.ts';
import { selectionOf } from './selection.ts';
import type { Viewport } from './time-scale.ts';
import { centreOn, panBy, spanOf } from './viewport.ts';

interface KeyMoves extends Moves {
  burst(way: 1 | -1): void;
}

/** The keyboard's hold on the instrument: everything that the pointer can do. */
export class InstrumentKeys extends InstrumentHold<KeyMoves> implements Keyboard {
  panPart(part: number): void {
    this.moves.goTo(panBy(this.goal, spanOf(this.goal) * part, this.stage.bounds));
  }

  zoomBy(factor: number): void {
    const { pointer, frame } = this.stage;
    const inPlot = pointer !== null && pointer.x >= frame.left && pointer.x <= frame.left + frame.plotWidth;
    this.zoomAt(factor, inPlot ? pointer.x : frame.left + frame.plotWidth / 2);
  }

  toEnd(end: 'first' | 'last'): void {
    const { bounds } = this.stage;
    const span = spanOf(this.goal);
    const edge = end === 'first' ? bounds.fromUs + span * 0.45 : bounds.toUs - span * 0.45;
    this.moves.goTo(centreOn(this.goal, edge, bounds));
  }

  moveFocus(by: number): void {
    this.stage.moveFocus(by);
    this.stage.showFocus = true;
    this.stage.burst = null;
    this.moves.changed();
    const { focusKey, drawn } = this.stage;
    const lane = focusKey === null ? null : drawn?.whole.lanes.get(focusKey);
    if (!lane) return;
    const sum = this.stage.sumOf(lane.key);
    const words =
      sum.events === 0
        ? 'nothing in this window'
        : `sent ${humanBytes(sum.sent)}, received ${humanBytes(sum.received)}`;
    this.hooks.onSay(`${lane.name}: ${words}.`, false);
  }

  pageOfLanes(): number {
    const { layout, frame } = this.stage;
    return Math.max(1, Math.floor((frame.lanes.height - (layout?.pinnedHeight ?? 0)) / frame.laneHeight) - 1);
  }

  burst(way: 1 | -1): void {
    this.stage.showFocus = true;
    this.stage.cellWords = true;
    this.moves.burst(way);
  }

  /** Goes from interval to interval of the lane in focus, and brings it into sight. */
  interval(way: 1 | -1): void {
    const stage = this.stage;
    const { drawn, focusKey } = stage;
    if (!drawn) return;
    if (focusKey === null) stage.moveFocus(1);
    const key = stage.focusKey;
    if (key === null) return;
    const middle = (this.goal.fromUs + this.goal.toUs) / 2;
    const here = stage.cellUs ?? middle;
    // The fine answer may end before the next interval does begin: then the coarse one knows it.
    const found =
      neighbour(dataAt(drawn, here).series(key), here, way) ?? neighbour(drawn.whole.series(key), here, way);
    if (!found) {
      this.hooks.onSay(`There is no ${way > 0 ? 'later' : 'earlier'} interval in this lane.`, true);
      return;
    }
    stage.cellUs = (found.fromUs + found.toUs) / 2;
    stage.cellWords = true;
    stage.showFocus = true;
    const { fromUs, toUs } = this.goal;
    if (found.fromUs < fromUs || found.toUs > toUs) {
      this.moves.goTo(centreOn(this.goal, stage.cellUs, stage.bounds));
    }
    this.moves.changed();
    this.#sayCell(key, stage.cellUs);
  }

  #sayCell(key: string, us: number): void {
    const { drawn, look } = this.stage;
    const pointed = drawn ? pointAt(drawn, key, this.stage.scale(), us) : null;
    if (!drawn || !pointed) return;
    const words = intervalReadOut(drawn, pointed, look.zone);
    this.hooks.onSay(
      `${words.title}: ${words.when}; ${words.lines
        .slice(0, 2)
        .map((l) => `${l.label.slice(2)} ${l.value}`)
        .join(', ')}.`,
      false,
    );
  }

  /** Opens the event at the keyboard's place; without a place, the highest of the lane in the window. */
  open(): void {
    const stage = this.stage;
    const { drawn, focusKey } = stage;
    if (!drawn || focusKey === null) return;
    const { fromUs, toUs } = this.goal;
    if (stage.cellUs === null || stage.cellUs < fromUs || stage.cellUs > toUs) {
      const series = dataAt(drawn, (fromUs + toUs) / 2).series(focusKey);
      const direction = stage.look.direction === 'received' ? 'received' : 'sent';
      const best = series ? highestIn(series, fromUs, toUs, direction) : -1;
      if (!series || best < 0) {
        this.hooks.onSay('This lane has nothing in this window.', true);
        return;
      }
      stage.cellUs = (series.from[best]! + series.to[best]!) / 2;
    }
    const pointed = pointAt(drawn, focusKey, stage.scale(), stage.cellUs);
    if (pointed) this.hooks.onOpen(pointed.top);
    stage.cellWords = false;
    this.moves.changed();
  }

  pin(): void {
    if (this.stage.focusKey !== null) this.hooks.onPin(this.stage.focusKey);
  }

  only(): void {
    if (this.stage.focusKey !== null) this.hooks.onOnly(this.stage.focusKey);
  }

  selectWindow(): void {
    const { fromUs, toUs } = this.goal;
    this.setSelection(selectionOf(fromUs, toUs), true);
  }

  zoomToSelection(): void {
    const { selection } = this.stage;
    if (!selection) {
      this.hooks.onSay('Nothing is selected: shift-drag over the lanes, or press S.', true);
      return;
    }
    const margin = spanOf(selection) * 0.04;
    this.moves.goTo({ fromUs: selection.fromUs - margin, toUs: selection.toUs + margin });
  }

  escape(): boolean {
    const stage = this.stage;
    if (stage.selection) {
      this.setSelection(null, true);
      return true;
    }
    if (!stage.burst && stage.focusKey === null) return false;
    stage.burst = null;
    stage.focusKey = null;
    stage.cellUs = null;
    this.moves.changed();
    return true;
  }
}

/** The interval whose middle is next before or after an instant. */
function neighbour(series: LaneSeries | null, us: number, way: 1 | -1): Viewport | null {
  let best: Viewport | null = null;
  for (let i = 0; series && i < series.count; i += 1) {
    const one = { fromUs: series.from[i]!, toUs: series.to[i]! };
    const middle = (one.fromUs + one.toUs) / 2;
    if (way > 0 ? middle > us + 1 : middle < us - 1) best = one;
    if (best && way > 0) break;
  }
  return best;
}
