import { type Micros, SECOND } from '../../shared/base/time.ts';
import { type Burst, burstsOf } from '../../shared/timeline/bursts.ts';
import { type Rail, railOf } from '../../shared/timeline/contact-rail.ts';
import { type ContextRow, contextRows } from '../../shared/timeline/context-rows.ts';
import { contactSpans, coveredSpans, type Span } from '../../shared/timeline/coverage.ts';
import type { Drawn } from '../../shared/timeline/drawn.ts';
import { type Frame, type FrameChoice, frameOf } from '../../shared/timeline/frame.ts';
import { heightRule, type Peaks } from '../../shared/timeline/heights.ts';
import { type Hit, hitTest } from '../../shared/timeline/hit-test.ts';
import type { LaneSeries, Totals } from '../../shared/timeline/lane-data.ts';
import {
  type LaneLayout,
  layOut,
  noFolds,
  orderLanes,
  REST_KEY,
  type Row,
  restInSight,
  rowsInSight,
  scrollTo,
  steadyOrder,
} from '../../shared/timeline/lane-layout.ts';
import type { Look } from '../../shared/timeline/look.ts';
import { Motion } from '../../shared/timeline/motion.ts';
import { laneContacts, laneSum, type Sum } from '../../shared/timeline/picture.ts';
import { subjectKey } from '../../shared/timeline/questions.ts';
import type { HeightRule } from '../../shared/timeline/scene-lanes.ts';
import { overviewScale } from '../../shared/timeline/scene-overview.ts';
import type { Selection } from '../../shared/timeline/selection.ts';
import { type TimeScale, timeScale, type Viewport } from '../../shared/timeline/time-scale.ts';
import { clampTo, sameView, spanOf, wholeOf } from '../../shared/timeline/viewport.ts';
import { type Zone, zoneNamed } from '../../shared/timeline/zones.ts';
import type { ContextMark, OverviewView } from '../../shared/types/timeline.ts';

/** Sums that the engine gave for exactly one window. */
export interface ExactSums {
  readonly view: Viewport;
  readonly lanes: ReadonlyMap<string, Totals>;
}

/** Counters are looked at every few seconds: so long an end without them is no gap yet. */
const AWAITED: Micros = 20 * SECOND;

const noView: Viewport = { fromUs: 0, toUs: 1 };

/** Everything that the picture follows from. No DOM: what a person does becomes a change here, and the painter reads it. */
export class Stage {
  readonly motion = new Motion(noView);
  frame: Frame;
  look: Look;
  overview: OverviewView | null = null;
  /** Spans in which a source counted bytes, and those in which one looked at connections. */
  covered: readonly Span[] = [];
  watched: readonly Span[] = [];
  rows: readonly ContextRow[] = [];
  /** Moments that matter to every lane: acquisitions, clock changes. */
  moments: readonly ContextMark[] = [];
  /** The phone's own zone, by which nights are tinted. */
  nights: Zone | null = null;
  drawn: Drawn | null = null;
  exact: ExactSums | null = null;
  layout: LaneLayout | null = null;
  scroll = 0;
  selection: Selection | null = null;
  focusKey: string | null = null;
  /** Where the keyboard stands in the focused lane. */
  cellUs: Micros | null = null;
  showFocus = false;
  /** The contact that the keyboard stands at, by the event that a click would open; null: it stands at an interval. */
  cellContact: string | null = null;
  /** The interval at the keyboard's place has its words beside it: until it is opened, where they stand in full. */
  cellWords = false;
  burst: Burst | null = null;
  /** The moment of the band that the keyboard stands at; null: at none. */
  markUs: Micros | null = null;
  pointer: { x: number; y: number } | null = null;
  /** The last thing done was done with keys: the read-out stands where they are, not at the resting pointer. */
  byKeys = false;
  dragging = false;
  /** So much time before the newest is kept in sight; null: the window stays where it is put. */
  followUs: Micros | null = null;
  /** A time later than the case's own last, up to which it is known that nothing was heard. */
  newestUs: Micros | null = null;
  /** The last answer of a phone that is being watched; null: none is. The hour's bytes in its history may end later than that. */
  heardUs: Micros | null = null;
  /** A phone is being watched: what no source covers yet at the end of the case is not a gap but still to come. */
  awaiting = false;
  /** The longest stretch that was followed: so far back one may look, even where the case is younger. */
  #reachUs: Micros = 0;
  /** What of the case decides where contacts stand. */
  #shows = { bytes: false, contacts: false, watchedUs: 0 };
  #choice: FrameChoice;
  #order: readonly string[] = [];
  #tops = new Map<string, { sent: number; received: number }>();
  #bursts: { of: Drawn; key: string; list: readonly Burst[] } | null = null;

