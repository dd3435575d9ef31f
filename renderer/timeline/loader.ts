import type { Drawn } from '../../shared/timeline/drawn.ts';
import { choiceServes } from '../../shared/timeline/lane-choice.ts';
import type { DataSet } from '../../shared/timeline/lane-data.ts';
import { MOST_BUCKETS, subjectKey, type WindowQuestion, withinBounds } from '../../shared/timeline/questions.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { spanOf } from '../../shared/timeline/viewport.ts';
import type { WindowView } from '../../shared/types/timeline.ts';
import {
  farQuestion,
  glanceQuestion,
  type Kept,
  keptOf,
  lanesHeld,
  nearQuestion,
  offeredQuestion,
  pixelOf,
  stepOf,
  type Want,
  wantsGlance,
  wholeOf,
} from './loader-questions.ts';

export interface LoaderState {
  /** `stale`: what is drawn is of another filter or coarser than the window wants, and an answer is on its way. */
  readonly state: 'empty' | 'fresh' | 'stale' | 'failed';
  readonly failure: unknown;
}

export interface LoaderHooks {
  ask(question: WindowQuestion): Promise<WindowView>;
  onDrawn(drawn: Drawn): void;
  onState(state: LoaderState): void;
  /** Runs later and returns its own end; a test passes its own clock. */
  later(run: () => void, ms: number): () => void;
}

const PAUSE_MS = 90;
/** A first picture has so long to be painted before the large answer is asked for. */
const PAINT_MS = 60;
const KEPT = 8;
const AT_ONCE = 2;
const LANES_A_TURN = 4;
const TURN_MS = 16;
/** So much of a window is there before it is needed: a hand that drags two windows a second meets no edge (loader-ahead.test.ts). */
const AHEAD = 0.5;

/**
 * Asks for what the window needs, no oftener than a person can see it. An answer that is no longer wanted is kept for the
 * way back; the last drawing stays until a better one is there.
 */
export class Loader {
  #hooks: LoaderHooks;
  #want: Want | null = null;
  #drawn: Drawn | null = null;
  #kept: readonly Kept[] = [];
  #wholes = new Map<string, Kept>();
  /** First pictures, by subject, until the whole span is there. */
  #glances = new Map<string, Kept>();
  /** A first picture is about to be painted: the large answer does not take the processor from it. */
  #painting = false;
  #asked = new Set<string>();
  #endPause: (() => void) | null = null;
  #failure: unknown = null;
  #closed = false;
  #age = 0;
  /** Both answers are being asked for anew, while the old ones stay; `more`: the case has grown again meanwhile. */
  #renewing: { more: boolean } | null = null;
  #moving = false;

  constructor(hooks: LoaderHooks) {
    this.#hooks = hooks;
  }

  get drawn(): Drawn | null {
    return this.#drawn;
  }

