import { open } from 'node:fs/promises';

/**
 * Writes a file that is not there yet, and returns once it is on the disk: it is there after a power cut too. `mode` is that of
 * the system's file permissions. Rejects as `node:fs` does; what was written until then stays.
 */
export async function writeNew(path: string, bytes: Uint8Array | string, mode?: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
