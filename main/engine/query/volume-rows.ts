import { HOUR } from '../../../shared/base/time.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type { LaneBy } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import type { Condition } from './clauses.ts';
import { NETSTATS_ERROR_US } from './events.ts';
import { laneColumn, volumeTables } from './filter.ts';
import { MOST } from './rollup/bars.ts';
import type { LaneColumns } from './rollup/lane-bars.ts';
import type { RolledBars } from './rollup/volume-bars.ts';

/** One lane as SQLite hands it over: its columns as JSON arrays, which cost a tenth of a row object a bar. */
interface LaneRow {
  readonly lane: string | number | null;
  readonly columns: string;
}

/**
 * Two steps: rows of one interval are added up, then intervals below a drawable step are merged, with the highest of them
 * kept as bytes an hour. One direction asked for leaves the other out of the drawing.
 */
function laneQuery(by: LaneBy, direction: EventFilter['direction'], condition: string): string {
  const sent = direction === 'received' ? '0' : 'coalesce(v.sent, 0)';
  const received = direction === 'sent' ? '0' : 'coalesce(v.received, 0)';
  const columns = [
    'f',
    't',
    'sent',
    'received',
    'sent_bg',
    'received_bg',
    'n',
    'top',
    'peak_sent',
    'peak_received',
    'error',
    'merged',
  ];
  // A number of bytes and a row number fit into one integer, whose largest is sought.
  return `WITH interval AS (
      SELECT ${laneColumn(by)} lane, v.from_us f, v.to_us t, sum(${sent}) sent, sum(${received}) received,
        sum(CASE WHEN s.foreground = 0 THEN ${sent} ELSE 0 END) sent_bg,
        sum(CASE WHEN s.foreground = 0 THEN ${received} ELSE 0 END) received_bg,
        max(coalesce(v.error_us, ${NETSTATS_ERROR_US})) error, count(*) n, max((min(${sent} + ${received}, ${MOST}) << 32) | v.id) ranked
      FROM ${volumeTables} WHERE v.counted = 1${condition} GROUP BY lane, v.from_us, v.to_us),
    bar AS (
      SELECT lane, min(f) f, max(t) t, sum(sent) sent, sum(received) received, sum(sent_bg) sent_bg,
        sum(received_bg) received_bg, sum(n) n, max(error) error, count(*) > 1 merged, max(ranked) & 4294967295 top,
        CASE WHEN t - f >= ? THEN f ELSE f / CAST(? AS INTEGER) END step, t - f >= ? whole,
        max(sent * ? / (t - f)) peak_sent, max(received * ? / (t - f)) peak_received
      FROM interval GROUP BY lane, step, whole)
    SELECT lane, json_array(${columns.map((name) => `json_group_array(${name} ORDER BY f)`).join(', ')}) columns
    FROM bar GROUP BY lane`;
}

/**
 * Counted volume by lane from the rows themselves: for a case without rollups, and as the measure of what those say. `stepUs`: intervals
 * shorter than this are merged with those that start in the same step.
 */
export async function barsOfRows(
  read: ReadCase,
  question: { readonly by: LaneBy; readonly stepUs: number; readonly filter: EventFilter },
  condition: Condition,
): Promise<RolledBars> {
  const { by, stepUs, filter } = question;
  const rows = await read.all<LaneRow>(laneQuery(by, filter.direction, condition.sql), [
    ...condition.params,
    stepUs,
    stepUs,
    stepUs,
    HOUR,
    HOUR,
  ]);
  return {
    resolutionUs: stepUs,
    lanes: rows.map(({ lane, columns }) => ({ lane, columns: told(JSON.parse(columns) as number[][]) })),
  };
}

function told(columns: readonly number[][]): LaneColumns {
  const [
    from,
    to,
    sent,
    received,
    sentBackground,
    receivedBackground,
    events,
    top,
    peakSent,
    peakReceived,
    error,
    merged,
  ] = columns as [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  return {
    ...{ from, to, sent, received, sentBackground, receivedBackground, events, top, peakSent, peakReceived, error },
    merged: merged.includes(1),
  };
}
