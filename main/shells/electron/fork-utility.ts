import { utilityProcess } from 'electron';
import type { FromEngine, ToEngine } from '../../host/process-messages.ts';
import type { EngineChild } from '../../host/wire-process.ts';

/** Starts the engine in Electron's utility process. Only after `app` is ready. */
export function forkUtility(file: string): EngineChild {
  const child = utilityProcess.fork(file, [], { serviceName: 'Phonehome engine', stdio: 'inherit' });
  // What is sent before the process stands is kept until it does.
  let waiting: ToEngine[] | null = [];
  let over = false;
  child.once('spawn', () => {
    for (const message of waiting ?? []) child.postMessage(message);
    waiting = null;
  });
  child.once('exit', () => {
    over = true;
  });
  return {
    send(message) {
      if (waiting) waiting.push(message);
      else if (!over) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
    onExit(listener) {
      if (over) listener();
      else child.once('exit', () => listener());
    },
    kill: () => void child.kill(),
  };
}
