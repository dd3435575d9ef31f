import type { FindingView } from '../../../shared/types/finding.ts';
import type { Lists } from '../enrich/lists.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { appList } from '../query/apps.ts';
import { loadDictionary } from '../query/dictionary.ts';
import { findingList } from '../query/findings.ts';
import { coverageOf, overview } from '../query/overview.ts';
import { phone } from '../query/phone.ts';
import { Rollups } from '../query/rollup/rollups.ts';
import { batches, evidenceList, warningList } from '../query/summary.ts';
import { timelineWindow } from '../query/timeline.ts';
import type { ReportPlot, ReportViews } from '../report/report-data.ts';
import { reportDestinations } from './report-destinations.ts';

/** The warnings that a report shows word for word; the rest it counts. */
const FIRST_WARNINGS = 40;

/** Steps of the strip, and of the lanes: as many as paper shows. */
const BINS = 480;
const STEPS = 2000;

/** What the report draws: the window's own answers, by app, over the whole span. */
async function reportPlot(read: ReadCase): Promise<ReportPlot | null> {
  const rollups = await Rollups.open(read);
  const whole = await overview(read, BINS, rollups);
  if (whole.toUs <= whole.fromUs) return null;
  const question = { by: 'app', fromUs: whole.fromUs, toUs: whole.toUs, buckets: STEPS, filter: {} } as const;
  return { overview: whole, lanes: await timelineWindow(read, await loadDictionary(read), question, rollups) };
}

/** What the report says in the same words and figures as the window: asked of the room that answers the window too. */
export async function reportViews(
  read: ReadCase,
  lists: Lists,
  findings?: readonly FindingView[],
): Promise<ReportViews> {
  const apps = await appList(read);
  return {
    phone: await phone(read),
    batches: await batches(read),
    evidence: await evidenceList(read),
    apps,
    findings: findings ?? (await findingList(read)),
    warnings: await warningList(read, FIRST_WARNINGS, 0),
    coverage: await coverageOf(read),
    plot: await reportPlot(read),
    destinations: await reportDestinations(read, lists, apps),
  };
}
