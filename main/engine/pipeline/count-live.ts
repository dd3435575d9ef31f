import type { WriteCase } from '../ports/case-handle.ts';

/**
 * Counts what the kernel's counters grew by while they were watched, except where the phone's own history covers the time: that
 * holds the same bytes. The answer depends on what is in the case and not on the order in which it came.
 */
export async function countLive(write: WriteCase): Promise<void> {
  await write.run(
    `UPDATE volume SET superseded = EXISTS (
       SELECT 1 FROM coverage c WHERE c.source = 'per-app history' AND c.from_us < volume.to_us AND c.to_us > volume.from_us)
     WHERE series IN (SELECT id FROM series WHERE recorder = 'live' AND counted_as IS NULL)`,
  );
  await write.run(
    `UPDATE volume SET counted = 1 - superseded WHERE series IN (SELECT id FROM series WHERE recorder = 'live' AND counted_as IS NULL)`,
  );
}
