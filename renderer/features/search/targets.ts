import { HOUR } from '../../../shared/base/time.ts';
import { dayText, partsOf, timeInFull } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { SearchAnswer } from '../../../shared/types/search.ts';
import type { Address, PlaceName, ViewAddress } from '../../state/address.ts';
import { type ViewFilter, writeFilter } from '../../state/event-filter.ts';
import { readTyped } from '../../timeline/typed-time.ts';
import { stampOf } from '../timeline/view-address.ts';

/** Where an answer leads: a place with its query; `details` is what stands on the cover of the case. */
export type Target = { readonly place: PlaceName; readonly view: ViewAddress } | 'details';

export interface Targets {
  readonly first: Target;
  /** The table that holds it, where there is one besides. */
  readonly table: Target | null;
}

/** What of the timeline's address stays when something else is shown on it: how it is looked at. */
const kept = ['from', 'to', 'follow', 'sort', 'size', 'curve', 'full', 'utc'] as const;

function onTimeline(from: Address, by: string | null, filter: ViewFilter): Target {
  const view: Record<string, string> = {};
  if (from.place === 'timeline') {
    for (const key of kept) if (from.view[key] !== undefined) view[key] = from.view[key];
  }
  return { place: 'timeline', view: { ...view, ...(by !== null && { by }), ...writeFilter(filter) } };
}

/** Where an answer opens: the timeline filtered to it where it can be, and the table that holds it. */
export function targetsOf(answer: SearchAnswer, from: Address): Targets {
  const { group, key, name, contacts } = answer;
  switch (group) {
    case 'app':
      return { first: onTimeline(from, 'app', { app: key }), table: { place: 'apps', view: { app: key } } };
    case 'host':
    case 'address':
      return {
        first: onTimeline(from, 'host', { host: key }),
        table: { place: 'destinations', view: { by: group, row: key } },
      };
    case 'organisation': {
      // Whatever it owns, and whatever goes over its networks: the contacts that the answer counts.
      const organisation = key;
      return {
        first: onTimeline(from, 'organisation', { organisation }),
        table: { place: 'destinations', view: { by: 'host', ...writeFilter({ organisation }) } },
      };
    }
    case 'service':
      return {
        first: onTimeline(from, 'service', { service: key }),
        table:
          contacts === 0
            ? { place: 'apps', view: { q: name } }
            : { place: 'destinations', view: { by: 'service', row: key } },
      };
    case 'country':
      return {
        first: onTimeline(from, 'country', { country: key }),
        table: { place: 'destinations', view: { row: key } },
      };
    case 'network':
      return { first: onTimeline(from, 'network', { network: key }), table: null };
    case 'finding':
      return { first: { place: 'findings', view: { finding: key } }, table: null };
    case 'note':
      return { first: 'details', table: null };
  }
}

/** A time that was typed: where the timeline goes, and the time in words. */
export interface TypedMoment {
  readonly name: string;
  readonly target: Target;
}

/** A day is shown whole, a moment with an hour on either side. Null where the text is no time. */
export function momentOf(text: string, zone: Zone, from: Address): TypedMoment | null {
  const begin = readTyped(text, zone, 'from');
  const end = readTyped(text, zone, 'to');
  if ('problem' in begin || 'problem' in end) return null;
  const day = end.us - begin.us > HOUR;
  const range = day ? { from: begin.us, to: end.us } : { from: begin.us - HOUR, to: begin.us + HOUR };
  // Only the time changes: on the timeline, filters and lanes stay.
  const { follow: _, ...view } = from.place === 'timeline' ? from.view : {};
  return {
    name: `${day ? dayText(partsOf(zone.localOf(begin.us))) : timeInFull(begin.us, zone)}, ${zone.name}`,
    target: { place: 'timeline', view: { ...view, from: stampOf(range.from), to: stampOf(range.to) } },
  };
}
