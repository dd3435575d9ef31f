import type { Drawn } from '../../shared/timeline/drawn.ts';
import { DataSet } from '../../shared/timeline/lane-data.ts';
import type { LanesAround } from '../../shared/timeline/lanes-around.ts';
import {
  detailQuestion,
  MOST_BUCKETS,
  type Subject,
  subjectKey,
  type WindowQuestion,
  wholeQuestion,
  withinBounds,
} from '../../shared/timeline/questions.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { spanOf } from '../../shared/timeline/viewport.ts';
import type { WindowView } from '../../shared/types/timeline.ts';

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

interface Want {
  readonly subject: Subject;
  readonly view: Viewport;
  readonly widthPx: number;
  readonly bounds: Viewport;
  /** Lanes in sight, and those around that are asked for with them; left out: all lanes. `unknown`: the whole span will tell. */
  readonly lanes?: LanesAround | 'unknown' | null;
}

/** An answer with what was asked: that, not what came back, says how fine it is and how far it reaches. */
interface Kept {
  readonly key: string;
  readonly data: DataSet;
  readonly question: WindowQuestion;
}

/** Nothing finer can be had than what stands for itself; contacts are merged by the step too. */
function stepOf({ question, data }: Kept): number {
  return data.merged || data.hasContacts ? (question.toUs - question.fromUs) / question.buckets : 0;
}

/** The share of the lanes in sight that an answer tells of. */
function lanesHeld({ data }: Kept, { lanes }: Want): number {
  if (!data.only || !lanes || lanes === 'unknown' || lanes.inSight.length === 0) return 1;
  return lanes.inSight.filter((key) => data.holds(key)).length / lanes.inSight.length;
}

/** The question for the window and the lanes around it. */
function nearQuestion({ subject, view, widthPx, bounds, lanes }: Want): WindowQuestion {
  return {
    ...detailQuestion(subject, view, widthPx, bounds),
    ...(lanes && lanes !== 'unknown' ? { lanes: [...lanes.around] } : {}),
    packed: true,
  };
}

function farQuestion({ subject, bounds }: Want): WindowQuestion {
  return { ...wholeQuestion(subject, bounds), packed: true };
}

function keptOf(key: string, window: WindowView, question: WindowQuestion): Kept {
  return { key, data: new DataSet(window, question.lanes ? new Set(question.lanes) : null), question };
}

function pixelOf(want: Want): number {
  return spanOf(want.view) / want.widthPx;
}

const PAUSE_MS = 90;
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
  #wholes = new Map<string, DataSet>();
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

  /** Asks again after a failure, or after the case has changed (`forget`). */
  again(forget: boolean): void {
    this.#failure = null;
    this.#renewing = null;
    if (forget) {
      this.#kept = [];
      this.#wholes.clear();
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
    const whole = this.#hooks.ask(farQuestion(want));
    const detail = withinBounds(want.view, want.bounds) ? this.#hooks.ask(near) : Promise.resolve(null);
    const key = subjectKey(subject);
    Promise.all([whole, detail]).then(
      ([all, part]) => {
        if (this.#closed || this.#renewing !== renewing) return;
        this.#renewing = null;
        this.#age += 1;
        this.#asked.clear();
        this.#wholes = new Map([[key, new DataSet(all)]]);
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
    if (!this.#wholes.has(key)) this.#ask(key, farQuestion(want), true);
    if (want.lanes !== 'unknown' && !this.#goodEnough(want, key)) this.#ask(key, nearQuestion(want), false);
    this.#choose();
  }

  #ask(key: string, question: WindowQuestion, whole: boolean): void {
    const name = JSON.stringify([key, question.fromUs, question.toUs, question.buckets, question.lanes]);
    if (this.#asked.has(name)) return;
    if (!whole && this.#asked.size >= AT_ONCE) return;
    this.#asked.add(name);
    const age = this.#age;
    this.#hooks.ask(question).then(
      (window) => this.#answered(age, name, key, window, whole ? null : question),
      (failure: unknown) => {
        if (age !== this.#age) return;
        this.#asked.delete(name);
        this.#failed(key, failure);
      },
    );
  }

  #answered(age: number, name: string, key: string, window: WindowView, question: WindowQuestion | null): void {
    if (this.#closed || age !== this.#age) return;
    this.#asked.delete(name);
    if (!question) {
      const whole = new DataSet(window);
      this.#wholes.set(key, whole);
      this.#prepare(whole);
      if (this.#wholes.size > KEPT) this.#wholes.delete(this.#wholes.keys().next().value!);
    } else {
      this.#kept = [keptOf(key, window, question), ...this.#kept].slice(0, KEPT);
    }
    // The window may have moved on while this was under way.
    this.#askNow();
  }

  /** Sums of the window need all lanes of the whole span: they are prepared a few at a time, so that no frame waits for them. */
  #prepare(whole: DataSet): void {
    this.#hooks.later(() => {
      if (!this.#closed && whole.prepare(LANES_A_TURN)) this.#prepare(whole);
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

  #choose(): void {
    const want = this.#want;
    if (!want) return;
    const key = subjectKey(want.subject);
    const whole = this.#wholes.get(key);
    if (whole) {
      const detail = this.#best(want, key)?.data ?? null;
      if (detail) detail.rest = whole;
      if (this.#drawn?.whole !== whole || this.#drawn.detail !== detail) {
        this.#drawn = { subject: want.subject, whole, detail };
        this.#hooks.onDrawn(this.#drawn);
      }
    }
    if ((this.#renewing || this.#moving) && this.#drawn && !this.#failure) return;
    const visible = withinBounds(want.view, want.bounds);
    const sharp = !visible || this.#serves(this.#best(want, key), visible, want);
    const state = this.#failure ? 'failed' : !this.#drawn ? 'empty' : whole && sharp ? 'fresh' : 'stale';
    this.#hooks.onState({ state, failure: this.#failure });
  }
}
