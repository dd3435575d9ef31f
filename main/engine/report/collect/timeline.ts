import { DAY, HOUR } from '../../../../shared/base/time.ts';
import type { AppView } from '../../../../shared/types/app.ts';
import type { ContextMark, CoverageSpan } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { addInterval, type Bins, emptyBins, type Interval, stepFor } from '../drawing/bins.ts';
import type { ReportTimeline } from '../report-data.ts';
import type { Zone } from '../zone.ts';

/** Bytes of one app in one interval of the phone's own history, all networks together. */
export interface AppInterval extends Interval {
  readonly uid: number;
  /** Counted rows that stand behind it. */
  readonly rows: number;
}

export async function readIntervals(read: ReadCase): Promise<AppInterval[]> {
  return read.all<AppInterval>(
    `SELECT s.uid AS uid, v.from_us AS fromUs, v.to_us AS toUs,
       coalesce(sum(CASE WHEN s.foreground = 0 THEN NULL ELSE v.sent END), 0) AS sentForeground,
       coalesce(sum(CASE WHEN s.foreground = 0 THEN v.sent END), 0) AS sentBackground,
       coalesce(sum(CASE WHEN s.foreground = 0 THEN NULL ELSE v.received END), 0) AS receivedForeground,
       coalesce(sum(CASE WHEN s.foreground = 0 THEN v.received END), 0) AS receivedBackground,
       count(*) AS rows
     FROM volume v JOIN series s ON s.id = v.series
     WHERE v.counted = 1 GROUP BY s.uid, v.from_us, v.to_us ORDER BY v.from_us, v.to_us, s.uid`,
  );
}

const NIGHT_ENDS_US = 6 * HOUR;

/** Bytes sent by each uid in intervals whose middle lies between 00:00 and 06:00 of the phone's zone. */
export function sentAtNight(intervals: readonly AppInterval[], zone: Zone): Map<number, number> {
  const night = new Map<number, number>();
  for (const { uid, fromUs, toUs, sentForeground, sentBackground } of intervals) {
    const middle = (fromUs + toUs) / 2;
    const sinceMidnight = (((middle + zone.offsetAt(middle)) % DAY) + DAY) % DAY;
    if (sinceMidnight >= NIGHT_ENDS_US) continue;
    night.set(uid, (night.get(uid) ?? 0) + sentForeground + sentBackground);
  }
  return night;
}

/** A silence this long parts stray intervals (a clock that was not set) from the history that is drawn. */
const STRAY_GAP_US = 120 * DAY;
/** Steps across the page: finer than this a step is no longer seen on paper. */
const OVERVIEW_STEPS = 280;
const LANE_STEPS = 200;
const LANES = 12;
const MOST_MARKS = 400;

export async function readCoverage(read: ReadCase): Promise<CoverageSpan[]> {
  return read.all<CoverageSpan>(
    `SELECT source, from_us AS fromUs, to_us AS toUs, evidence FROM coverage ORDER BY source, from_us, id`,
  );
}

export async function readMarks(read: ReadCase): Promise<ContextMark[]> {
  return read.all<ContextMark>(
    `SELECT kind, from_us AS fromUs, to_us AS toUs, name, detail, evidence FROM context
     WHERE kind IN ('boot', 'clock', 'acquisition') ORDER BY from_us, id LIMIT ${MOST_MARKS}`,
  );
}

/** Index of the first interval after the last long silence; the intervals are in time order. */
function firstDrawn(intervals: readonly AppInterval[]): number {
  let at = intervals.length - 1;
  while (at > 0 && intervals[at]!.fromUs - intervals[at - 1]!.fromUs < STRAY_GAP_US) at -= 1;
  return at;
}

/** Parts of [fromUs, toUs) outside of every span. */
export function gapsOf(
  spans: readonly { readonly fromUs: number; readonly toUs: number }[],
  fromUs: number,
  toUs: number,
): { fromUs: number; toUs: number }[] {
  const gaps: { fromUs: number; toUs: number }[] = [];
  let reached = fromUs;
  for (const span of [...spans].sort((a, b) => a.fromUs - b.fromUs)) {
    if (span.fromUs > reached && reached < toUs) gaps.push({ fromUs: reached, toUs: Math.min(span.fromUs, toUs) });
    reached = Math.max(reached, span.toUs);
  }
  if (reached < toUs) gaps.push({ fromUs: reached, toUs });
  return gaps;
}

/** The drawing's figures: every counted byte of the drawn span, in equal steps no finer than the shortest interval. */
export function timelineOf(
  intervals: readonly AppInterval[],
  apps: readonly AppView[],
  coverage: readonly CoverageSpan[],
  marks: readonly ContextMark[],
): ReportTimeline | null {
  if (intervals.length === 0) return null;
  const start = firstDrawn(intervals);
  const drawn = intervals.slice(start);
  const perApp = coverage.filter((span) => span.source === 'per-app history');
  const spans = perApp.length > 0 ? perApp : coverage;
  const first = drawn[0]!.fromUs;
  const countedToUs = drawn.reduce((latest, one) => Math.max(latest, one.toUs), first + 1);
  let last = countedToUs;
  for (const span of spans)
    if (span.fromUs < last + STRAY_GAP_US && span.toUs < last + STRAY_GAP_US) last = Math.max(last, span.toUs);

  const finest = drawn.reduce((least, one) => Math.min(least, one.toUs - one.fromUs), Number.POSITIVE_INFINITY);
  const binsOf = (most: number) => {
    const stepUs = stepFor(last - first, Math.max(HOUR, finest), most);
    return () => emptyBins(first, stepUs, Math.max(1, Math.ceil((last - first) / stepUs)));
  };
  const overview = binsOf(OVERVIEW_STEPS)();
  const laneBins = binsOf(LANE_STEPS);
  const shown = apps.filter((app) => app.sent + app.received > 0).slice(0, LANES);
  const lanes = new Map<number, Bins>(shown.map((app) => [app.uid, laneBins()]));
  for (const interval of drawn) {
    addInterval(overview, interval);
    const lane = lanes.get(interval.uid);
    if (lane) addInterval(lane, interval);
  }
  const strays = { intervals: 0, sent: 0, received: 0 };
  for (const stray of intervals.slice(0, start)) {
    strays.intervals += stray.rows;
    strays.sent += stray.sentForeground + stray.sentBackground;
    strays.received += stray.receivedForeground + stray.receivedBackground;
  }
  return {
    fromUs: first,
    toUs: last,
    countedToUs,
    overview,
    lanes: shown.map((app) => ({ uid: app.uid, name: app.name, bins: lanes.get(app.uid)! })),
    strays,
    uncovered: spans.length === 0 ? [] : gapsOf(spans, first, last),
    marks: marks.filter((mark) => mark.fromUs >= first && mark.fromUs <= last),
  };
}
