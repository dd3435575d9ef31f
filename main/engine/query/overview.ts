import { mainStretch, STRAY_GAP_US } from '../../../shared/base/main-stretch.ts';
import { HOUR, SECOND } from '../../../shared/base/time.ts';
import type { ContextMark, CoverageSpan, OverviewView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { phoneZone } from './phone.ts';
import type { Stretch } from './rollup/chunk-list.ts';
import type { Rollups } from './rollup/rollups.ts';
import { barsOfAll } from './rollup/volume-bars.ts';

/** Starts of the history that lie closer are looked at as one where its span is sought: 72 minutes. */
const START_STEP_US = 2 ** 32;
/** Bytes of intervals that are shorter than this part of a bin may be spread together. */
const PART_OF_BIN = 2;

interface Start {
  readonly fromUs: number;
  readonly toUs: number;
  readonly rows: number;
}

async function startsOf(read: ReadCase, rollups: Rollups | null): Promise<Start[]> {
  const all = rollups?.list.span;
  if (!rollups || !all) {
    return read.all<Start>(
      `SELECT from_us fromUs, max(to_us) toUs, count(*) rows FROM volume WHERE counted = 1 GROUP BY from_us ORDER BY from_us`,
    );
  }
  const bars = await barsOfAll(read, rollups, all, START_STEP_US);
  return Array.from(bars?.from ?? [], (fromUs, at) => ({ fromUs, toUs: bars!.to[at]!, rows: bars!.events[at]! }));
}

/** The span of all counted history where no silence can part it, as the edges of its chunks tell; null where one may. */
function unbrokenSpan({ list }: Rollups): Stretch | null {
  const edges = list.classes.flat().sort((a, b) => a.fromUs - b.fromUs);
  let lastUs = edges[0]?.fromUs ?? 0;
  for (const edge of edges) {
    // A chunk begins and ends with a start: between two starts lies no more than it is long, or what lies before it.
    if (Math.max(edge.fromUs - lastUs, edge.lastUs - edge.fromUs) >= STRAY_GAP_US) return null;
    lastUs = Math.max(lastUs, edge.lastUs);
  }
  return list.ends;
}

/** The span that the case's counted history and its contacts fill; strays of a clock that stood wrong are left out of the drawing. */
export async function caseSpan(
  read: ReadCase,
  rollups: Rollups | null = null,
): Promise<{ fromUs: number; toUs: number }> {
  const unbroken = rollups && unbrokenSpan(rollups);
  if (unbroken) return withContacts(read, unbroken);
  const starts = await startsOf(read, rollups);
  const main = mainStretch(starts);
  const history = main ? starts.slice(main.first, main.last + 1) : [];
  const span = { fromUs: history[0]?.fromUs ?? 0, toUs: history.reduce((last, one) => Math.max(last, one.toUs), 0) };
  return withContacts(read, span);
}

/** The span with the contacts of the case; those that lie far from it are strays too. */
async function withContacts(read: ReadCase, span: { fromUs: number; toUs: number }) {
  const peers = await read.get<{ f: number | null; t: number | null }>(
    `SELECT (SELECT min(from_us) FROM contact) f, (SELECT max(to_us) FROM contact) t`,
  );
  if (peers?.f == null || peers.t == null) return span;
  // A moment has no width to be drawn in, and one at the very end must lie before the end.
  const last = Math.max(peers.t + 1, peers.f + SECOND);
  if (span.toUs === 0) return { fromUs: peers.f, toUs: last };
  return {
    fromUs: peers.f < span.fromUs && peers.f > span.fromUs - STRAY_GAP_US ? peers.f : span.fromUs,
    toUs: last > span.toUs && last < span.toUs + STRAY_GAP_US ? last : span.toUs,
  };
}

/** Spans that each source of the case could have seen. */
export async function coverageOf(read: ReadCase): Promise<CoverageSpan[]> {
  return read.all<CoverageSpan>(
    `SELECT source, from_us AS fromUs, to_us AS toUs, evidence FROM coverage ORDER BY source, from_us, id`,
  );
}

/** What happened beside the bytes, in time order. */
export async function contextOf(read: ReadCase): Promise<ContextMark[]> {
  return read.all<ContextMark>(
    `SELECT kind, from_us AS fromUs, to_us AS toUs, name, detail, evidence, error_us AS errorUs FROM context ORDER BY from_us, id`,
  );
}

/** What stands beside the bytes of a case: coverage, context, and the phone's zone. */
export async function besideOf(read: ReadCase): Promise<Pick<OverviewView, 'coverage' | 'context' | 'zone'>> {
  return { coverage: await coverageOf(read), context: await contextOf(read), zone: await phoneZone(read) };
}

/** Counted bytes of intervals, or of several together that start in one step: from, to, sent, received, both in the background. */
type Share = readonly [from: number, to: number, sent: number, received: number, sb: number, rb: number];

async function sharesOf(
  read: ReadCase,
  rollups: Rollups | null,
  span: { readonly fromUs: number; readonly toUs: number },
  stepUs: number,
): Promise<Share[]> {
  if (!rollups) {
    const rows = await read.all<{ f: number; t: number; sent: number; received: number; sb: number; rb: number }>(
      `SELECT v.from_us f, v.to_us t, total(v.sent) sent, total(v.received) received,
         total(CASE WHEN s.foreground = 0 THEN v.sent END) sb, total(CASE WHEN s.foreground = 0 THEN v.received END) rb
       FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 1 AND v.from_us >= ? AND v.from_us < ? GROUP BY v.from_us, v.to_us`,
      [span.fromUs, span.toUs],
    );
    return rows.map(({ f, t, sent, received, sb, rb }) => [f, t, sent, received, sb, rb]);
  }
  const bars = await barsOfAll(read, rollups, span, stepUs);
  if (!bars) return [];
  const { from, to, sent, received, sentBackground, receivedBackground } = bars;
  return Array.from(
    from,
    (f, n): Share => [f, to[n]!, sent[n]!, received[n]!, sentBackground[n]!, receivedBackground[n]!],
  );
}

/** What is drawn as the whole span: that of the events, and up to where a source saw that there were no more. */
function withCoverage(span: Stretch, coverage: readonly CoverageSpan[]): Stretch {
  const seen = coverage.filter(
    ({ source, fromUs, toUs }) =>
      source !== 'per-app tags' && fromUs >= span.fromUs && toUs <= span.toUs + 400 * 24 * HOUR,
  );
  return { fromUs: span.fromUs, toUs: Math.max(span.toUs, ...seen.map(({ toUs }) => toUs)) };
}

/** An overview without what stands beside the bytes. */
export type OverviewBins = Omit<OverviewView, 'coverage' | 'context' | 'zone'>;

/** The whole span in equal bins, with what stands beside the bytes. */
export async function overview(read: ReadCase, bins: number, rollups: Rollups | null = null): Promise<OverviewView> {
  const beside = await besideOf(read);
  return { ...(await overviewBins(read, bins, rollups, beside.coverage)), ...beside };
}

/**
 * The whole span in equal bins. Bytes of an interval are spread over the bins that it overlaps, for drawing only:
 * the sum over all bins equals the counted bytes of the span.
 */
export async function overviewBins(
  read: ReadCase,
  bins: number,
  rollups: Rollups | null,
  coverage: readonly CoverageSpan[],
): Promise<OverviewBins> {
  const span = await caseSpan(read, rollups);
  const empty = () => new Array<number>(bins).fill(0);
  const view = {
    sent: empty(),
    received: empty(),
    sentBackground: empty(),
    receivedBackground: empty(),
  };
  const { fromUs, toUs } = withCoverage(span, coverage);
  const stepUs = Math.max(1, Math.ceil((toUs - fromUs) / bins));
  const shares = await sharesOf(read, rollups, span, Math.max(1, Math.floor(stepUs / PART_OF_BIN)));
  for (const [f, t, ...bytes] of shares) {
    const length = Math.max(1, t - f);
    const first = Math.max(0, Math.floor((f - fromUs) / stepUs));
    const last = Math.min(bins - 1, Math.floor((t - 1 - fromUs) / stepUs));
    for (let bin = first; bin <= last; bin += 1) {
      const from = Math.max(f, fromUs + bin * stepUs);
      const to = bin === last ? t : Math.min(t, fromUs + (bin + 1) * stepUs);
      const share = (to - from) / length;
      view.sent[bin]! += bytes[0] * share;
      view.received[bin]! += bytes[1] * share;
      view.sentBackground[bin]! += bytes[2] * share;
      view.receivedBackground[bin]! += bytes[3] * share;
    }
  }
  return { fromUs, toUs, stepUs, ...view };
}