  /** Says what the window shows now. Cheap: may be called with every frame. */
  want(want: Want): void {
    if (this.#moving) {
      this.#want = want;
      return;
    }
    const changed = !this.#want || subjectKey(this.#want.subject) !== subjectKey(want.subject);
    const told = this.#want?.lanes === 'unknown' && want.lanes !== 'unknown';
    this.#want = want;
    if (changed) this.#failure = null;
    if (told || (changed && !this.#endPause)) this.#pause(0);
    else if (!this.#endPause) this.#pause(PAUSE_MS);
    this.#choose();
  }

  /** A first picture that came with the case, `bars` of its lanes with their intervals; not looked at where another one is wanted. */
  offer(window: WindowView, bars: number): void {
    const want = this.#want;
    const question = offeredQuestion(window, bars);
    const key = subjectKey(question);
    if (!want || !wantsGlance(want) || key !== subjectKey(want.subject)) return;
    this.#answered(this.#age, '', key, window, question, false);
  }

  /** Asks again after a failure, or after the case has changed (`forget`). */
  again(forget: boolean): void {
    this.#failure = null;
    this.#renewing = null;
    if (forget) {
      this.#kept = [];
      this.#wholes.clear();
      this.#glances.clear();
      this.#asked.clear();
      this.#age += 1;
    }
    this.#pause(0);
  }

  /**
   * The case has grown: asks for the whole span and for the window anew, and puts both in the place of the old ones at once, so
   * that nothing is drawn coarser in between. `move` brings the window to where it shall stand then, without asking for anything by
   * itself. What is asked while this is under way is asked again after it.
   */
  renew(move: () => void = () => {}): void {
    this.#moving = true;
    move();
    this.#moving = false;
    const want = this.#want;
    if (!want || !this.#drawn || subjectKey(want.subject) !== subjectKey(this.#drawn.subject)) {
      this.again(true);
      return;
    }
    if (this.#renewing) {
      this.#renewing.more = true;
      return;
    }
    const renewing = { more: false };
    this.#renewing = renewing;
    this.#failure = null;
    const { subject } = want;
    const near = nearQuestion(want);
    const far = farQuestion(want);
    const whole = this.#hooks.ask(far);
    const detail = withinBounds(want.view, want.bounds) ? this.#hooks.ask(near) : Promise.resolve(null);
    const key = subjectKey(subject);
    Promise.all([whole, detail]).then(
      ([all, part]) => {
        if (this.#closed || this.#renewing !== renewing) return;
        this.#renewing = null;
        this.#age += 1;
        this.#asked.clear();
        this.#glances.clear();
        this.#wholes = new Map([[key, wholeOf(key, all, far)]]);
        this.#kept = part ? [keptOf(key, part, near)] : [];
        this.#askNow();
        if (renewing.more) this.renew();
      },
      (failure: unknown) => {
        if (this.#renewing !== renewing) return;
        this.#renewing = null;
        this.#failed(key, failure);
      },
    );
  }

  close(): void {
    this.#closed = true;
    this.#endPause?.();
  }

  #pause(ms: number): void {
    this.#endPause?.();
    this.#endPause = this.#hooks.later(() => {
      this.#endPause = null;
      this.#askNow();
    }, ms);
  }

  #askNow(): void {
    const want = this.#want;
    if (!want || this.#closed || this.#failure) return;
    const key = subjectKey(want.subject);
    // What is on its way reaches as far as can be asked now; another filter does not wait for it.
    if (this.#renewing && key === (this.#drawn && subjectKey(this.#drawn.subject))) {
      this.#choose();
      return;
    }
    if (wantsGlance(want) && !this.#glances.has(key) && !this.#wholes.has(key)) {
      // The first picture goes before: the large answer is not waited for, and does not hold this one up.
      this.#ask(key, glanceQuestion(want), false);
      this.#choose();
      return;
    }
    if (!this.#wholeServes(want, key) && !this.#painting) this.#ask(key, farQuestion(want), true);
    if (want.lanes !== 'unknown' && !this.#goodEnough(want, key)) this.#ask(key, nearQuestion(want), false);
    this.#choose();
  }

  /** Whether the whole span is there, and told in the order of the view where not all of it is. */
  #wholeServes({ first }: Want, key: string): boolean {
    const whole = this.#wholes.get(key);
    return !!whole && choiceServes(whole.data.lanes, whole.data.window.rest, whole.question.first, first);
  }

  #ask(key: string, question: WindowQuestion, whole: boolean): void {
    const { fromUs, toUs, buckets, lanes, first, bars } = question;
    const name = JSON.stringify([key, fromUs, toUs, buckets, lanes, first, bars]);
    if (this.#asked.has(name)) return;
    if (!whole && this.#asked.size >= AT_ONCE) return;
    this.#asked.add(name);
    const age = this.#age;
    this.#hooks.ask(question).then(
      (window) => this.#answered(age, name, key, window, question, whole),
      (failure: unknown) => {
        if (age !== this.#age) return;
        this.#asked.delete(name);
        this.#failed(key, failure);
      },
    );
  }

  #answered(
    age: number,
    name: string,
    key: string,
    window: WindowView,
    question: WindowQuestion,
    isWhole: boolean,
  ): void {
    if (this.#closed || age !== this.#age) return;
    if (isWhole) {
      const whole = wholeOf(key, window, question);
      if (this.#drawn && this.#drawn.whole === this.#glances.get(key)?.data) {
        // What is drawn is as fine: sums of all lanes are made ready before anybody asks for them.
        this.#prepare(whole.data, () => age === this.#age && this.#setWhole(name, whole));
      } else {
        this.#prepare(whole.data);
        this.#setWhole(name, whole);
      }
      return;
    }
    const kept = keptOf(key, window, question);
    const keys = this.#inSight();
    // Lanes in sight are made ready before they are drawn from: all of them at once would take longer than a frame.
    if (keys && this.#drawn && question.bars === undefined && kept.data.prepare(LANES_A_TURN, keys)) {
      this.#prepare(kept.data, () => age === this.#age && this.#keep(name, kept), keys);
    } else this.#keep(name, kept);
  }

  /** Keys of the lanes in sight; undefined: they are not known yet. */
  #inSight(): readonly string[] | undefined {
    const lanes = this.#want?.lanes;
    return lanes && lanes !== 'unknown' ? lanes.inSight : undefined;
  }

  #keep(name: string, kept: Kept): void {
    this.#asked.delete(name);
    this.#kept = [kept, ...this.#kept].slice(0, KEPT);
    const { key, question } = kept;
    if (question.bars !== undefined) {
      this.#glances.set(key, kept);
      this.#painting = true;
      this.#hooks.later(() => {
        this.#painting = false;
        this.#askNow();
      }, PAINT_MS);
    }
    // The window may have moved on while this was under way.
    this.#askNow();
  }

