import { link, lstat, rename, unlink } from 'node:fs/promises';

/** Gives a file its name in the same folder without ever taking the place of another one: rejects with `EEXIST` then. */
export async function giveName(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
    await unlink(partial);
  } catch (error) {
    const taken = await lstat(path).then(
      () => true,
      () => false,
    );
    // Some file systems have no second names for a file; they have `rename`, which asks nobody.
    if (taken) throw Object.assign(error as Error, { code: 'EEXIST' });
    await rename(partial, path);
  }
}
