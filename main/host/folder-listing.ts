import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../shared/base/failure.ts';
import type { FolderView } from '../../shared/types/case.ts';

type Entry = FolderView['entries'][number];

/** The ending of a case folder's name. */
export const caseEnding = '.phonehome';

const ranks = { folder: 0, case: 1, file: 2 } as const;
const byName = new Intl.Collator('en', { numeric: true });

/**
 * Lists a folder for the chooser inside the window: folders, then cases, then files, by name. Hidden entries are left
 * out. Throws Failure `not-found`, `no-permission` or `wrong-use` naming the folder.
 */
export async function listFolder(path: string): Promise<FolderView> {
  const folder = resolve(path);
  const names = await readNames(folder);
  const entries = await Promise.all(names.filter((name) => !name.startsWith('.')).map((name) => look(folder, name)));
  const up = dirname(folder);
  return {
    path: folder,
    parent: up === folder ? null : up,
    entries: entries
      .filter((entry) => entry !== null)
      .sort((a, b) => ranks[a.kind] - ranks[b.kind] || byName.compare(a.name, b.name)),
  };
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new Failure('not-found', `There is no folder ${folder}.`);
    if (code === 'ENOTDIR') throw new Failure('wrong-use', `${folder} is a file, not a folder.`);
    if (code === 'EACCES' || code === 'EPERM') {
      throw new Failure('no-permission', `You have no right to read the folder ${folder}.`);
    }
    throw new Failure('no-permission', `The folder ${folder} could not be read (${code ?? 'no reason given'}).`);
  }
}

/** What stands behind a name; null for what is neither folder nor file, or vanished meanwhile. */
async function look(folder: string, name: string): Promise<Entry | null> {
  const path = join(folder, name);
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { name, path, kind: name.endsWith(caseEnding) ? 'case' : 'folder', bytes: null };
    return found.isFile() ? { name, path, kind: 'file', bytes: found.size } : null;
  } catch {
    return null;
  }
}
