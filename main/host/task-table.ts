import { Failure } from '../../shared/base/failure.ts';
import type { LiveView, StepView, TaskView } from '../../shared/types/task.ts';
import type { Work } from '../engine/engine-api.ts';

/** Ten news a second are enough for an eye, and do not fill the wire. */
const newsEveryMs = 100;

export interface TaskTable {
  /** Runs long work under a name that the caller chose; the same name twice at once is refused. */
  run<T>(task: TaskName, work: (work: Work) => Promise<T>): Promise<T>;
  /** Asks a task to stop. A task that is not running (any more) is no error. */
  cancel(task: string): void;
  /** Asks all tasks to stop and waits until they have. */
  close(): Promise<void>;
}

export interface TaskName {
  readonly task: string;
  readonly kind: TaskView['kind'];
  readonly case: string | null;
}

/** Keeps the long work of a host: its signals, and its news at a measured pace. */
export function createTaskTable(tell: (task: TaskView) => void): TaskTable {
  const running = new Map<string, { readonly abort: AbortController; readonly ended: Promise<unknown> }>();

  return {
    run(name, work) {
      if (running.has(name.task)) {
        return Promise.reject(new Failure('wrong-use', `task: work named ${name.task} is already running`));
      }
      const abort = new AbortController();
      const ended = watched(name, abort, work, tell).finally(() => running.delete(name.task));
      running.set(name.task, { abort, ended: ended.catch(() => {}) });
      return ended;
    },
    cancel(task) {
      running.get(task)?.abort.abort();
    },
    async close() {
      for (const { abort } of running.values()) abort.abort();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

async function watched<T>(
  name: TaskName,
  abort: AbortController,
  work: (work: Work) => Promise<T>,
  tell: (task: TaskView) => void,
): Promise<T> {
  let steps: readonly StepView[] = [];
  let live: LiveView | null = null;
  let now = '';
  let fraction: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let lastAt = -newsEveryMs;

  const view = (state: TaskView['state']): TaskView => ({
    ...name,
    state,
    fraction,
    now,
    steps: [...steps],
    ...(live && { live }),
  });
  function send(): void {
    timer = null;
    lastAt = performance.now();
    tell(view('running'));
  }
  function changed(): void {
    if (timer !== null) return;
    const wait = lastAt + newsEveryMs - performance.now();
    if (wait <= 0) send();
    else timer = setTimeout(send, wait);
  }
  function end(state: TaskView['state']): void {
    if (timer !== null) clearTimeout(timer);
    tell(view(state));
  }

  send();
  try {
    const value = await work({
      signal: abort.signal,
      progress: {
        steps(all) {
          steps = all;
          changed();
        },
        live(seen) {
          live = seen;
          changed();
        },
        now(phrase, part) {
          now = phrase;
          fraction = part;
          changed();
        },
      },
    });
    // Work that says how it ended is believed: to stop a live acquisition is to end it in order.
    const own = (value as { readonly state?: unknown } | null | undefined)?.state;
    end(abort.signal.aborted && (own === undefined || own === 'cancelled') ? 'cancelled' : 'done');
    return value;
  } catch (thrown) {
    end(thrown instanceof Failure && thrown.code === 'cancelled' ? 'cancelled' : 'failed');
    throw thrown;
  }
}
