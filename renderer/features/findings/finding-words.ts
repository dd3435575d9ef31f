import { humanBytes, rangeInFull } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { Citation, FindingTotals, FindingView, FindingWindow } from '../../../shared/types/finding.ts';
import { readFilter, writeFilter } from '../../state/event-filter.ts';
import { dateTimeText } from '../../state/zone.ts';
import { readView, writeView } from '../timeline/view-address.ts';

/** How a finding stands: the class of its chip and its word. */
export function stateChip({ state, rule, decision }: FindingView): readonly [className: string, text: string] {
  if (state === 'accepted') return ['chip chip-good', rule === null && decision === null ? 'made' : 'accepted'];
  if (state === 'rejected') return ['chip chip-quiet', 'rejected'];
  if (state === 'withdrawn') return ['chip chip-quiet', 'withdrawn'];
  return ['chip', rule === null ? 'open' : 'proposed'];
}

const decided = { open: 'Opened again', accepted: 'Accepted', rejected: 'Rejected', withdrawn: 'Withdrawn' } as const;

/** Who made, changed and decided it, and when, a sentence each. */
export function marksOf({ made, changed, decision }: FindingView, zone: Zone): string[] {
  return [
    ...(made ? [`Made ${dateTimeText(made.at, zone)} by ${made.who}`] : []),
    ...(changed ? [`words changed ${dateTimeText(changed.at, zone)} by ${changed.who}`] : []),
    ...(decision && !decision.outdated
      ? [`${decided[decision.state]} ${dateTimeText(decision.at, zone)} by ${decision.who}`]
      : []),
  ];
}

/** `E1, line 13`: where a cited event stands. */
export function placeOf({ evidence, line, offset }: Citation): string {
  if (line !== null) return `${evidence}, line ${line}`;
  return offset === null ? evidence : `${evidence}, byte ${offset}`;
}

/** Whom a cited event is of or with. */
export function whoOf({ app, peer, uid }: Citation): string {
  const parts = [app ?? (uid === null ? null : `uid ${uid}`), peer].filter((part) => part !== null);
  return parts.length === 0 ? 'not known' : parts.join(', ');
}

/** `1.2 MB`, or that nobody counted. */
export const amount = (bytes: number | null) => (bytes === null ? 'not known' : humanBytes(bytes));

/** The stretch in full, to the second. */
export function stretchOf({ fromUs, toUs }: Pick<FindingTotals, 'fromUs' | 'toUs'>, zone: Zone): string {
  const second = (us: number) => Math.round(us / 1e6) * 1e6;
  return rangeInFull(second(fromUs), second(toUs), zone);
}

/** The query of the timeline's address that shows the view again. */
export function addressOf(window: FindingWindow): Record<string, string> {
  if (Object.keys(window.address).length > 0) return { ...window.address };
  const { by, fromUs, toUs, selection } = window;
  return writeView({
    ...readView({}),
    range: { fromUs, toUs },
    by,
    // The window offers a part of what the engine filters by; the rest has no place in an address.
    filter: readFilter(writeFilter(window.filter)),
    selection,
  });
}
