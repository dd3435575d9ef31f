import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../shared/base/failure.ts';
import type { CaseInfo, CaseView } from '../../shared/types/case.ts';
import type { Engine, OpenCase } from '../engine/engine-api.ts';

/** The cases that are open in this host, by the id that windows use. */
export interface CaseTable {
  /** Throws Failure `not-found` for an id that is not open. */
  get(id: string): OpenCase;
  create(path: string, info: CaseInfo): Promise<CaseView>;
  /** The same folder opened twice is one opened case with one id. */
  open(path: string): Promise<CaseView>;
  /** The last of those who opened a case closes it. */
  close(id: string): Promise<void>;
  closeAll(): Promise<void>;
}

interface Entry {
  readonly open: OpenCase;
  readonly folder: string;
  uses: number;
}

/** Keeps opened cases. */
export function createCaseTable(engine: Engine): CaseTable {
  const byId = new Map<string, Entry>();
  let queue: Promise<unknown> = Promise.resolve();

  /** Cases are opened and closed one after another, so that nobody opens what another is about to close. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  }

  function entry(id: string): Entry {
    const found = byId.get(id);
    if (found) return found;
    throw new Failure(
      'not-found',
      'This case is not open in the program.',
      'Nothing in it was changed. Open it again from the list of cases.',
    );
  }

  /** Counts one more use of the case in this folder, if it is open. */
  function again(folder: string): Promise<CaseView> | null {
    for (const one of byId.values()) {
      if (one.folder !== folder) continue;
      one.uses += 1;
      return one.open.view();
    }
    return null;
  }

  async function keep(open: OpenCase): Promise<CaseView> {
    const view = await open.view();
    const folder = await canonical(view.path);
    // The path that was asked for may have been another name of a case that is open.
    const known = again(folder);
    if (known) {
      await open.close();
      return known;
    }
    byId.set(view.id, { open, folder, uses: 1 });
    return view;
  }

  async function end(id: string): Promise<void> {
    const { open } = entry(id);
    byId.delete(id);
    await open.close();
  }

  return {
    get: (id) => entry(id).open,
    create: (path, info) => inTurn(async () => keep(await engine.createCase(resolve(path), info))),
    open: (path) =>
      inTurn(async () => (await again(await canonical(path))) ?? keep(await engine.openCase(resolve(path)))),
    close: (id) =>
      inTurn(async () => {
        const found = entry(id);
        found.uses -= 1;
        if (found.uses <= 0) await end(id);
      }),
    closeAll: () =>
      inTurn(async () => {
        for (const id of [...byId.keys()]) await end(id);
      }),
  };
}

/** One name for one folder, whatever links lead to it; a folder that is not there keeps the name it was given. */
async function canonical(path: string): Promise<string> {
  const full = resolve(path);
  return realpath(full).catch(() => full);
}
