import type { WriteCase } from '../ports/case-handle.ts';
import { FEW_EVENTS, pictureToKeep } from '../query/first-picture.ts';
import { Rollups } from '../query/rollup/rollups.ts';

/** Keeps what a window draws first of a case of more than `few` events, and how many rows of volume there are. The rollups must stand. */
export async function keepFirstPicture(write: WriteCase, few = FEW_EVENTS): Promise<void> {
  const rollups = await Rollups.open(write);
  if (!rollups) return;
  const all = await write.get<{ n: number }>('SELECT count(*) n FROM volume');
  await write.run(`INSERT OR REPLACE INTO first_picture VALUES ('volume', ?, ?)`, [
    all?.n ?? 0,
    await pictureToKeep(write, rollups, few),
  ]);
}
