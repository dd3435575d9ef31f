import { mainStretch, STRAY_GAP_US } from '../../../../shared/base/main-stretch.ts';
import { DAY, HOUR } from '../../../../shared/base/time.ts';
import type { AppView } from '../../../../shared/types/app.ts';
import type { ContextMark, CoverageSpan } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { addInterval, type Bins, emptyBins, type Interval, stepFor } from '../drawing/bins.ts';
import type { ReportTimeline } from '../report-data.ts';

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

/** Steps across the page: finer than this a step is no longer seen on paper. */
const OVERVIEW_STEPS = 280;
const LANE_STEPS = 200;
const LANES = 12;
const HALF_DAY = DAY / 2;
const MOST_MARKS = 400;
const drawnMarks: readonly string[] = ['boot', 'clock', 'acquisition'] satisfies ContextMark['kind'][];

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
  context: readonly ContextMark[],
): ReportTimeline | null {
  if (intervals.length === 0) return null;
  const main = mainStretch(intervals) ?? { first: 0, last: intervals.length - 1 };
  const drawn = intervals.slice(main.first, main.last + 1);
  const perApp = coverage.filter((span) => span.source === 'per-app history');
  const spans = perApp.length > 0 ? perApp : coverage;
  const first = drawn[0]!.fromUs;
  const countedToUs = drawn.reduce((latest, one) => Math.max(latest, one.toUs), first + 1);
  let last = countedToUs;
  for (const span of spans)
    if (span.fromUs < last + STRAY_GAP_US && span.toUs < last + STRAY_GAP_US) last = Math.max(last, span.toUs);

  const finest = drawn.reduce((least, one) => Math.min(least, one.toUs - one.fromUs), Number.POSITIVE_INFINITY);
  const binsOf = (most: number) => {
    // A history is told by the hour at best; what was only watched live is over in minutes.
    const stepUs = stepFor(last - first, last - first < HALF_DAY ? finest : Math.max(HOUR, finest), most);
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
  for (const stray of [...intervals.slice(0, main.first), ...intervals.slice(main.last + 1)]) {
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
    marks: context
      .filter((mark) => drawnMarks.includes(mark.kind))
      .slice(0, MOST_MARKS)
      .filter((mark) => mark.fromUs >= first && mark.fromUs <= last),
  };
}
