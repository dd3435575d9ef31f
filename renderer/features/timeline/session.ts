import { createStore } from 'zustand/vanilla';
import type { Drawn } from '../../../shared/timeline/drawn.ts';
import { choiceOf } from '../../../shared/timeline/lane-choice.ts';
import { addTotals, noTotals, type Totals } from '../../../shared/timeline/lane-data.ts';
import type { LaneLayout } from '../../../shared/timeline/lane-layout.ts';
import { contactsOfLane } from '../../../shared/timeline/lane-layout.ts';
import { lanesAround } from '../../../shared/timeline/lanes-around.ts';
import type { Look } from '../../../shared/timeline/look.ts';
import { lacksRest, laneSum, ofAllLanes, wholeSum } from '../../../shared/timeline/picture.ts';
import { type Subject, subjectKey, sumQuestion, type WindowQuestion } from '../../../shared/timeline/questions.ts';
import type { Selection } from '../../../shared/timeline/selection.ts';
import type { Viewport } from '../../../shared/timeline/time-scale.ts';
import { sameView } from '../../../shared/timeline/viewport.ts';
import type { LaneView, OverviewView, WindowView } from '../../../shared/types/timeline.ts';
import { Instrument } from '../../timeline/instrument.ts';
import { Loader, type LoaderState } from '../../timeline/loader.ts';

/** What the words around the instrument need to know; changes no oftener than a person can read. */
export interface SessionState {
  readonly view: Viewport | null;
  readonly settled: Viewport | null;
  readonly drawn: Drawn | null;
  readonly load: LoaderState;
  /** Sums of the settled window by the engine, where those of the drawing would not be exact. */
  readonly exact: { readonly view: Viewport; readonly sum: Totals; readonly contacts: number } | null;
  readonly selection: Selection | null;
  /** The same of what is selected, by lane too. */
  readonly exactSelection: ExactSelection | null;
  /** The last thing that the instrument had to say. */
  readonly said: string;
  /** The same, where it is to be seen as well as heard. */
  readonly shown: string;
  /** So many microseconds before the newest time are kept in sight; null: the window stays where it is put. */
  readonly followUs: number | null;
}

/** Sums that the engine gave for exactly one stretch, of one subject. */
export interface ExactSelection {
  readonly selection: Selection;
  readonly subject: string;
  readonly sum: Totals;
  readonly contacts: number;
  /** Those that sent most, where they are very many. */
  readonly lanes: ReadonlyMap<string, Totals>;
  /** Names of lanes that the drawing may not know. */
  readonly names: ReadonlyMap<string, string>;
  /** How many more lanes have counted bytes. */
  readonly more: number;
}

/** Sums of counted bytes by lane: contacts, which an answer counts among its events, are counted apart. */
function totalsByLane(answer: WindowView): Map<string, Totals> {
  const counted = ({ sent, received, sentBackground, receivedBackground, intervals }: LaneView): Totals => {
    const events = intervals.events.reduce((sum, one) => sum + one, 0);
    return { sent, received, sentBackground, receivedBackground, events };
  };
  return new Map(answer.lanes.map((lane) => [lane.key, counted(lane)]));
}

/** Sums of counted bytes over all lanes of an answer, those that it does not tell included. */
function countedTotals({ rest }: WindowView, lanes: ReadonlyMap<string, Totals>): Totals {
  const told = [...lanes.values()].reduce(addTotals, noTotals);
  return rest ? addTotals(told, { ...rest, events: rest.events - rest.contacts }) : told;
}

/** How many contacts stand behind all lanes of an answer. */
function contactsOfAll({ lanes, rest }: WindowView): number {
  return lanes.reduce((sum, lane) => sum + contactsOfLane(lane), rest?.contacts ?? 0);
}

export interface SessionHooks {
  ask(question: WindowQuestion): Promise<WindowView>;
  onSettled(view: Viewport): void;
  onSelection(selection: Selection | null): void;
  onOpen(event: string): void;
  onPin(key: string): void;
  onOnly(key: string): void;
  onFold(key: string | null): void;
  /** The key for following was pressed. */
  onFollowKey(): void;
  /** The key for making a finding was pressed. */
  onMakeKey(): void;
}

/** While the window moves, words follow no oftener than this: rendering them takes as long as a frame has. */
const WORDS_MS = 600;
/** So many pixels of scroll may bring another lane into sight. */
const SCROLLED = 16;
/** An answer that comes sooner was not waited for. */
const WAITED_MS = 250;

/** Runs something once this turn is over, or after so many milliseconds; answers with its end. */
function later(run: () => void, ms: number): () => void {
  if (ms > 0) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  }
  // A timer would come after the next frame, and the question would wait for it.
  let ended = false;
  queueMicrotask(() => {
    if (!ended) run();
  });
  return () => {
    ended = true;
  };
}

