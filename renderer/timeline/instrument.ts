import { nextBurst } from '../../shared/timeline/bursts.ts';
import type { Drawn } from '../../shared/timeline/drawn.ts';
import { humanBytes, rangeInFull } from '../../shared/timeline/formats.ts';
import type { Look } from '../../shared/timeline/look.ts';
import type { Selection } from '../../shared/timeline/selection.ts';
import { readTheme } from '../../shared/timeline/theme.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { centreOn, clampTo, sameView, spanOf } from '../../shared/timeline/viewport.ts';
import type { OverviewView } from '../../shared/types/timeline.ts';
import { listenToHand } from './gestures.ts';
import { InstrumentHand } from './instrument-hand.ts';
import type { InstrumentHooks } from './instrument-hooks.ts';
import { InstrumentKeys } from './instrument-keys.ts';
import { pressKey } from './keys.ts';
import { OverlayLayer } from './overlay-layer.ts';
import { Painter, type Surfaces } from './painter.ts';
import { ReadOutView } from './read-out-view.ts';
import { type ExactSums, Stage } from './stage.ts';
import { Surface } from './surface.ts';

const SETTLE_MS = 220;

/** The drawing instrument: canvases, hands and keys in one element of the page. No framework inside. */
export class Instrument {
  readonly stage: Stage;
  readonly #host: HTMLElement;
  readonly #hooks: InstrumentHooks;
  readonly #painter: Painter;
  readonly #surfaces: Surfaces;
  readonly #scroller: HTMLDivElement;
  readonly #spacer: HTMLDivElement;
  /** Stands where the lane in focus is: a page that scrolls brings it into sight. */
  readonly #place: HTMLDivElement;
  readonly #readOut: ReadOutView;
  readonly #ends: (() => void)[] = [];
  /** `view`: nothing of the main picture has changed but the window that it shows. */
  #dirty = { strip: true, main: true, view: false, overlay: true };
  #frameAsked = 0;
  #settleTimer: ReturnType<typeof setTimeout> | undefined;
  #told: Viewport | null = null;
  #reduced = false;
  #size = '';

