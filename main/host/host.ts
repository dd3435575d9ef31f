import { type Contract, contract } from '../../shared/contract/contract.ts';
import type { Emit, News, Reply, Request } from '../../shared/contract/derive.ts';
import type { Engine, Work } from '../engine/engine-api.ts';
import { createCaseTable } from './case-table.ts';
import { allHandlers } from './handlers/index.ts';
import type { Home } from './home.ts';
import type { Shell } from './host-context.ts';
import { createRecentCases } from './recent-cases.ts';
import { serve } from './serve-contract.ts';
import { createTaskTable } from './task-table.ts';

/** The contract, served. It knows no wire: the shells carry its messages. */
export interface Host {
  handle(request: Request): Promise<Reply>;
  /** Calls back with all news; returns its own end. */
  listen(listener: (news: News) => void): () => void;
  /** Stops long work, closes the cases and the engine. */
  close(): Promise<void>;
}

export interface HostParts {
  readonly engine: Engine;
  readonly shell: Shell;
  readonly home: Home;
  /** Builds the sample case into a folder that does not exist yet. */
  readonly sample: { readonly folder: string; readonly build: (work: Work) => Promise<void> };
  /** Hold answers against their schemas; for tests. */
  readonly checkResults?: boolean;
}

/** Serves the contract over one engine. */
export function createHost(parts: HostParts): Host {
  const { engine, home, sample } = parts;
  const listeners = new Set<(news: News) => void>();
  const emit: Emit<Contract> = (group, name, payload) => {
    for (const listener of listeners) listener({ group, name, payload });
  };
  const cases = createCaseTable(engine);
  const tasks = createTaskTable((task) => emit('tasks', 'changed', task));
  const server = serve(
    contract,
    allHandlers({
      engine,
      shell: parts.shell,
      home,
      cases,
      tasks,
      emit,
      recent: createRecentCases(home.folder, engine),
      async sample(work) {
        if (!(await engine.isCase(sample.folder))) await sample.build(work);
        return sample.folder;
      },
    }),
    { checkResults: parts.checkResults ?? false },
  );
  const unwatch = engine.watchPhones((phones) => emit('phones', 'changed', phones));

  return {
    handle: server.handle,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      unwatch();
      await tasks.close();
      await cases.closeAll();
      await engine.close();
    },
  };
}
