import type { Lists } from '../enrich/lists.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { appList } from '../query/apps.ts';
import { phone } from '../query/phone.ts';
import { batches, evidenceList, findingList, warningList } from '../query/summary.ts';
import { contextOf, coverageOf } from '../query/timeline.ts';
import type { ReportViews } from '../report/report-data.ts';
import { reportDestinations } from './report-destinations.ts';

/** The warnings that a report shows word for word; the rest it counts. */
const FIRST_WARNINGS = 40;

/** What the report says in the same words and figures as the window: asked of the room that answers the window too. */
export async function reportViews(read: ReadCase, lists: Lists): Promise<ReportViews> {
  const apps = await appList(read);
  return {
    phone: await phone(read),
    batches: await batches(read),
    evidence: await evidenceList(read),
    apps,
    findings: await findingList(read),
    warnings: await warningList(read, FIRST_WARNINGS, 0),
    coverage: await coverageOf(read),
    context: await contextOf(read),
    destinations: await reportDestinations(read, lists, apps),
  };
}
