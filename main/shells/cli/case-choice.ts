import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import type { Engine, OpenCase } from '../../engine/engine-api.ts';

const ending = '.phonehome';

/** The folder that `--case` means: as given, or with the ending that every case has; null where neither is a case. */
export async function findCase(engine: Engine, given: string): Promise<string | null> {
  const path = resolve(given);
  for (const folder of path.endsWith(ending) ? [path] : [path, path + ending]) {
    if (await engine.isCase(folder)) return folder;
  }
  return null;
}

/** Opens the case for as long as `use` takes. Throws Failure `not-found` or `not-a-case` where there is none. */
export async function withCase<T>(engine: Engine, given: string, use: (open: OpenCase) => Promise<T>): Promise<T> {
  // What is no case is refused by the engine, which knows why.
  const folder = (await findCase(engine, given)) ?? resolve(given);
  if (!existsSync(folder)) {
    throw new Failure('not-found', `There is no case at ${folder}.`, 'Make one with `import` or `acquire`.');
  }
  const open = await engine.openCase(folder);
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}

export interface MaybeNew {
  readonly open: OpenCase;
  /** The case was made by this call and holds nothing worth keeping: take it away again. */
  discard(): void;
}

/**
 * Opens the case or makes it where there is none. A case that this call made is removed again, with the folders above it
 * that were made for it, when `use` throws or asks for it.
 */
export async function withCaseOrNew<T>(
  engine: Engine,
  given: string,
  use: (it: MaybeNew) => Promise<T>,
): Promise<T> {
  const folder = await findCase(engine, given);
  if (folder !== null) return withCase(engine, folder, (open) => use({ open, discard() {} }));

  const above = missingAbove(resolve(given));
  const open = await engine.createCase(resolve(given), emptyCaseInfo);
  const { path } = await open.view();
  let keep = false;
  try {
    let discarded = false;
    const value = await use({
      open,
      discard() {
        discarded = true;
      },
    });
    keep = !discarded;
    return value;
  } finally {
    const nothingKept = !keep && (await holdsNothing(open));
    await open.close();
    if (nothingKept) {
      await rm(path, { recursive: true, force: true });
      for (const made of above) await rmdir(made).catch(() => {});
    }
  }
}

/** Evidence that was kept is never thrown away, whatever went wrong after it. */
async function holdsNothing(open: OpenCase): Promise<boolean> {
  return (await open.evidence().catch(() => [])).length === 0;
}

/** Folders above `path` that do not exist yet, the innermost first. */
function missingAbove(path: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  return missing;
}
