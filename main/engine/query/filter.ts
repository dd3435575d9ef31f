import type { EventFilter } from '../../../shared/types/event.ts';
import type { LaneBy } from '../../../shared/types/timeline.ts';
import { Clauses, type Condition } from './clauses.ts';

/** Turns a filter into SQL over volume events. Times select what overlaps [fromUs, toUs). */
export function volumeCondition(filter: EventFilter): Condition {
  const clauses = new Clauses(filter);
  if (filter.countedOnly) clauses.add('v.counted = 1');
  clauses.span('v.to_us >', 'v.from_us <');
  clauses.app('s.uid');
  clauses.text(['a.name', 'a.packages', 'n.name', 'a.service_name']);
  clauses.direction('v');
  if (filter.backgroundOnly) clauses.add('s.foreground = 0');
  clauses.belonging();
  if (filter.minBytes !== undefined) {
    clauses.add('coalesce(v.sent, 0) + coalesce(v.received, 0) >= ?', filter.minBytes);
  }
  // The phone's own history names no peer, so a filter on one matches none of it.
  const nothing =
    filter.country !== undefined ||
    filter.state !== undefined ||
    filter.organisation !== undefined ||
    filter.host !== undefined ||
    (filter.kind !== undefined && filter.kind !== 'volume');
  return clauses.condition(nothing);
}

/** The joins that the aliases of a volume's condition need: v (volume), s (series), n (network), a (app). */
export const volumeTables = `volume v JOIN series s ON s.id = v.series JOIN network n ON n.id = s.network LEFT JOIN app a ON a.uid = s.uid`;

/** What a lane of the phone's own history is about, over the aliases of `volumeTables`. It names no peer. */
export function laneColumn(by: LaneBy): string {
  switch (by) {
    case 'app':
      return 's.uid';
    case 'network':
      return 'n.key';
    case 'service':
      return 'a.service_id';
    case 'country':
    case 'organisation':
    case 'host':
      return 'NULL';
  }
}
