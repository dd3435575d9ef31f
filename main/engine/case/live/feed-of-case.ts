import type { AcquireChoice, Work } from '../../engine-api.ts';
import { deriveBatch } from '../../pipeline.ts';
import { silentProgress } from '../../ports/progress.ts';
import type { CaseDatabase } from '../../store/case-database.ts';
import type { CasePaths } from '../../store/case-folder.ts';
import { readCustody } from '../../store/custody-log.ts';
import { batchesOf } from '../../store/read-batches.ts';
import type { CaseParts } from '../parts.ts';
import { LiveFeed } from './live-feed.ts';

/** What a live acquisition is told to, so that the case shows what comes while it comes. */
export function liveFeed(
  paths: CasePaths,
  database: CaseDatabase,
  parts: CaseParts,
  batch: number,
  choice: AcquireChoice,
  work: Work,
): LiveFeed {
  return new LiveFeed({
    database,
    batch,
    progress: work.progress,
    packets: choice.packets === true,
    note: (message) => parts.log.note(message),
    lists: async () => (await parts.deriveParts(paths.evidence)).lists(),
    async derive() {
      const { lines } = await readCustody(paths.custody);
      const soFar = batchesOf(lines).find(({ id }) => id === batch);
      if (soFar) await deriveBatch(database, soFar, await parts.deriveParts(paths.evidence), silentProgress, true);
    },
  });
}