  constructor(look: Look) {
    this.look = look;
    this.#choice = { width: 800, height: 480, unit: 1, size: look.size, contextRows: 0, gutter: 12 };
    this.frame = frameOf(this.#choice);
  }

  get view(): Viewport {
    return this.motion.now;
  }

  /** The span that there is; before it is known, the window itself. */
  get bounds(): Viewport {
    const { overview } = this;
    if (!overview) return this.motion.goal;
    const toUs = Math.max(overview.toUs, this.newestUs ?? overview.toUs);
    return { fromUs: Math.min(overview.fromUs, toUs - this.#reachUs), toUs };
  }

  /** From when on an uncovered end of the case is still to come; null: nothing is awaited. */
  get comingUs(): Micros | null {
    return this.awaiting && this.overview
      ? Math.min(this.overview.toUs, this.heardUs ?? this.overview.toUs) - AWAITED
      : null;
  }

  /** Follows the newest time with a window of so many microseconds; null stops, and leaves the window where it is. */
  follow(spanUs: Micros | null): void {
    this.followUs = spanUs;
    if (spanUs !== null) this.#reachUs = Math.max(this.#reachUs, spanUs);
  }

  /** The window that is followed to; null where none is, or nothing is known yet. */
  get followed(): Viewport | null {
    if (this.followUs === null || !this.overview) return null;
    const seen = Math.min(this.overview.toUs, this.heardUs ?? this.overview.toUs);
    const toUs = Math.max(seen, this.newestUs ?? seen);
    return { fromUs: toUs - this.followUs, toUs };
  }

  /** Where contacts stand in every lane. */
  get rail(): Rail {
    const { size, unit } = this.#choice;
    return railOf(size, unit, this.frame.laneHeight, { ...this.#shows, spanUs: spanOf(this.view) });
  }

  scale(): TimeScale {
    return timeScale(this.view, this.frame.left, this.frame.plotWidth);
  }

  overviewScale(): TimeScale | null {
    return this.overview ? overviewScale(this.frame, this.overview) : null;
  }

  hit(x: number, y: number): Hit {
    const { frame, layout, scroll, view, selection } = this;
    return hitTest(
      { frame, layout, scroll, scale: this.scale(), overview: this.overviewScale(), view, selection },
      x,
      y,
    );
  }

  setOverview(overview: OverviewView): void {
    const first = this.overview === null;
    this.overview = overview;
    this.covered = coveredSpans(overview.coverage);
    this.watched = contactSpans(overview.coverage);
    this.rows = contextRows(overview.context);
    this.moments = overview.context.filter((mark) => mark.kind === 'acquisition' || mark.kind === 'clock');
    this.nights = overview.zone === null ? null : zoneNamed(overview.zone);
    this.#reframe({ contextRows: this.rows.length });
    if (this.followUs !== null && !first) return;
    const unset = first && sameView(this.motion.goal, noView);
    this.motion.jump(clampTo(unset ? wholeOf(overview) : this.motion.goal, this.bounds));
  }

  resize(width: number, height: number, unit: number): void {
    this.#reframe({ width, height, unit });
  }

  setLook(look: Look): void {
    const reorder = look.sorting !== this.look.sorting;
    const anchor = look.folds !== this.look.folds && !reorder ? this.#anchor() : null;
    this.look = look;
    this.#reframe({ size: look.size });
    if (reorder) {
      this.reorder();
      // The lane in focus is not lost among the others.
      if (this.layout && this.focusKey !== null) this.scroll = scrollTo(this.layout, this.scroll, this.focusKey);
    } else this.#relayout();
    if (anchor) this.#restore(anchor);
  }

  /** The lane that the eye is on: the one in focus, else the first that is wholly in sight; with its place on the screen. */
  #anchor(): { readonly key: string; readonly y: number } | null {
    if (!this.layout) return null;
    const rows = rowsInSight(this.layout, this.scroll).filter((row) => !row.pinned);
    const top = this.layout.pinnedHeight;
    return rows.find((row) => row.key === this.focusKey) ?? rows.find((row) => row.y >= top) ?? rows[0] ?? null;
  }

  /** Scrolls so that a lane stands where it stood before its neighbours changed their heights, as far as that can be. */
  #restore({ key, y }: { readonly key: string; readonly y: number }): void {
    if (!this.layout) return;
    const at = this.layout.free.indexOf(key);
    if (at < 0) return;
    this.scroll = this.layout.tops[at]! + this.layout.pinnedHeight - y;
    this.scrollBy(0);
    this.scroll = scrollTo(this.layout, this.scroll, key);
  }

  /** Other answers to draw from. Answers whether lanes stand where they stood. */
  setDrawn(drawn: Drawn): boolean {
    const { layout } = this;
    const before = this.drawn;
    const other = before?.whole !== drawn.whole;
    const otherSubject = other && before !== null && before.subject.by !== drawn.subject.by;
    this.drawn = drawn;
    const grown = other && before !== null && subjectKey(before.subject) === subjectKey(drawn.subject);
    const sharper = !other && this.followUs !== null && before.detail === null && drawn.detail !== null;
    if (grown && this.followUs !== null) {
      // What came in since does not take the eye's place away: lanes stay, and new ones come after them.
      this.#tops.clear();
      this.#reorderSteadily();
    } else if (other) {
      this.#tops.clear();
      this.burst = null;
      this.reorder();
    } else if (sharper) this.reorder();
    if (otherSubject) {
      this.scroll = 0;
      this.focusKey = null;
    }
    return this.layout === layout;
  }

  /** Puts the lanes in order anew. Called when the order's own reasons change, never while something moves. */
  reorder(): void {
    const { drawn, view } = this;
    if (!drawn) return;
    const { fromUs, toUs } = this.followUs === null ? view : this.motion.goal;
    const sent = (key: string) => this.#rankOf(key, fromUs, toUs);
    this.#order = orderLanes(drawn.whole.lanes.values(), this.look.sorting, sent);
    this.#relayout();
  }

  /** Bytes sent in a stretch; a lane with nothing but contacts stands after all that sent, and before the silent ones. */
  #rankOf(key: string, fromUs: Micros, toUs: Micros): number {
    const { drawn } = this;
    if (!drawn) return 0;
    const { sent } = laneSum(drawn, key, fromUs, toUs);
    if (sent > 0) return sent;
    return 1 - 1 / (1 + laneContacts(drawn, key, fromUs, toUs));
  }

  #reorderSteadily(): void {
    const { drawn, motion, look } = this;
    if (!drawn) return;
    const { fromUs, toUs } = motion.goal;
    const sent = (key: string) => this.#rankOf(key, fromUs, toUs);
    const fresh = orderLanes(drawn.whole.lanes.values(), look.sorting, sent);
    // Where the order is that of the window, lanes that fell silent in it make room; elsewhere nothing moves.
    const pointed = this.pointer !== null || this.focusKey !== null;
    const moves = look.sorting === 'window' && !pointed;
    const busy = (key: string) => laneSum(drawn, key, fromUs, toUs).events > 0 || this.contactsOf(key) > 0;
    this.#order = steadyOrder(this.#order, fresh, moves ? busy : null);
    this.#relayout();
  }

  scrollBy(px: number): void {
    this.scroll = Math.min(Math.max(this.scroll + px, 0), this.layout?.maxScroll ?? 0);
  }

  rowOf(key: string | null): Row | null {
    if (key === null || !this.layout) return null;
    if (key === REST_KEY) return restInSight(this.layout, this.scroll);
    return rowsInSight(this.layout, this.scroll).find((row) => row.key === key) ?? null;
  }

  /** Takes the focus to the lane so many places further down; after the last one to the line of those that are not told. */
  moveFocus(by: number): void {
    if (!this.layout) return;
    const { pinned, free, rest } = this.layout;
    const all = [...pinned, ...free, ...(rest > 0 ? [REST_KEY] : [])];
    if (all.length === 0) return;
    const at = this.focusKey === null ? -1 : all.indexOf(this.focusKey);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    this.focusKey = all[next]!;
    this.scroll = scrollTo(this.layout, this.scroll, this.focusKey);
  }

  sumOf(key: string): Sum {
    const { drawn, exact, view } = this;
    const known = exact && sameView(exact.view, view) ? exact.lanes.get(key) : undefined;
    if (known) return { ...known, exact: true };
    return drawn
      ? laneSum(drawn, key, view.fromUs, view.toUs)
      : { sent: 0, received: 0, sentBackground: 0, receivedBackground: 0, events: 0, exact: true };
  }

  /** How many contacts a lane had in the window. */
  contactsOf(key: string): number {
    const { drawn, view } = this;
    return drawn ? laneContacts(drawn, key, view.fromUs, view.toUs) : 0;
  }

  heights(): HeightRule {
    return heightRule(this.look, this.#order, (key) => this.#peaksOf(key));
  }

  /** The highest interval of a lane in the whole span, either way, so that a pan never changes the scale. */
  #peaksOf(key: string): Peaks {
    const seen = this.#tops.get(key) ?? { sent: 0, received: 0 };
    for (const data of [this.drawn?.whole, this.drawn?.detail]) {
      const series = data?.series(key);
      if (!series) continue;
      seen.sent = Math.max(seen.sent, series.peakSent);
      seen.received = Math.max(seen.received, series.peakReceived);
    }
    this.#tops.set(key, seen);
    return seen;
  }

  /** Bursts of the focused lane, or of all lanes together. */
  bursts(): readonly Burst[] {
    const { drawn } = this;
    const focusKey = this.focusKey === REST_KEY ? null : this.focusKey;
    if (!drawn) return [];
    const key = JSON.stringify([focusKey, this.look.direction]);
    if (this.#bursts?.of === drawn && this.#bursts.key === key) return this.#bursts.list;
    const keys = focusKey === null ? [...drawn.whole.lanes.keys()] : [focusKey];
    const series = keys.map((k) => drawn.whole.series(k)).filter((s): s is LaneSeries => s !== null);
    const { fromUs, toUs } = drawn.whole.window;
    const list = burstsOf(series, fromUs, toUs, this.look.direction === 'received' ? 'received' : 'sent');
    this.#bursts = { of: drawn, key, list };
    return list;
  }

  #reframe(change: Partial<FrameChoice>): void {
    this.#choice = { ...this.#choice, ...change };
    this.frame = frameOf(this.#choice);
    this.#relayout();
  }

  #relayout(): void {
    const { drawn, watched } = this;
    this.#shows = {
      bytes: this.covered.length > 0 || (drawn?.whole.hasBytes ?? false),
      contacts: watched.length > 0 || (drawn?.whole.hasContacts ?? false),
      watchedUs: watched.reduce((sum, span) => sum + span.toUs - span.fromUs, 0),
    };
    this.layout = this.drawn
      ? layOut(this.#order, this.look.pins, this.frame.laneHeight, this.frame.lanes.height, {
          folds: this.look.folds ?? noFolds,
          height: this.frame.foldedHeight,
          rest: this.drawn.whole.window.rest ? this.frame.restHeight : 0,
        })
      : null;
    this.scrollBy(0);
  }
}
