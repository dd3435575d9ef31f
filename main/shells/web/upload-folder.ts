import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * This process's folder for uploads, below the person's own. Folders of processes that ended without clearing theirs are
 * removed on the way.
 */
export async function uploadFolder(home: string, pid: number = process.pid): Promise<string> {
  const all = join(home, 'uploads');
  for (const name of await readdir(all).catch(() => [])) {
    if (/^\d+$/.test(name) && !isRunning(Number(name))) await rm(join(all, name), { recursive: true, force: true });
  }
  return join(all, String(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
