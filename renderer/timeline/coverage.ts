import type { Micros } from '../../shared/base/time.ts';
import type { CoverageSpan } from '../../shared/types/timeline.ts';

export interface Span {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** Sources that count a whole interface cannot say anything of one app. */
const wholeInterface = /interface|device/i;

/** Spans in which some source could have seen traffic by app, joined; all sources where there is no such one. */
export function coveredSpans(coverage: readonly CoverageSpan[]): Span[] {
  const fine = coverage.filter((span) => !wholeInterface.test(span.source));
  const used = (fine.length > 0 ? fine : coverage).filter((span) => span.toUs > span.fromUs);
  const sorted = used.toSorted((a, b) => a.fromUs - b.fromUs);
  const joined: { fromUs: Micros; toUs: Micros }[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.fromUs <= last.toUs) last.toUs = Math.max(last.toUs, span.toUs);
    else joined.push({ fromUs: span.fromUs, toUs: span.toUs });
  }
  return joined;
}

/** What of a stretch nothing covers. `covered` is in order and joined. */
export function gapsIn(covered: readonly Span[], fromUs: Micros, toUs: Micros): Span[] {
  const gaps: Span[] = [];
  let at = fromUs;
  for (const span of covered) {
    if (span.toUs <= at) continue;
    if (span.fromUs >= toUs) break;
    if (span.fromUs > at) gaps.push({ fromUs: at, toUs: span.fromUs });
    at = span.toUs;
  }
  if (at < toUs) gaps.push({ fromUs: at, toUs });
  return gaps;
}

export function isCovered(covered: readonly Span[], us: Micros): boolean {
  return covered.some((span) => span.fromUs <= us && us < span.toUs);
}