  #setWhole(name: string, whole: Kept): void {
    this.#asked.delete(name);
    this.#glances.delete(whole.key);
    this.#wholes.set(whole.key, whole);
    if (this.#wholes.size > KEPT) this.#wholes.delete(this.#wholes.keys().next().value!);
    this.#askNow();
  }

  /** Sums of the window need all lanes of the whole span: they are prepared a few at a time, so that no frame waits for them. */
  #prepare(data: DataSet, done: () => void = () => {}, keys?: readonly string[]): void {
    this.#hooks.later(() => {
      if (this.#closed) return;
      if (data.prepare(LANES_A_TURN, keys)) this.#prepare(data, done, keys);
      else done();
    }, TURN_MS);
  }

  #failed(key: string, failure: unknown): void {
    if (this.#closed || !this.#want) return;
    if (key !== subjectKey(this.#want.subject)) {
      this.#askNow();
      return;
    }
    this.#failure = failure;
    this.#choose();
  }

  /** The finest kept answer over the whole window; else the one over most of it. */
  #best(want: Want, key: string): Kept | null {
    const visible = withinBounds(want.view, want.bounds);
    if (!visible) return null;
    let best: Kept | null = null;
    let bestScore = 0;
    for (const kept of this.#kept) {
      if (kept.key !== key) continue;
      const { fromUs, toUs } = kept.question;
      const shared = Math.min(toUs, visible.toUs) - Math.max(fromUs, visible.fromUs);
      if (shared <= 0) continue;
      const held = lanesHeld(kept, want);
      const full = fromUs <= visible.fromUs && toUs >= visible.toUs && held === 1;
      const score = (full ? 1e6 : (held * shared) / spanOf(visible)) / Math.max(stepOf(kept), pixelOf(want));
      if (score > bestScore) [best, bestScore] = [kept, score];
    }
    return best;
  }

  /** Fine enough for a pixel, and reaching far enough ahead. */
  #goodEnough(want: Want, key: string): boolean {
    const ahead = spanOf(want.view) * AHEAD;
    const needed = withinBounds({ fromUs: want.view.fromUs - ahead, toUs: want.view.toUs + ahead }, want.bounds);
    return !needed || this.#serves(this.#best(want, key), needed, want);
  }

  #serves(kept: Kept | null, stretch: Viewport, want: Want): boolean {
    if (!kept || lanesHeld(kept, want) < 1) return false;
    const { fromUs, toUs, buckets } = kept.question;
    if (fromUs > stretch.fromUs || toUs < stretch.toUs) return false;
    // The contract caps the steps of one answer: beyond that, what it gave is as fine as can be had.
    return stepOf(kept) <= pixelOf(want) * 1.01 || buckets > MOST_BUCKETS * 0.9;
  }

  /** The first picture, as long as it is one of what is in sight; once drawn it stays until the whole span is there. */
  #glanceOf(want: Want, key: string): DataSet | undefined {
    const glance = this.#glances.get(key)?.data;
    return glance && (wantsGlance(want) || this.#drawn?.whole === glance) ? glance : undefined;
  }

  #choose(): void {
    const want = this.#want;
    if (!want) return;
    const key = subjectKey(want.subject);
    const whole = this.#wholes.get(key)?.data ?? this.#glanceOf(want, key);
    if (whole) {
      const best = this.#best(want, key)?.data ?? null;
      const detail = best === whole ? null : best;
      if (detail) detail.rest = whole;
      if (this.#drawn?.whole !== whole || this.#drawn.detail !== detail) {
        this.#drawn = { subject: want.subject, whole, detail };
        this.#hooks.onDrawn(this.#drawn);
      }
    }
    if ((this.#renewing || this.#moving) && this.#drawn && !this.#failure) return;
    const visible = withinBounds(want.view, want.bounds);
    const sharp = !visible || this.#serves(this.#best(want, key), visible, want);
    const fresh = sharp && this.#wholeServes(want, key);
    const state = this.#failure ? 'failed' : !this.#drawn ? 'empty' : fresh ? 'fresh' : 'stale';
    this.#hooks.onState({ state, failure: this.#failure });
  }
}
