import { knownZone } from '../../../../shared/base/zone.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { ReportData, ReportExtra } from '../report-data.ts';
import { readNotCounted, readTotals } from './apps.ts';
import { readCaptured } from './captured.ts';
import { readContacts } from './contacts.ts';
import { withCited } from './findings.ts';
import { readIdentity, saysPractice } from './identity.ts';
import { readTimeline } from './timeline.ts';
import { readWarnings } from './warnings.ts';

/**
 * All that a report says: what the window shows too, from `extra.views`, and what only a report needs, read here. Only
 * reads; the same case and `extra` give the same value.
 */
export async function collectReportData(read: ReadCase, extra: ReportExtra): Promise<ReportData> {
  const { phone, batches, evidence, apps, findings, warnings, coverage, plot, destinations } = extra.views;
  const zoneFrom = knownZone(extra.info.zone) ? 'examiner' : knownZone(phone.zone) ? 'phone' : 'nobody';
  const zone = zoneFrom === 'examiner' ? extra.info.zone! : zoneFrom === 'phone' ? phone.zone! : 'UTC';
  return {
    version: extra.version,
    caseName: extra.caseName,
    info: extra.info,
    zone,
    zoneFrom,
    practice: extra.sample || (await saysPractice(read)),
    phone,
    identity: await readIdentity(read),
    batches,
    evidence,
    apps,
    totals: await readTotals(read, apps),
    notCounted: await readNotCounted(read),
    contacts: await readContacts(read),
    captured: await readCaptured(read),
    destinations,
    coverage,
    timeline: await readTimeline(read),
    plot,
    findings: await withCited(read, findings),
    pictures: extra.pictures ?? [],
    warnings: await readWarnings(read, warnings),
    custody: extra.custody,
    signature: extra.signature ?? null,
    notices: extra.notices,
    resources: extra.resources,
  };
}