/** Joins the instrument with the loader. One for each time that the place is shown. */
export class TimelineSession {
  readonly store = createStore<SessionState>(() => ({
    view: null,
    settled: null,
    drawn: null,
    load: { state: 'empty', failure: null },
    exact: null,
    selection: null,
    exactSelection: null,
    said: '',
    shown: '',
    followUs: null,
  }));
  readonly instrument: Instrument;
  readonly #loader: Loader;
  readonly #hooks: SessionHooks;
  #subject: Subject;
  #overview: OverviewView | null = null;
  #wordsTimer: ReturnType<typeof setTimeout> | undefined;
  #loadTimer: ReturnType<typeof setTimeout> | undefined;
  #rows: { layout: LaneLayout | null; scroll: number } = { layout: null, scroll: 0 };
  #exactAsked = '';
  #selectionAsked = '';
  #closed = false;

  constructor(host: HTMLElement, look: Look, subject: Subject, hooks: SessionHooks) {
    this.#hooks = hooks;
    this.#subject = subject;
    this.#loader = new Loader({
      ask: (question) => hooks.ask(question),
      onDrawn: (drawn) => {
        this.instrument.setDrawn(drawn);
        // Under a moving hand the words come with their next turn.
        if (this.#wordsTimer === undefined) this.#tellDrawn();
      },
      onState: (load) => this.#tellLoad(load),
      later,
    });
    this.instrument = new Instrument(host, look, {
      onView: (view, settled) => this.#moved(view, settled),
      onLanes: () => this.#scrolled(),
      onSelection: (selection, settled) => {
        this.store.setState({ selection });
        if (settled) this.#askSelection();
        if (settled) hooks.onSelection(selection);
      },
      onOpen: (event) => hooks.onOpen(event),
      onPin: (key) => hooks.onPin(key),
      onOnly: (key) => hooks.onOnly(key),
      onFold: (key) => hooks.onFold(key),
      onFreed: () => this.store.setState({ followUs: null }),
      onFollowKey: () => hooks.onFollowKey(),
      onMakeKey: () => hooks.onMakeKey(),
      onSay: (said, seen) => this.store.setState({ said, shown: seen ? said : '' }),
    });
  }

  /** A new overview: of this case for the first time, or after it has grown. Answers whether it is the first. */
  setOverview(overview: OverviewView): boolean {
    if (overview === this.#overview) return false;
    const grown = this.#overview !== null;
    this.#overview = overview;
    const move = () => {
      this.instrument.setOverview(overview);
      this.#want();
    };
    if (grown) {
      this.#selectionAsked = '';
      this.store.setState({ exactSelection: null });
      this.#loader.renew(move);
    } else move();
    return !grown;
  }

  /** A window that came with the case, `bars` of its lanes with their intervals: drawn where it is the first picture of what is in sight. */
  offer(window: WindowView, bars: number): void {
    this.#loader.offer(window, bars);
  }

  /** Follows the newest time with so long a window; null stays where the window is. */
  follow(spanUs: number | null): void {
    this.store.setState({ followUs: spanUs });
    this.instrument.follow(spanUs);
  }

  /** Says a sentence that is to be seen and heard. */
  say(text: string): void {
    this.store.setState({ said: text, shown: text });
  }

  setSubject(subject: Subject): void {
    if (subjectKey(subject) === subjectKey(this.#subject)) return;
    this.#subject = subject;
    this.#want();
  }

  setSelection(selection: Selection | null): void {
    this.instrument.setSelection(selection);
    this.store.setState({ selection });
    this.#askSelection();
  }

  again(): void {
    this.#loader.again(false);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#wordsTimer);
    clearTimeout(this.#loadTimer);
    this.#loader.close();
    this.instrument.destroy();
  }

  #moved(view: Viewport, settled: boolean): void {
    this.#want();
    if (settled) {
      clearTimeout(this.#wordsTimer);
      this.#wordsTimer = undefined;
      this.store.setState({ view, settled: view });
      this.#tellDrawn();
      this.#askExact();
      // A window that follows stands in the address by its length, not by its ends.
      if (this.#overview && this.store.getState().followUs === null) this.#hooks.onSettled(view);
      return;
    }
    this.#wordsTimer ??= setTimeout(() => {
      this.#wordsTimer = undefined;
      this.store.setState({ view: this.instrument.stage.motion.goal });
      this.#tellDrawn();
    }, WORDS_MS);
  }

  #tellDrawn(): void {
    const { drawn } = this.#loader;
    if (this.#closed || !drawn || drawn === this.store.getState().drawn) return;
    // A first picture tells of few lanes: words about all of them wait for the rest.
    if (drawn.whole.only !== null) return;
    this.store.setState({ drawn });
    this.#askExact();
    this.#askSelection();
  }

  /** Says that a finer answer is waited for once it takes long enough to be noticed. */
  #tellLoad(load: LoaderState): void {
    const old = this.store.getState().load;
    if (load.state === 'stale' && old.state === 'fresh') {
      this.#loadTimer ??= setTimeout(() => this.store.setState({ load }), WAITED_MS);
      return;
    }
    clearTimeout(this.#loadTimer);
    this.#loadTimer = undefined;
    if (old.state !== load.state || old.failure !== load.failure) this.store.setState({ load });
  }

  /** Other lanes may be in sight. */
  #scrolled(): void {
    if (!this.#overview) return;
    const { layout, scroll } = this.instrument.stage;
    if (this.#rows.layout === layout && Math.abs(this.#rows.scroll - scroll) < SCROLLED) return;
    this.#rows = { layout, scroll };
    this.#want();
  }

  #want(): void {
    if (!this.#overview) return;
    const { stage } = this.instrument;
    const { fromUs, toUs } = this.#overview;
    this.#loader.want({
      subject: this.#subject,
      view: stage.motion.goal,
      widthPx: stage.frame.plotWidth,
      bounds: { fromUs, toUs },
      first: choiceOf(stage.look.sorting, stage.look.pins),
      glance: this.#glance(),
      lanes:
        stage.layout && stage.drawn?.subject.by === this.#subject.by
          ? lanesAround(stage.layout, stage.scroll)
          : 'unknown',
    });
  }

  /** How many lanes a first picture needs; none where other lanes than the largest senders are in sight, or decide how it looks. */
  #glance(): number | undefined {
    const { look, frame } = this.instrument.stage;
    if ((look.sorting !== 'sent' && look.sorting !== 'window') || look.pins.length > 0 || look.full === 'all') return;
    if (this.store.getState().followUs !== null) return;
    return Math.ceil(frame.lanes.height / frame.laneHeight) + 1;
  }

  /** Asks for the sums of what is selected where those of the drawing would not be exact. */
  #askSelection(): void {
    const { selection, drawn } = this.store.getState();
    if (!selection || !drawn || subjectKey(drawn.subject) !== subjectKey(this.#subject)) return;
    const key = `${subjectKey(drawn.subject)} ${selection.fromUs} ${selection.toUs}`;
    if (key === this.#selectionAsked || wholeSum(drawn, selection.fromUs, selection.toUs).exact) return;
    this.#selectionAsked = key;
    this.#hooks.ask({ ...sumQuestion(drawn.subject, selection), first: choiceOf('sent', []) }).then(
      (answer) => {
        if (this.#closed || key !== this.#selectionAsked) return;
        const lanes = totalsByLane(answer);
        const exactSelection = {
          selection,
          subject: subjectKey(drawn.subject),
          sum: countedTotals(answer, lanes),
          contacts: contactsOfAll(answer),
          lanes,
          names: new Map(answer.lanes.map((lane) => [lane.key, lane.name])),
          more: answer.rest?.counted ?? 0,
        };
        this.store.setState({ exactSelection });
      },
      () => {
        if (key === this.#selectionAsked) this.#selectionAsked = '';
      },
    );
  }

  /** Asks for the sums of the window where intervals that were merged for drawing lie across its edges. */
  #askExact(): void {
    const { settled, drawn } = this.store.getState();
    if (!settled || !drawn || subjectKey(drawn.subject) !== subjectKey(this.#subject)) return;
    if (!sameView(settled, this.instrument.stage.motion.goal)) return;
    const { rest } = drawn.whole.window;
    const order = rest ? this.instrument.stage.look.sorting : '';
    const key = `${subjectKey(drawn.subject)} ${settled.fromUs} ${settled.toUs} ${order}`;
    const all = ofAllLanes(drawn);
    const told = [...drawn.whole.lanes.keys()];
    const doubtful =
      lacksRest(drawn, settled.fromUs, settled.toUs) ||
      told.some((lane) => !laneSum(all, lane, settled.fromUs, settled.toUs).exact);
    if (!doubtful || key === this.#exactAsked) return;
    this.#exactAsked = key;
    // Of very many lanes those are wanted that stand there, whatever others sent in this window.
    const first = rest && { most: told.length, order: 'sent' as const, keep: told };
    this.#hooks.ask({ ...sumQuestion(drawn.subject, settled), ...(first && { first }) }).then(
      (answer) => {
        if (this.#closed || key !== this.#exactAsked || !sameView(settled, this.instrument.stage.motion.goal)) return;
        this.instrument.setExact({ view: settled, lanes: totalsByLane(answer) });
        this.store.setState({ exact: { view: settled, sum: answer, contacts: contactsOfAll(answer) } });
      },
      // The sums of the drawing stay, marked with ≈; the next window asks again.
      () => {
        if (key === this.#exactAsked) this.#exactAsked = '';
      },
    );
  }
}
