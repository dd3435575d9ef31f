import type { News } from '../../shared/contract/derive.ts';
import type { Host } from './host.ts';
import type { EngineSettings, FromEngine, ToEngine } from './process-messages.ts';

/** The line to the process that started this one. */
export interface ParentLine {
  send(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
}

/**
 * Serves a host over the line to the parent process: waits for `start`, answers requests, passes news on, ends with
 * `stop`. Answers when the host has been closed.
 */
export function serveProcess(line: ParentLine, makeHost: (settings: EngineSettings) => Promise<Host>): Promise<void> {
  let host: Promise<Host> | null = null;
  return new Promise((done, failed) => {
    line.onMessage((message) => {
      switch (message.is) {
        case 'start':
          host ??= makeHost(message.settings);
          host.then((made) => {
            made.listen((news: News) => line.send({ is: 'news', news }));
            line.send({ is: 'ready' });
          }, failed);
          return;
        case 'request':
          host
            ?.then((made) => made.handle(message.request))
            .then((reply) => line.send({ is: 'reply', reply }))
            .catch(failed);
          return;
        case 'stop':
          Promise.resolve(host)
            .then((made) => made?.close())
            .then(() => done(), failed);
      }
    });
  });
}

/** Serves until told to stop, then ends this process; a fault that nobody caught ends it with a note for developers. */
export function runProcess(line: ParentLine, makeHost: (settings: EngineSettings) => Promise<Host>): void {
  // Ctrl-C reaches every process of a terminal; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  serveProcess(line, makeHost).then(
    () => process.exit(0),
    (thrown: unknown) => {
      process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
      process.exit(1);
    },
  );
}
