/** What frames cost a page's main thread, from Chromium's own trace. */
import type { Browser, Page } from 'playwright-core';

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
  /** The script of the frame itself (animation frames). */
  readonly script: readonly number[];
  /** Tasks longer than 50 ms. */
  readonly long: readonly number[];
}

const LONG_US = 50_000;
const categories = ['toplevel', 'devtools.timeline', 'blink.user_timing', '__metadata'];

/** Traces the page while `work` runs. */
export async function tracedFrames(browser: Browser, page: Page, work: () => Promise<void>): Promise<Frames> {
  await browser.startTracing(page, { categories });
  await work();
  const buffer = await browser.stopTracing();
  const { traceEvents } = JSON.parse(buffer.toString('utf8')) as { traceEvents: TraceEvent[] };
  return framesOf(traceEvents);
}

/** Tasks of the page's main thread, added up from each animation frame to the next. */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const main = mainThread(events);
  const own = events.filter((event) => main !== null && event.pid === main.pid && event.tid === main.tid);
  const named = (wanted: string) => own.filter(({ name, ph }) => ph === 'X' && name === wanted);
  // Versions of Chromium name the whole task differently, and some tell it twice.
  const told = named('ThreadControllerImpl::RunTask');
  const tasks = told.length > 0 ? told : named('RunTask');
  const animations = named('FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  tasks.sort((a, b) => a.ts - b.ts);
  const frames: { whole: number; processor: number; script: number }[] = [];
  let next = 0;
  for (const task of tasks) {
    const end = task.ts + (task.dur ?? 0);
    let script = 0;
    for (; next < animations.length && animations[next]!.ts < end; next += 1) script += animations[next]!.dur ?? 0;
    // Several callbacks of one task are one frame.
    if (script > 0) frames.push({ whole: 0, processor: 0, script: script / 1000 });
    const frame = frames.at(-1);
    if (!frame) continue;
    frame.whole += (task.dur ?? 0) / 1000;
    frame.processor += (task.tdur ?? 0) / 1000;
  }
  return {
    whole: frames.map(({ whole }) => whole),
    processor: frames.map(({ processor }) => processor),
    script: frames.map(({ script }) => script),
    long: tasks.filter(({ dur }) => (dur ?? 0) > LONG_US).map(({ dur }) => (dur ?? 0) / 1000),
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
