import { Failure } from '../../shared/base/failure.ts';
import { contract } from '../../shared/contract/contract.ts';
import { createClient, type News, type Reply, type Wire } from '../../shared/contract/derive.ts';
import type { Bridge, LinkState } from './bridge.ts';
import { failureOf } from './failures.ts';
import { Listeners } from './listeners.ts';
import { upload } from './upload.ts';

interface Waiting {
  readonly message: string;
  sent: boolean;
  readonly done: (value: unknown) => void;
  readonly failed: (failure: Failure) => void;
}

const firstDelayMs = 250;
const longestDelayMs = 5000;

/** The wire over one WebSocket that is opened again whenever it breaks. Asked-for things wait while it is down. */
export function socketWire(open: () => WebSocket): Wire & { onLink: Bridge['onLink'] } {
  const waiting = new Map<number, Waiting>();
  const listeners = new Listeners();
  const watchers = new Set<(link: LinkState) => void>();
  let link: LinkState = { state: 'connecting', sentence: null };
  let socket: WebSocket | null = null;
  let next = 1;
  let delayMs = firstDelayMs;
  let everOpen = false;

  function tell(state: LinkState): void {
    link = state;
    for (const watcher of watchers) watcher(state);
  }

  function connect(): void {
    const made = open();
    socket = made;
    made.onopen = () => {
      everOpen = true;
      delayMs = firstDelayMs;
      tell({ state: 'connected', sentence: null });
      for (const entry of waiting.values()) {
        if (entry.sent) continue;
        entry.sent = true;
        made.send(entry.message);
      }
    };
    made.onmessage = (message) => hear(String(message.data));
    made.onclose = () => {
      if (socket !== made) return;
      socket = null;
      breakPending();
      tell({ state: 'lost', sentence: everOpen ? lostSentence : refusedSentence });
      setTimeout(connect, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    };
  }

  /** An answer to what was already sent can no longer arrive: it belonged to the old socket. */
  function breakPending(): void {
    for (const [id, entry] of waiting) {
      if (!entry.sent) continue;
      waiting.delete(id);
      entry.failed(
        new Failure('internal', 'The connection to the program broke before it had answered.', brokenAdvice),
      );
    }
  }

  function hear(text: string): void {
    const message = JSON.parse(text) as Reply | News;
    if ('group' in message) {
      for (const listener of listeners.of(message.group, message.name)) listener(message.payload);
      return;
    }
    const entry = waiting.get(message.id);
    if (!entry) return;
    waiting.delete(message.id);
    if (message.ok) entry.done(message.value);
    else entry.failed(failureOf(message.error));
  }

  connect();
  return {
    request(group, name, args) {
      const id = next++;
      const message = JSON.stringify({ id, group, name, args });
      return new Promise((done, failed) => {
        const isOpen = socket !== null && socket.readyState === 1;
        waiting.set(id, { message, sent: isOpen, done, failed });
        if (isOpen) socket?.send(message);
      });
    },
    listen: (group, name, listener) => listeners.listen(group, name, listener),
    onLink(watcher) {
      watchers.add(watcher);
      watcher(link);
      return () => watchers.delete(watcher);
    },
  };
}

const lostSentence =
  'The connection to the program is lost. The case on disk is safe; the window tries again by itself. If the program has ended, start it again and open the address it prints.';
const refusedSentence =
  'The program does not answer this window. Its address is good once: start the program again and open the address it prints.';
const brokenAdvice =
  'What was stored in the case stays there. Work that had begun may still be going on: look at Evidence before starting it again.';

/** The bridge in a browser, over a WebSocket at /wire of the same origin. */
export function webBridge(): Bridge {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const wire = socketWire(() => new WebSocket(`${scheme}://${window.location.host}/wire`));
  return {
    shell: 'web',
    client: createClient(contract, wire),
    pathsOf: upload,
    onLink: wire.onLink,
  };
}
