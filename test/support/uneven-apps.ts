import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { work } from './engine.ts';
import { netstatsText } from './small-dump.ts';

/** Imports three apps one after the other, of 20, 40 and 30 buckets; `after` each of them something may be looked at. */
export async function importUnevenApps(open: OpenCase, folder: string, after = async () => {}): Promise<void> {
  for (const [uid, buckets] of [
    [10_123, 20],
    [10_124, 40],
    [10_125, 30],
  ] as const) {
    const file = join(folder, 'dump.txt');
    await writeFile(file, netstatsText({ uid, buckets }));
    await open.importFiles([file], work());
    await after();
  }
}
