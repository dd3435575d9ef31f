import type { ProposedFinding } from '../../../model/finding.ts';
import type { ReadCase } from '../../../ports/case-handle.ts';
import {
  appName,
  appUids,
  citedEvents,
  count,
  countedVolume,
  counterLimits,
  figure,
  nameableApps,
} from '../../counted.ts';
import type { Rule } from '../../rule.ts';
import { clockOf, nightOf } from './local-hours.ts';

/** Local hours between which an interval must lie wholly. */
export const FROM_HOUR = 1;
export const TO_HOUR = 5;
export const LEAST_BYTES = 1_000_000;
export const LEAST_NIGHTS = 3;

const id = 'night-sender';
const ZONE_PROPERTY = 'persist.sys.timezone';

interface Night {
  readonly from: number;
  readonly to: number;
  readonly day: string;
}

interface Total {
  readonly uid: number;
  readonly name: string;
  readonly packages: string;
  readonly sent: number;
  readonly intervals: number;
  readonly nights: number;
  readonly firstNight: string;
  readonly lastNight: string;
}

/** The zones that the phone named, the latest first. */
async function zonesOf(read: ReadCase): Promise<string[]> {
  const rows = await read.all<{ value: string }>(
    `SELECT value, MAX(id) AS latest FROM property WHERE key = ? AND value <> '' GROUP BY value ORDER BY latest DESC`,
    [ZONE_PROPERTY],
  );
  return rows.map((row) => row.value);
}

/** Different intervals that lie in the night: some thousand at most, however many rows a case has. */
async function nightsOf(read: ReadCase, zone: string): Promise<Night[]> {
  const clock = clockOf(zone);
  if (!clock) return [];
  const spans = await read.all<{ from: number; to: number }>(
    `SELECT DISTINCT v.from_us AS "from", v.to_us AS "to" ${countedVolume} AND v.sent > 0 ORDER BY 1, 2`,
  );
  return spans.flatMap(({ from, to }) => {
    const day = nightOf(clock, from, to, FROM_HOUR, TO_HOUR);
    return day === null ? [] : [{ from, to, day }];
  });
}

const inTheNight = `AND EXISTS (SELECT 1 FROM night n WHERE n.from_us = v.from_us AND n.to_us = v.to_us)`;
const nightTable = `WITH night AS MATERIALIZED (
  SELECT json_extract(value, '$.from') AS from_us, json_extract(value, '$.to') AS to_us,
    json_extract(value, '$.day') AS day FROM json_each(?))`;

function limitsOf(zones: readonly string[]): string {
  const parts = [
    counterLimits,
    `The intervals are as wide as the phone keeps them, mostly two hours, so the hour is approximate: counted are only intervals that lie wholly between 0${FROM_HOUR}:00 and 0${TO_HOUR}:00, and the true figure for these hours may be higher.`,
    `The hours are those of ${zones[0]}, which the phone named when it was read; on a journey it may have been another hour of the day.`,
  ];
  if (zones.length > 1) parts.push(`The case also holds readings with ${zones.slice(1).join(', ')}.`);
  parts.push(
    `That it was night does not show that nobody used the phone. Proposed from ${figure(LEAST_BYTES)} in ${LEAST_NIGHTS} nights on; system uids below 10000 are left out.`,
  );
  return parts.join(' ');
}

/** Apps that sent between one and five in the morning of the phone's own zone. Silent where the zone is not known. */
export const nightSender: Rule = {
  id,
  title: 'Sent at night',
  proves: [
    'The phone counted sent bytes for the app in intervals that lie between 01:00 and 05:00 of the zone it named.',
  ],
  doesNotProve: ['That nobody used the phone at that time.', 'The hour itself: an interval is mostly two hours wide.'],
  async propose(read): Promise<ProposedFinding[]> {
    const zones = await zonesOf(read);
    const [zone] = zones;
    if (!zone) return [];
    const nights = JSON.stringify(await nightsOf(read, zone));
    const totals = await read.all<Total>(
      `${nightTable} SELECT s.uid AS uid, a.name AS name, a.packages AS packages, total(v.sent) AS sent,
         COUNT(*) AS intervals, COUNT(DISTINCT n.day) AS nights, MIN(n.day) AS firstNight, MAX(n.day) AS lastNight
       ${countedVolume.replace('WHERE', 'JOIN night n ON n.from_us = v.from_us AND n.to_us = v.to_us WHERE')}
         AND v.sent > 0 ${nameableApps} ${appUids}
       GROUP BY s.uid HAVING total(v.sent) >= ? AND nights >= ?
       ORDER BY sent DESC, s.uid`,
      [nights, LEAST_BYTES, LEAST_NIGHTS],
    );
    const findings: ProposedFinding[] = [];
    for (const app of totals) {
      findings.push({
        rule: id,
        key: `uid:${app.uid}`,
        title: `${app.name} sent at night`,
        text: [
          `${appName(app)} sent at least ${figure(app.sent)} between 0${FROM_HOUR}:00 and 0${TO_HOUR}:00 (${zone}),`,
          `in ${count(app.intervals, 'interval')} of ${count(app.nights, 'night')} from ${app.firstNight} to ${app.lastNight}.`,
        ].join(' '),
        limits: limitsOf(zones),
        events: await citedEvents(read, `${inTheNight} AND s.uid = ?`, [nights, app.uid], nightTable),
        uid: app.uid,
      });
    }
    return findings;
  },
};
