import { join } from 'node:path';
import { reportViews as viewsOf } from '../../main/engine/case/report-views.ts';
import { loadLists } from '../../main/engine/enrich/lists.ts';
import type { FindingMarks } from '../../main/engine/model/finding-mark.ts';
import type { ReadCase } from '../../main/engine/ports/case-handle.ts';
import { findingList } from '../../main/engine/query/findings.ts';

/** For tests of the report room, which is handed the answers of another room and may not ask for them. */
export async function reportViews(read: ReadCase, marks?: FindingMarks) {
  const lists = await loadLists(join(import.meta.dirname, '../../resources'));
  return viewsOf(read, lists, await findingList(read, marks));
}
