import type { Micros } from '../base/time.ts';
import type { CoverageSpan } from '../types/timeline.ts';

export interface Span {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** Sources that count a whole interface cannot say anything of one app. */
const wholeInterface = /interface|device/i;

/** Sources that see who is spoken to, and count no bytes. */
const connections = /\b(?:sockets?|captures?)\b/i;

/** Spans in which some source could have counted bytes by app, joined; all that count where there is no such one. */
export function coveredSpans(coverage: readonly CoverageSpan[]): Span[] {
  const counts = coverage.filter((span) => !connections.test(span.source));
  const fine = counts.filter((span) => !wholeInterface.test(span.source));
  return joined(fine.length > 0 ? fine : counts);
}

/** Spans in which some source looked at open connections, joined. */
export function contactSpans(coverage: readonly CoverageSpan[]): Span[] {
  return joined(coverage.filter((span) => connections.test(span.source)));
}

function joined(spans: readonly CoverageSpan[]): Span[] {
  const sorted = spans.filter((span) => span.toUs > span.fromUs).toSorted((a, b) => a.fromUs - b.fromUs);
  const found: { fromUs: Micros; toUs: Micros }[] = [];
  for (const span of sorted) {
    const last = found.at(-1);
    if (last && span.fromUs <= last.toUs) last.toUs = Math.max(last.toUs, span.toUs);
    else found.push({ fromUs: span.fromUs, toUs: span.toUs });
  }
  return found;
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

/** Whether any span holds the instant; ends are exclusive. */
export function isCovered(covered: readonly Span[], us: Micros): boolean {
  return covered.some((span) => span.fromUs <= us && us < span.toUs);
}

/** Whether any of a stretch is covered. */
export function coversAny(covered: readonly Span[], fromUs: Micros, toUs: Micros): boolean {
  return covered.some((span) => span.fromUs < toUs && span.toUs > fromUs);
}
