import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../shared/base/failure.ts';
import type { CaseInfo, CaseView } from '../../shared/types/case.ts';
import type { Engine, OpenCase } from '../engine/engine-api.ts';

/** The cases that are open in this host, by the id that windows use. */
export interface CaseTable {
  /** Throws Failure `not-found` for an id that is not open. */
  get(id: string): OpenCase;
  view(id: string): Promise<CaseView>;
  create(path: string, info: CaseInfo): Promise<CaseView>;
  /** The same folder opened twice is one opened case with one id. */
  open(path: string): Promise<CaseView>;
  close(id: string): Promise<void>;
  closeAll(): Promise<void>;
}

interface Entry {
  readonly open: OpenCase;
  readonly folder: string;
  /** How many windows asked for it; the last one to close it closes it. */
  uses: number;
}

/** Keeps opened cases. `isSample` says which folders are the program's own sample. */
export function createCaseTable(engine: Engine, isSample: (folder: string) => boolean): CaseTable {
  const byId = new Map<string, Entry>();
  const byFolder = new Map<string, Promise<string>>();

  function entry(id: string): Entry {
    const found = byId.get(id);
    if (found) return found;
    throw new Failure(
      'not-found',
      'This case is not open in the program.',
      'Nothing in it was changed. Open it again from the list of cases.',
    );
  }

  async function keep(open: OpenCase): Promise<string> {
    const { id, path } = await open.view();
    byId.set(id, { open, folder: await canonical(path), uses: 0 });
    return id;
  }

  /** One opening a folder at a time: whoever comes second waits for the first and shares its case. */
  async function shared(folder: string, make: () => Promise<OpenCase>): Promise<CaseView> {
    let opening = byFolder.get(folder);
    if (!opening) {
      opening = make().then(keep);
      byFolder.set(folder, opening);
      opening.catch(() => byFolder.delete(folder));
    }
    const id = await opening;
    entry(id).uses += 1;
    return view(id);
  }

  async function view(id: string): Promise<CaseView> {
    const { open, folder } = entry(id);
    const seen = await open.view();
    return { ...seen, sample: seen.sample || isSample(folder) };
  }

  async function end(id: string): Promise<void> {
    const { open, folder } = entry(id);
    byId.delete(id);
    byFolder.delete(folder);
    await open.close();
  }

  return {
    get: (id) => entry(id).open,
    view,
    async create(path, info) {
      const open = await engine.createCase(resolve(path), info);
      const id = await keep(open);
      const { folder } = entry(id);
      byFolder.set(folder, Promise.resolve(id));
      entry(id).uses = 1;
      return view(id);
    },
    async open(path) {
      return shared(await canonical(path), () => engine.openCase(resolve(path)));
    },
    async close(id) {
      const found = entry(id);
      found.uses -= 1;
      if (found.uses <= 0) await end(id);
    },
    async closeAll() {
      for (const id of [...byId.keys()]) await end(id);
    },
  };
}

/** One name for one folder, whatever links lead to it; a folder that is not there keeps the name it was given. */
async function canonical(path: string): Promise<string> {
  const full = resolve(path);
  try {
    return await realpath(full);
  } catch {
    return full;
  }
}
