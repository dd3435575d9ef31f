/** What frames cost a page's main thread, from Chromium's own trace. */
import type { BareChromium } from './bare-chromium.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Time that the thread itself ran, microseconds; what the machine gave to others in between is not in it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds, one entry a frame. */
export interface Frames {
  /** All tasks of the main thread from one frame to the next: hands, script, style, layout, paint, collecting garbage. */
  readonly whole: readonly number[];
  /** The same as time on the processor. */
  readonly processor: readonly number[];
  /** The script of the frame itself (animation frames), by the clock and on the processor. */
  readonly script: readonly number[];
  readonly scriptProcessor: readonly number[];
  /** Script, paint of the page and of its canvases, on the processor. */
  readonly drawing: readonly number[];
  /** Tasks longer than 50 ms. */
  readonly long: readonly number[];
}

const LONG_US = 50_000;
const categories = ['toplevel', 'devtools.timeline', 'blink', 'cc', '__metadata'];

/** Where the page and its canvases are painted; none of them lies within another. */
const painting: ReadonlySet<string> = new Set([
  'FireAnimationFrame',
  'LocalFrameView::RunPaintLifecyclePhase',
  'LayerTreeHost::DoUpdateLayers',
]);

/** Traces the one page that moves while `work` runs. */
export async function tracedFrames(browser: BareChromium, work: () => Promise<void>): Promise<Frames> {
  return framesOf(await browser.traced<TraceEvent>(categories, work));
}

interface Frame {
  whole: number;
  processor: number;
  script: number;
  scriptProcessor: number;
  drawing: number;
}

const ms = (us: number | undefined) => (us ?? 0) / 1000;

/** Tasks of the page's main thread, added up from each animation frame to the next. */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const main = mainThread(events);
  const own = events.filter(({ pid, tid, ph }) => ph === 'X' && pid === main?.pid && tid === main.tid);
  own.sort((a, b) => a.ts - b.ts);
  const named = (wanted: string) => own.filter(({ name }) => name === wanted);
  // Versions of Chromium name the whole task differently, and some tell it twice.
  const told = named('ThreadControllerImpl::RunTask');
  const tasks = told.length > 0 ? told : named('RunTask');
  const parts = own.filter(({ name }) => painting.has(name));
  const frames: Frame[] = [];
  let next = 0;
  for (const task of tasks) {
    const end = task.ts + (task.dur ?? 0);
    const frame: Frame = { whole: 0, processor: 0, script: 0, scriptProcessor: 0, drawing: 0 };
    for (; next < parts.length && parts[next]!.ts < end; next += 1) {
      const { name, dur, tdur } = parts[next]!;
      frame.drawing += ms(tdur);
      if (name !== 'FireAnimationFrame') continue;
      frame.script += ms(dur);
      frame.scriptProcessor += ms(tdur);
    }
    // Several callbacks of one task are one frame; tasks without any belong to the frame before them.
    if (frame.script > 0) frames.push({ ...frame, drawing: 0 });
    const last = frames.at(-1);
    if (!last) continue;
    last.whole += ms(task.dur);
    last.processor += ms(task.tdur);
    last.drawing += frame.drawing;
  }
  const of = (pick: (frame: Frame) => number) => frames.map(pick);
  return {
    whole: of(({ whole }) => whole),
    processor: of(({ processor }) => processor),
    script: of(({ script }) => script),
    scriptProcessor: of(({ scriptProcessor }) => scriptProcessor),
    drawing: of(({ drawing }) => drawing),
    long: tasks.filter(({ dur }) => (dur ?? 0) > LONG_US).map(({ dur }) => ms(dur)),
  };
}

/** The thread that ran the animation frames: of several pages the busiest. */
function mainThread(events: readonly TraceEvent[]): { pid: number; tid: number } | null {
  const count = new Map<string, number>();
  for (const { name, pid, tid } of events) {
    if (name !== 'FireAnimationFrame') continue;
    const key = `${pid} ${tid}`;
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  const busiest = [...count].sort((a, b) => b[1] - a[1])[0];
  if (!busiest) return null;
  const [pid, tid] = busiest[0].split(' ').map(Number);
  return { pid: pid!, tid: tid! };
}
