import { fork } from 'node:child_process';
import { engineMemory } from './engine-memory.ts';
import type { FromEngine, ToEngine } from './process-messages.ts';
import type { EngineChild } from './wire-process.ts';

/** Starts the engine in a Node process of its own. `file` is the module to run; diagnostics go to standard error. */
export function forkEngine(file: string): EngineChild {
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...engineMemory],
  });
  // A process that could not be started says `error` and may never say `exit`.
  const exits = new Set<() => void>();
  let over = false;
  const end = () => {
    over = true;
    for (const listener of exits) listener();
    exits.clear();
  };
  child.once('exit', end);
  child.on('error', () => {
    if (child.exitCode === null && child.pid === undefined) end();
  });
  return {
    send(message: ToEngine) {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
    onExit(listener) {
      if (over) listener();
      else exits.add(listener);
    },
    kill: () => child.kill('SIGKILL'),
  };
}
