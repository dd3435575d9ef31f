import { DAY, type Micros } from '../../../../../shared/base/time.ts';
import { joinLimits } from '../../../../../shared/text/finding-limits.ts';
import type { ProposedFinding } from '../../../model/finding.ts';
import type { ReadCase } from '../../../ports/case-handle.ts';
import { appName, citedEvents, count, countedVolume, counterLimits, figure, minuteOf } from '../../counted.ts';
import type { Rule } from '../../rule.ts';

/** How far back from the end of coverage "active" reaches. */
export const REACH: Micros = 7 * DAY;

const id = 'optional-service-active';

const limitsOfAll = [
  counterLimits,
  'The label is a statement about the package name, made beforehand; it was not observed on this phone.',
  'That an app sent data does not show that its service was switched on. Intervals are taken by their beginning.',
].join(' ');

interface Total {
  readonly uid: number;
  readonly name: string;
  readonly packages: string;
  readonly service: string;
  readonly serviceName: string;
  readonly vendor: string;
  readonly confidence: string;
  readonly sent: number;
  readonly background: number;
  readonly intervals: number;
  readonly first: number;
  readonly last: number;
}

/** End of what the per-app history covers; without coverage rows, the end of the last counted interval. */
async function endOf(read: ReadCase): Promise<Micros | null> {
  const covered = await read.get<{ end: number | null }>(
    `SELECT MAX(to_us) AS end FROM coverage WHERE source = 'per-app history'`,
  );
  if (covered?.end) return covered.end;
  const counted = await read.get<{ end: number | null }>(`SELECT MAX(v.to_us) AS end ${countedVolume}`);
  return counted?.end ?? null;
}

/** Why the app stands for the service: the words of its packages' labels. */
async function reasons(read: ReadCase, app: Total): Promise<string> {
  const rows = await read.all<{ why: string; source: string; date: string; confidence: string }>(
    `SELECT why, source, date, confidence FROM label
     WHERE kind = 'service' AND json_extract(detail, '$.id') = ?
       AND subject IN (SELECT 'package:' || value FROM json_each(?))
     ORDER BY id`,
    [app.service, app.packages],
  );
  return rows.map((row) => `${row.why} (${row.source}, ${row.date}, confidence ${row.confidence}.)`).join(' ');
}

/** Apps labelled as a vendor's optional service that sent data in the last seven days of coverage. */
export const optionalServiceActive: Rule = {
  id,
  title: 'Optional service sent data',
  proves: ['The phone counted sent bytes for an app that a list names as part of a service a user can do without.'],
  doesNotProve: [
    'That the service was switched on: an app may send while its service is off, for instance to ask for its settings.',
    'That the bytes belong to that service and to nothing else in the same app.',
  ],
  async propose(read): Promise<ProposedFinding[]> {
    const to = await endOf(read);
    if (to === null) return [];
    const from = to - REACH;
    const totals = await read.all<Total>(
      `SELECT s.uid AS uid, a.name AS name, a.packages AS packages, a.service_id AS service,
         a.service_name AS serviceName, a.service_vendor AS vendor, a.service_confidence AS confidence,
         total(v.sent) AS sent, total(CASE WHEN s.foreground = 0 THEN v.sent END) AS background,
         COUNT(*) AS intervals, MIN(v.from_us) AS first, MAX(v.to_us) AS last
       ${countedVolume} AND a.service_optional = 1 AND v.from_us >= ? AND v.from_us < ? AND v.sent > 0
       GROUP BY s.uid ORDER BY sent DESC, s.uid`,
      [from, to],
    );
    const findings: ProposedFinding[] = [];
    for (const app of totals) {
      const why = await reasons(read, app);
      findings.push({
        rule: id,
        key: `uid:${app.uid}`,
        title: `${app.serviceName} (${app.vendor}, optional) sent data in the last seven days`,
        text: [
          `${appName(app)} is labelled as ${app.serviceName} of ${app.vendor}, a service listed as optional.`,
          `In the seven days before ${minuteOf(to)}, the end of what the case covers, it sent ${figure(app.sent)},`,
          `${figure(app.background)} of it not counted as foreground,`,
          `in ${count(app.intervals, 'interval')} between ${minuteOf(app.first)} and ${minuteOf(app.last)}.`,
        ].join(' '),
        limits: joinLimits(limitsOfAll, why),
        events: await citedEvents(read, 'AND s.uid = ? AND v.from_us >= ? AND v.from_us < ?', [app.uid, from, to]),
        uid: app.uid,
      });
    }
    return findings;
  },
};
