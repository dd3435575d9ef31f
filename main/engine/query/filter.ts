import type { EventFilter } from '../../../shared/types/event.ts';
import type { SqlValue } from '../ports/case-handle.ts';

export interface Condition {
  /** `AND …` clauses over the aliases v (volume), s (series), n (network), a (app); empty where nothing narrows. */
  readonly sql: string;
  readonly params: readonly SqlValue[];
  /** True when nothing in a volume table can match (a filter on what this case cannot know). */
  readonly nothing: boolean;
}

/** A text as a pattern of LIKE that finds it anywhere. */
export const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Turns a filter into SQL over volume events. Times select what overlaps [fromUs, toUs). */
export function volumeCondition(filter: EventFilter): Condition {
  const clauses: string[] = [];
  const params: SqlValue[] = [];
  const add = (sql: string, ...values: SqlValue[]) => {
    clauses.push(sql);
    params.push(...values);
  };
  if (filter.countedOnly) add('v.counted = 1');
  if (filter.fromUs !== undefined) add('v.to_us > ?', filter.fromUs);
  if (filter.toUs !== undefined) add('v.from_us < ?', filter.toUs);
  if (filter.uid !== undefined) add('s.uid = ?', filter.uid);
  if (filter.app !== undefined) {
    add(
      `(a.name = ? OR EXISTS (SELECT 1 FROM json_each(a.packages) WHERE value = ?) OR CAST(s.uid AS TEXT) = ?)`,
      filter.app,
      filter.app,
      filter.app,
    );
  }
  if (filter.text) {
    const text = like(filter.text);
    add(
      `(a.name LIKE ? ESCAPE '\\' OR a.packages LIKE ? ESCAPE '\\' OR n.name LIKE ? ESCAPE '\\' OR a.service_name LIKE ? ESCAPE '\\')`,
      text,
      text,
      text,
      text,
    );
  }
  if (filter.direction === 'sent') add('v.sent > 0');
  if (filter.direction === 'received') add('v.received > 0');
  if (filter.backgroundOnly) add('s.foreground = 0');
  if (filter.optionalOnly) add('a.service_optional = 1');
  if (filter.network !== undefined)
    add('(n.key = ? OR n.name = ? OR n.type = ?)', filter.network, filter.network, filter.network);
  if (filter.service !== undefined) add('(a.service_id = ? OR a.service_name = ?)', filter.service, filter.service);
  if (filter.minBytes !== undefined) add('coalesce(v.sent, 0) + coalesce(v.received, 0) >= ?', filter.minBytes);
  // The phone's own history names no peer, so a filter on one matches none of it.
  const nothing =
    filter.country !== undefined ||
    filter.host !== undefined ||
    (filter.kind !== undefined && filter.kind !== 'volume');
  return { sql: clauses.map((clause) => ` AND ${clause}`).join(''), params, nothing };
}

/** The joins that a condition's aliases need. */
export const volumeTables = `volume v JOIN series s ON s.id = v.series JOIN network n ON n.id = s.network LEFT JOIN app a ON a.uid = s.uid`;
