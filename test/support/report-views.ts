import { join } from 'node:path';
import { reportViews as viewsOf } from '../../main/engine/case/report-views.ts';
import { loadLists } from '../../main/engine/enrich/lists.ts';
import type { ReadCase } from '../../main/engine/ports/case-handle.ts';

/** For tests of the report room, which is handed the answers of another room and may not ask for them. */
export async function reportViews(read: ReadCase) {
  return viewsOf(read, await loadLists(join(import.meta.dirname, '../../resources')));
}
