import { highestIn } from '../../shared/timeline/bursts.ts';
import {
  type Contact,
  type ContactSeries,
  contactAt,
  contactsIn,
  nextContact,
} from '../../shared/timeline/contact-data.ts';
import { seenText } from '../../shared/timeline/contact-point.ts';
import { humanBytes, timeInFull } from '../../shared/timeline/formats.ts';
import type { LaneSeries } from '../../shared/timeline/lane-data.ts';
import { REST_KEY, rowsInSight } from '../../shared/timeline/lane-layout.ts';
import { dataAt } from '../../shared/timeline/picture.ts';
import { intervalReadOut, pointAt } from '../../shared/timeline/read-out.ts';
import { howToSeeRest, restWords } from '../../shared/timeline/rest-words.ts';
import { selectionOf } from '../../shared/timeline/selection.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { centreOn, panBy, spanOf } from '../../shared/timeline/viewport.ts';
import { InstrumentHold, type Moves } from './instrument-hold.ts';
import { KeySelection } from './key-selection.ts';
import type { Keyboard } from './keys.ts';

interface KeyMoves extends Moves {
  burst(way: 1 | -1): void;
  /** Asks the place to begin or end following. */
  follow(): void;
}

/** The keyboard's hold on the instrument: everything that the pointer can do. */
export class InstrumentKeys extends InstrumentHold<KeyMoves> implements Keyboard {
  readonly #selecting = new KeySelection(this.stage);
  #unsettled = false;

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
    this.stage.cellContact = null;
    this.moves.changed();
    if (this.#onRest(false)) return;
    const { focusKey, drawn } = this.stage;
    const lane = focusKey === null ? null : drawn?.whole.lanes.get(focusKey);
    if (!lane) return;
    const sum = this.stage.sumOf(lane.key);
    const contacts = this.stage.contactsOf(lane.key);
    const parts = [
      ...(sum.sent + sum.received > 0 ? [`sent ${humanBytes(sum.sent)}`, `received ${humanBytes(sum.received)}`] : []),
      ...(contacts > 0 ? [`${contacts} ${contacts === 1 ? 'contact' : 'contacts'}`] : []),
    ];
    const words = parts.length === 0 ? 'nothing in this window' : parts.join(', ');
    this.hooks.onSay(`${lane.name}: ${words}.`, false);
  }

