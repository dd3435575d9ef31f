import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import type { Engine, OpenCase } from '../../engine/engine-api.ts';

/** Opens the case for as long as `use` takes. Rejects with `not-found` or `not-a-case` where there is none. */
export async function withCase<T>(engine: Engine, path: string, use: (open: OpenCase) => Promise<T>): Promise<T> {
  const open = await engine.openCase(path);
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}

/**
 * Opens the case, or makes it where there is none. A case that this call made and that holds no evidence in the end is
 * removed again, with the folders above it that were made for it: no trace of half a case. Evidence that was kept is
 * never thrown away, whatever went wrong after it.
 */
export async function withCaseOrNew<T>(engine: Engine, path: string, use: (open: OpenCase) => Promise<T>): Promise<T> {
  if (await engine.isCase(path)) return withCase(engine, path, use);
  const above = missingAbove(resolve(path));
  try {
    const open = await engine.createCase(path, emptyCaseInfo);
    try {
      return await use(open);
    } finally {
      const { path: made } = await open.view();
      // The case file may know of nothing where deriving failed: what lies in the folder counts too.
      const kept = (await open.evidence()).length + (await keptFiles(made));
      await open.close();
      if (kept === 0) await rm(made, { recursive: true, force: true });
    }
  } finally {
    // Only empty ones can be removed this way.
    for (const folder of above) await rmdir(folder).catch(() => {});
  }
}

/**
 * Opens the case, or makes it where there is none and keeps it; only where `use` rejects is one that was made removed again.
 */
export async function withCaseMade<T>(engine: Engine, path: string, use: (open: OpenCase) => Promise<T>): Promise<T> {
  if (await engine.isCase(path)) return withCase(engine, path, use);
  const above = missingAbove(resolve(path));
  const open = await engine.createCase(path, emptyCaseInfo);
  try {
    const result = await use(open);
    await open.close();
    return result;
  } catch (error) {
    const { path: made } = await open.view();
    await open.close();
    await rm(made, { recursive: true, force: true });
    for (const folder of above) await rmdir(folder).catch(() => {});
    throw error;
  }
}

/** How many whole evidence files lie in a case folder; the names of unfinished ones begin with a dot. */
async function keptFiles(made: string): Promise<number> {
  const names = await readdir(join(made, 'evidence')).catch(() => [] as string[]);
  return names.filter((name) => !name.startsWith('.')).length;
}

/** Folders above `path` that do not exist yet, the innermost first. */
function missingAbove(path: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  return missing;
}
