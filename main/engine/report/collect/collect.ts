import type { ReadCase } from '../../ports/case-handle.ts';
import type { ReportData, ReportExtra } from '../report-data.ts';
import { knownZone, zoneClock } from '../zone.ts';
import { readApps, readNotCounted } from './apps.ts';
import { readBatches, readEvidence, readWarnings } from './evidence.ts';
import { readFindings } from './findings.ts';
import { readIdentity, readPhone, saysPractice } from './phone.ts';
import { readCoverage, readIntervals, readMarks, sentAtNight, timelineOf } from './timeline.ts';

/** Reads from a case all that a report says. Only reads; the same case and `extra` give the same value. */
export async function collectReportData(read: ReadCase, extra: ReportExtra): Promise<ReportData> {
  const phone = await readPhone(read);
  const zoneFrom = knownZone(extra.info.zone) ? 'examiner' : knownZone(phone.zone) ? 'phone' : 'nobody';
  const zone = zoneFrom === 'examiner' ? extra.info.zone! : zoneFrom === 'phone' ? phone.zone! : 'UTC';

  const intervals = await readIntervals(read);
  const from = intervals[0]?.fromUs ?? 0;
  const night = phone.zone === null ? null : sentAtNight(intervals, zoneClock(phone.zone, from, from));
  const { apps, totals } = await readApps(read, night);
  const coverage = await readCoverage(read);
  return {
    version: extra.version,
    caseName: extra.caseName,
    info: extra.info,
    zone,
    zoneFrom,
    practice: extra.sample || (await saysPractice(read)),
    phone,
    identity: await readIdentity(read),
    batches: await readBatches(read),
    evidence: await readEvidence(read),
    apps,
    totals,
    notCounted: await readNotCounted(read),
    coverage,
    timeline: timelineOf(intervals, apps, coverage, await readMarks(read)),
    findings: await readFindings(read),
    warnings: await readWarnings(read),
    custody: extra.custody,
    notices: extra.notices,
  };
}