  /** Below the last lane no lane has the focus: what stands there is said instead. */
  #onRest(seen: boolean): boolean {
    const { drawn, focusKey } = this.stage;
    const rest = drawn?.whole.window.rest;
    if (focusKey !== REST_KEY) return false;
    if (drawn && rest) this.hooks.onSay(`${restWords(rest, drawn.whole.window.by)}: ${howToSeeRest}.`, seen);
    return true;
  }

  pageOfLanes(): number {
    const { layout, frame } = this.stage;
    if (!layout) return Math.max(1, Math.floor(frame.lanes.height / frame.laneHeight) - 1);
    return Math.max(1, rowsInSight(layout, this.stage.scroll).filter((row) => !row.pinned).length - 2);
  }

  burst(way: 1 | -1): void {
    this.stage.showFocus = true;
    this.stage.cellWords = true;
    this.moves.burst(way);
  }

  /** Goes from interval to interval of the lane in focus, and brings it into sight. */
  interval(way: 1 | -1): void {
    if (this.#onRest(true)) return;
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
    this.#standAt((found.fromUs + found.toUs) / 2, found, null);
    this.#sayCell(key, (found.fromUs + found.toUs) / 2);
  }

  /** Puts the keyboard's place at an interval or a contact, and brings it into sight. */
  #standAt(us: number, span: Viewport, contact: string | null): void {
    const stage = this.stage;
    stage.cellUs = us;
    stage.cellContact = contact;
    stage.cellWords = true;
    stage.showFocus = true;
    const { fromUs, toUs } = this.goal;
    if (span.fromUs < fromUs || span.toUs > toUs) this.moves.goTo(centreOn(this.goal, us, stage.bounds));
    this.moves.changed();
  }

  /** Goes from contact to contact of the lane in focus, in the order in which they were first seen. */
  contact(way: 1 | -1): void {
    if (this.#onRest(true)) return;
    const stage = this.stage;
    const { drawn } = stage;
    if (!drawn) return;
    if (stage.focusKey === null) stage.moveFocus(1);
    const key = stage.focusKey;
    if (key === null) return;
    const here = stage.cellUs ?? (way > 0 ? this.goal.fromUs : this.goal.toUs);
    const found =
      beside(dataAt(drawn, here).contacts(key), stage.cellContact, here, way) ??
      beside(drawn.whole.contacts(key), stage.cellContact, here, way);
    if (!found) {
      const none = drawn.whole.contacts(key) === null && dataAt(drawn, here).contacts(key) === null;
      this.hooks.onSay(
        none ? 'This lane has no contacts.' : `There is no ${way > 0 ? 'later' : 'earlier'} contact in this lane.`,
        true,
      );
      return;
    }
    const { fromUs, toUs } = this.goal;
    // A long one that reaches into the window is in sight already.
    const inSight = found.toUs >= fromUs && found.fromUs <= toUs;
    const us = inSight ? Math.min(Math.max(found.fromUs, fromUs), toUs) : found.fromUs;
    this.#standAt(us, { fromUs: us, toUs: us }, found.first);
    const name = drawn.whole.lanes.get(key)?.name ?? key;
    const who =
      found.count > 1
        ? `${found.count} contacts${found.peer === null ? '' : ` with ${found.peer}`}`
        : `contact with ${found.peer ?? 'an address that is not known'}`;
    const where = found.country === null ? '' : `, country ${found.country}`;
    const open = [found.openStart && 'there at the first look', found.openEnd && 'there at the last look'].filter(
      Boolean,
    );
    const ends = open.length === 0 ? '' : `, ${open.join(' and ')}`;
    this.hooks.onSay(`${name}: ${who}${where}, ${seenText(found, stage.look.zone)}${ends}.`, false);
  }

  follow(): void {
    this.moves.follow();
  }

  make(): void {
    this.settleSelection();
    this.hooks.onMakeKey();
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
    if (this.#onRest(true)) return;
    const stage = this.stage;
    const { drawn, focusKey } = stage;
    if (!drawn || focusKey === null) return;
    const { fromUs, toUs } = this.goal;
    if (stage.cellContact !== null) {
      this.hooks.onOpen(stage.cellContact);
      stage.cellWords = false;
      this.moves.changed();
      return;
    }
    if (stage.cellUs === null || stage.cellUs < fromUs || stage.cellUs > toUs) {
      const series = dataAt(drawn, (fromUs + toUs) / 2).series(focusKey);
      const direction = stage.look.direction === 'received' ? 'received' : 'sent';
      const best = series ? highestIn(series, fromUs, toUs, direction) : -1;
      const contacts = dataAt(drawn, (fromUs + toUs) / 2).contacts(focusKey);
      const seen = contacts ? contactsIn(contacts, fromUs, toUs)[0] : undefined;
      if (best < 0 && contacts && seen !== undefined) {
        const contact = contactAt(contacts, seen);
        this.#standAt(Math.max(contact.fromUs, fromUs), { fromUs, toUs }, contact.first);
        this.open();
        return;
      }
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
    if (this.stage.focusKey !== null && !this.#onRest(true)) this.hooks.onPin(this.stage.focusKey);
  }

  only(): void {
    if (this.stage.focusKey !== null && !this.#onRest(true)) this.hooks.onOnly(this.stage.focusKey);
  }

  fold(all: boolean): void {
    const { focusKey, layout, drawn } = this.stage;
    if (all) this.hooks.onFold(null);
    else if (focusKey === null) this.hooks.onSay('No lane has the focus: up and down choose one.', true);
    else if (!this.#onRest(true)) {
      const name = drawn?.whole.lanes.get(focusKey)?.name ?? focusKey;
      this.hooks.onSay(`${name}: ${layout?.folded.has(focusKey) ? 'unfolded' : 'folded to a line'}.`, false);
      this.hooks.onFold(focusKey);
    }
  }

  selectWindow(): void {
    const { fromUs, toUs } = this.goal;
    this.setSelection(selectionOf(fromUs, toUs), true);
  }

  extendSelection(way: 1 | -1): void {
    const selection = this.#selecting.extend(way);
    this.setSelection(selection, false);
    this.#unsettled = true;
    this.hooks.onSay(this.#selecting.words(selection), false);
    const edge = this.#selecting.edgeUs;
    const { fromUs, toUs } = this.goal;
    if (edge !== null && (edge < fromUs || edge > toUs)) {
      const past = edge < fromUs ? edge - fromUs : edge - toUs;
      this.moves.goTo(panBy(this.goal, past + way * spanOf(this.goal) * 0.1, this.stage.bounds));
    }
  }

  /** The hand has let go: what was selected with keys stands. */
  settleSelection(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.setSelection(this.stage.selection, true);
  }

  /** Goes to the next thing that the band marks at a moment, and says what it is. */
  mark(way: 1 | -1): void {
    const stage = this.stage;
    const here = stage.markUs ?? (this.goal.fromUs + this.goal.toUs) / 2;
    const marks = stage.rows.flatMap((row) => (row.is === 'marks' ? row.marks : []));
    const next = marks.filter((mark) => (mark.fromUs - here) * way > 0).sort((a, b) => (a.fromUs - b.fromUs) * way)[0];
    if (!next) {
      this.hooks.onSay(`There is no ${way > 0 ? 'later' : 'earlier'} mark in the band.`, true);
      return;
    }
    stage.markUs = next.fromUs;
    const { fromUs, toUs } = this.goal;
    if (next.fromUs < fromUs || next.fromUs > toUs) this.moves.goTo(centreOn(this.goal, next.fromUs, stage.bounds));
    const alike = marks.filter((mark) => mark.fromUs === next.fromUs);
    const names = alike.map((mark) => (mark.detail ? `${mark.name} (${mark.detail})` : mark.name)).join('; ');
    const second = Math.round(next.fromUs / 1_000_000) * 1_000_000;
    this.moves.changed();
    this.hooks.onSay(`${timeInFull(second, stage.look.zone)}: ${names}.`.replace('.).', '.)'), true);
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
    stage.cellContact = null;
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

/** The contact after or before the one that the keyboard stands at; without one, that nearest to an instant. */
function beside(series: ContactSeries | null, event: string | null, us: number, way: 1 | -1): Contact | null {
  if (!series) return null;
  const here = event === null ? -1 : series.columns.first.indexOf(event);
  const at = here >= 0 ? here + way : nextContact(series, us, way);
  return at >= 0 && at < series.count ? contactAt(series, at) : null;
}