  constructor(host: HTMLElement, look: Look, hooks: InstrumentHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.stage = new Stage(look);
    this.#surfaces = { base: new Surface(host, true), strip: new Surface(host, false), over: new OverlayLayer(host) };
    this.#scroller = document.createElement('div');
    this.#scroller.className = 'tl-scroller';
    this.#scroller.tabIndex = -1;
    this.#spacer = document.createElement('div');
    this.#scroller.append(this.#spacer);
    host.append(this.#scroller);
    this.#place = document.createElement('div');
    this.#place.className = 'tl-place';
    host.append(this.#place);
    this.#readOut = new ReadOutView(host);
    this.#painter = new Painter(this.stage, this.#surfaces, this.#themeNow());
    this.#listen();
    this.#resize();
  }

  setOverview(overview: OverviewView): void {
    this.stage.setOverview(overview);
    this.#toNewest();
    this.#placeScroller();
    this.#touch('strip', 'main', 'overlay');
    this.#moved();
  }

  /** Keeps so many microseconds before the newest time in sight; null stops, and leaves the window where it is. */
  follow(spanUs: number | null): void {
    this.stage.follow(spanUs);
    this.#toNewest();
    if (spanUs === null) return;
    this.stage.reorder();
    this.#touch('main');
  }

  /** A time up to which it is known that nothing was heard, later than the case's own last; null: none. */
  setNewest(us: number | null): void {
    if (this.stage.newestUs === us) return;
    this.stage.newestUs = us;
    this.#toNewest();
  }

  /** The last answer of a phone that is being watched, which is what is followed; null: none is watched. */
  setHeard(us: number | null): void {
    if (this.stage.heardUs === us) return;
    this.stage.heardUs = us;
    this.#touch('main');
    this.#toNewest();
  }

  /** Whether more is to come at the end of the case. */
  setAwaiting(awaiting: boolean): void {
    if (this.stage.awaiting === awaiting) return;
    this.stage.awaiting = awaiting;
    this.#touch('main', 'overlay');
  }

  #toNewest(): void {
    const { followed, motion } = this.stage;
    if (!followed || sameView(followed, motion.goal)) return;
    // A step along is glided; the way from elsewhere is not, as nothing of it would be seen.
    const near = followed.fromUs < motion.goal.toUs && spanOf(followed) === spanOf(motion.goal);
    if (this.#reduced || !near) motion.jump(followed);
    else motion.glide(followed);
    this.#moved();
  }

  /** What a person does to the window ends following. */
  #freed(): void {
    if (this.stage.followUs === null) return;
    this.stage.follow(null);
    this.#hooks.onFreed();
  }

  setDrawn(drawn: Drawn): void {
    const stand = this.stage.setDrawn(drawn);
    // Finer answers come while a hand moves: words of lanes that stand where they stood follow a few a frame.
    if (stand) this.#painter.outdate();
    else this.#placeScroller();
    this.#touch(stand ? 'view' : 'main', 'overlay');
  }

  setLook(look: Look): void {
    this.stage.setLook(look);
    this.#placeScroller();
    this.#touch('strip', 'main', 'overlay');
  }

  setExact(exact: ExactSums | null): void {
    this.stage.exact = exact;
    this.#touch('main');
  }

  setSelection(selection: Selection | null): void {
    this.stage.selection = selection;
    this.#touch('overlay');
  }

  /** Reads the colours anew: call after the theme has changed. */
  refreshTheme(): void {
    this.#painter.theme = this.#themeNow();
    this.#touch('strip', 'main', 'overlay');
  }

  /** Goes to a window, gliding unless motion is unwanted or `at once` is asked for. Ends following. */
  goTo(view: Viewport, atOnce = false): void {
    this.#freed();
    const goal = clampTo(view, this.stage.bounds);
    if (atOnce || this.#reduced) this.stage.motion.jump(goal);
    else this.stage.motion.glide(goal);
    this.#moved();
  }

  /** What is in sight and what is selected, as an SVG document; `title` says what it shows. Nothing before the first answer. */
  svg(title: string): string | null {
    return this.stage.drawn ? this.#painter.svg(title) : null;
  }

  focus(): void {
    this.#host.focus({ preventScroll: true });
  }

  /** Jumps to the burst before or after the middle of the window. */
  burst(way: 1 | -1): void {
    const { stage } = this;
    const bursts = stage.bursts();
    const here = stage.burst?.topUs ?? (stage.motion.goal.fromUs + stage.motion.goal.toUs) / 2;
    const burst = nextBurst(bursts, here, way);
    if (!burst) {
      this.#hooks.onSay(
        bursts.length === 0
          ? 'There is no burst under this view’s filters.'
          : `There is no burst ${way > 0 ? 'later' : 'earlier'} than this one.`,
        true,
      );
      return;
    }
    stage.burst = burst;
    stage.cellUs = burst.topUs;
    const wide = { fromUs: burst.fromUs - spanOf(burst) / 2, toUs: burst.toUs + spanOf(burst) / 2 };
    const fits = spanOf(burst) < spanOf(stage.motion.goal) * 0.9;
    this.goTo(fits ? centreOn(stage.motion.goal, burst.topUs, stage.bounds) : wide);
    const number = bursts.indexOf(burst) + 1;
    const when = rangeInFull(Math.round(burst.fromUs / 1e6) * 1e6, Math.round(burst.toUs / 1e6) * 1e6, stage.look.zone);
    const what = stage.look.direction === 'received' ? 'received' : 'sent';
    this.#hooks.onSay(`Burst ${number} of ${bursts.length}: ${when}, about ${humanBytes(burst.bytes)} ${what}.`, true);
  }

  destroy(): void {
    for (const end of this.#ends) end();
    cancelAnimationFrame(this.#frameAsked);
    clearTimeout(this.#settleTimer);
    this.#host.replaceChildren();
  }

  /** Something of the picture changed: paint it with the next frame. */
  #touch(...parts: ('strip' | 'main' | 'view' | 'overlay')[]): void {
    for (const part of parts) this.#dirty[part] = true;
    if (this.#frameAsked === 0) this.#frameAsked = requestAnimationFrame((at) => this.#paint(at));
  }

  #paint(at: number): void {
    this.#frameAsked = 0;
    const { motion } = this.stage;
    if (motion.step(at)) {
      this.#dirty.view = true;
      this.#dirty.overlay = true;
      this.#tellView();
    }
    const { strip, main, view, overlay } = this.#dirty;
    this.#dirty = { strip: false, main: false, view: false, overlay: false };
    if (strip) this.#painter.strip();
    if (main) {
      this.#painter.main();
      this.#hooks.onLanes();
    } else if (view && this.#painter.moved()) this.#touch('view');
    if (overlay) this.#paintOverlay();
    if (motion.moving) this.#touch('overlay');
  }

  #paintOverlay(): void {
    const said = this.#painter.overlay();
    const { dragging, motion, frame } = this.stage;
    if (motion.moving && !dragging) this.#readOut.move();
    else if (said && !dragging) this.#readOut.show(said.words, said.x, said.y, frame);
    else this.#readOut.hide();
  }

  /** The window has a new goal: say so now, and once more when it rests. */
  #moved(): void {
    this.#touch('view', 'overlay');
    this.#tellView();
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => this.#settle(), SETTLE_MS);
  }

  #settle(): void {
    if (this.stage.motion.moving || this.stage.dragging) {
      this.#settleTimer = setTimeout(() => this.#settle(), SETTLE_MS);
      return;
    }
    // While it follows, lanes move as little as can be: the stage sees to that with every answer.
    if (this.stage.look.sorting === 'window' && this.stage.followUs === null) {
      this.stage.reorder();
      this.#touch('main');
    }
    this.#painter.rest();
    this.#touch('overlay');
    this.#hooks.onView(this.stage.motion.goal, true);
  }

  #tellView(): void {
    const { goal } = this.stage.motion;
    if (this.#told && sameView(this.#told, goal)) return;
    this.#told = goal;
    this.#hooks.onView(goal, false);
  }

  #listen(): void {
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(this.#host);
    this.#ends.push(() => observer.disconnect());
    const hand = new InstrumentHand(this.stage, this.#hooks, {
      goTo: (view) => this.goTo(view),
      jump: (view) => {
        this.#freed();
        this.stage.motion.jump(view);
        this.#moved();
      },
      scrollLanes: (px) => this.#scrollLanes(px),
      changed: () => this.#touch('overlay'),
    });
    this.#ends.push(listenToHand(this.#host, hand));
    const board = new InstrumentKeys(this.stage, this.#hooks, {
      goTo: (view) => this.goTo(view),
      burst: (way) => this.burst(way),
      follow: () => this.#hooks.onFollowKey(),
      changed: () => {
        this.#placeScroller();
        this.#bringIntoSight();
        this.#touch('main', 'overlay');
      },
    });
    const on = (target: EventTarget, type: string, run: (event: Event) => void) => {
      target.addEventListener(type, run);
      this.#ends.push(() => target.removeEventListener(type, run));
    };
    const press = (event: Event) => {
      if (!pressKey(event as KeyboardEvent, board)) return;
      event.preventDefault();
      this.stage.byKeys = true;
      this.#touch('overlay');
    };
    on(this.#host, 'keydown', press);
    on(document, 'keyup', (event) => {
      if ((event as KeyboardEvent).key === 'Shift') board.settleSelection();
    });
    // Keys pressed while nothing of the place has the focus are meant for its instrument.
    on(document, 'keydown', (event) => {
      const above = event.target instanceof Node && event.target !== this.#host && event.target.contains(this.#host);
      if (above) press(event);
    });
    on(this.#host, 'focus', () => {
      this.stage.showFocus = this.#host.matches(':focus-visible');
      this.#touch('overlay');
    });
    on(this.#host, 'blur', () => {
      this.stage.showFocus = false;
      board.settleSelection();
      this.#touch('overlay');
    });
    on(this.#scroller, 'scroll', () => {
      if (Math.abs(this.#scroller.scrollTop - this.stage.scroll) < 1) return;
      this.stage.scroll = this.#scroller.scrollTop;
      this.#touch('main', 'overlay');
    });
    this.#watchDpr();
    const motion = matchMedia('(prefers-reduced-motion: reduce)');
    this.#reduced = motion.matches;
    on(motion, 'change', () => {
      this.#reduced = motion.matches;
    });
    on(document.fonts, 'loadingdone', () => {
      this.#painter.forget();
      this.#touch('strip', 'main', 'overlay');
    });
  }

  /** A window that is moved to another screen has other pixels. */
  #watchDpr(): void {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const changed = () => {
      this.#resize();
      this.#watchDpr();
    };
    query.addEventListener('change', changed, { once: true });
    this.#ends.push(() => query.removeEventListener('change', changed));
  }

  #scrollLanes(px: number): void {
    this.stage.scrollBy(px);
    this.#scroller.scrollTop = this.stage.scroll;
    this.#touch('main', 'overlay');
  }

  /** The browser's own scroll bar, beside the lanes. */
  #placeScroller(): void {
    const { frame, layout, scroll } = this.stage;
    const style = this.#scroller.style;
    style.top = `${frame.lanes.y}px`;
    style.height = `${frame.lanes.height}px`;
    this.#spacer.style.height = `${frame.lanes.height + (layout?.maxScroll ?? 0)}px`;
    if (Math.abs(this.#scroller.scrollTop - scroll) >= 1) this.#scroller.scrollTop = scroll;
  }

  /** Where text is large the element is higher than its place, which scrolls: the lane in focus is brought into sight. */
  #bringIntoSight(): void {
    const { frame } = this.stage;
    const row = this.stage.rowOf(this.stage.focusKey);
    if (!row) return;
    this.#place.style.top = `${frame.lanes.y + row.y}px`;
    this.#place.style.height = `${row.height}px`;
    this.#place.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#host;
    if (clientWidth === 0 || clientHeight === 0) return;
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
    const dpr = devicePixelRatio || 1;
    const size = `${clientWidth} ${clientHeight} ${unit} ${dpr}`;
    // An observer tells of the size that is there when it begins: painting it twice would take a first picture as long again.
    if (size === this.#size) return;
    this.#size = size;
    this.#painter.dpr = dpr;
    this.stage.resize(clientWidth, clientHeight, unit);
    this.#surfaces.base.resize(clientWidth, clientHeight, dpr);
    this.#surfaces.strip.resize(clientWidth, this.stage.frame.overview.height, dpr);
    this.#painter.forget();
    this.#placeScroller();
    this.#touch('strip', 'main', 'overlay');
    // A canvas is empty after its size was set: paint within this frame, not after it.
    cancelAnimationFrame(this.#frameAsked);
    this.#paint(performance.now());
    this.#told = null;
    if (this.stage.overview) this.#moved();
  }

  #themeNow() {
    const style = getComputedStyle(this.#host);
    return readTheme((name) => style.getPropertyValue(name));
  }
}
