import type { FailureView } from '../../shared/base/failure.ts';
import type { News, Reply, Request } from '../../shared/contract/derive.ts';
import type { Host } from './host.ts';
import type { EngineSettings, FromEngine, ToEngine } from './process-messages.ts';

/** A started engine process, whatever started it. */
export interface EngineChild {
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** How long an engine may take to close its cases before it is ended. */
const stopWithinMs = 10_000;

const stopped: FailureView = {
  code: 'internal',
  message: 'The engine stopped unexpectedly before it had answered.',
  advice: 'What was stored in the case is safe. Open the case again; the engine is started anew by itself.',
};

/**
 * The client end of the engine's process: looks like a host, and lives in the process of the window's shell. An engine
 * that dies fails what it was asked, and the next request starts a new one.
 */
export function connectProcess(start: () => EngineChild, settings: EngineSettings): Host {
  const listeners = new Set<(news: News) => void>();
  let child: EngineChild | null = null;
  let closing = false;

  function running(): EngineChild {
    if (child) return child;
    const made = start();
    child = made;
    made.onMessage((message) => {
      if (message.is === 'reply') settle(message.reply);
      else if (message.is === 'news') for (const listener of listeners) listener(message.news);
    });
    made.onExit(() => {
      if (child === made) child = null;
      for (const id of [...waiting.keys()]) settle({ id, ok: false, error: stopped });
    });
    made.send({ is: 'start', settings });
    return made;
  }

  // Several windows number their requests alike, so each gets a number of this line's own.
  const waiting = new Map<number, { readonly id: number; readonly done: (reply: Reply) => void }>();
  let next = 1;
  function settle(reply: Reply): void {
    const entry = waiting.get(reply.id);
    if (!entry) return;
    waiting.delete(reply.id);
    entry.done({ ...reply, id: entry.id });
  }

  running();
  return {
    handle(request: Request) {
      if (closing) return Promise.resolve({ id: request.id, ok: false, error: stopped });
      return new Promise((done) => {
        const id = next++;
        waiting.set(id, { id: request.id, done });
        running().send({ is: 'request', request: { ...request, id } });
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closing = true;
      const ending = child;
      if (!ending) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      ending.onExit(resolve);
      ending.send({ is: 'stop' });
      const timer = setTimeout(() => ending.kill(), stopWithinMs);
      await promise;
      clearTimeout(timer);
    },
  };
}
