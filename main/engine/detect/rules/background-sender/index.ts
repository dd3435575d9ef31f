import type { ProposedFinding } from '../../../model/finding.ts';
import {
  appName,
  appUids,
  citedEvents,
  count,
  countedVolume,
  counterLimits,
  figure,
  minuteOf,
  nameableApps,
} from '../../counted.ts';
import type { Rule } from '../../rule.ts';

/** Below this many bytes sent in the background a share says little. */
export const LEAST_BYTES = 5_000_000;
/** Share of the sent bytes that must be background. */
export const LEAST_SHARE = 0.75;

const id = 'background-sender';

interface Total {
  readonly uid: number;
  readonly name: string;
  readonly packages: string;
  readonly sent: number;
  readonly background: number;
  readonly intervals: number;
  readonly first: number;
  readonly last: number;
}

function textOf(app: Total): string {
  const share = Math.floor((app.background / app.sent) * 100);
  return [
    `${appName(app)} sent ${figure(app.sent)}.`,
    `${figure(app.background)} of it, ${share} %, were counted while the phone did not hold the app to be in the foreground,`,
    `in ${count(app.intervals, 'interval')} between ${minuteOf(app.first)} and ${minuteOf(app.last)}.`,
  ].join(' ');
}

/** Apps that sent most of their bytes while the phone did not count them as foreground. */
export const backgroundSender: Rule = {
  id,
  title: 'Sent mostly in the background',
  proves: ['The phone counted these bytes for the app while it did not hold the app to be in the foreground.'],
  doesNotProve: [
    'That nobody used the phone at the time: an app may play music or finish an upload that a person began.',
    'What was sent, or to whom.',
  ],
  async propose(read): Promise<ProposedFinding[]> {
    const totals = await read.all<Total>(
      `SELECT s.uid AS uid, a.name AS name, a.packages AS packages, total(v.sent) AS sent,
         total(CASE WHEN s.foreground = 0 THEN v.sent END) AS background,
         SUM(CASE WHEN s.foreground = 0 AND v.sent > 0 THEN 1 ELSE 0 END) AS intervals,
         MIN(CASE WHEN s.foreground = 0 AND v.sent > 0 THEN v.from_us END) AS first,
         MAX(CASE WHEN s.foreground = 0 AND v.sent > 0 THEN v.to_us END) AS last
       ${countedVolume} ${nameableApps} ${appUids}
       GROUP BY s.uid HAVING background >= ? AND background >= ? * total(v.sent)
       ORDER BY background DESC, s.uid`,
      [LEAST_BYTES, LEAST_SHARE],
    );
    const findings: ProposedFinding[] = [];
    for (const app of totals) {
      findings.push({
        rule: id,
        key: `uid:${app.uid}`,
        title: `${app.name} sent mostly in the background`,
        text: textOf(app),
        limits: `${counterLimits} "Not in the foreground" is the phone's own division: it covers everything that was not counted as foreground, also an app that plays music or ends an upload that a person began. Proposed from ${figure(LEAST_BYTES)} and ${LEAST_SHARE * 100} % on; system uids below 10000 are left out, because they have no foreground.`,
        events: await citedEvents(read, 'AND s.uid = ? AND s.foreground = 0', [app.uid]),
        uid: app.uid,
      });
    }
    return findings;
  },
};
