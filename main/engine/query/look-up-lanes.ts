import type { EventFilter } from '../../../shared/types/event.ts';
import type { LaneBy, LookUpColumns } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { lookUpCondition, lookUpTables } from './look-ups.ts';

/** A look-up tells who asked and for what; of networks, countries and services it says nothing. */
const lanes: Readonly<Partial<Record<LaneBy, string>>> = { app: 'l.uid', host: `nullif(lower(l.name), '')` };

/** Look-ups of one lane as they are drawn. */
export interface LaneLookUps {
  readonly lane: string | number | null;
  readonly lookUps: LookUpColumns;
}

/** Questions to name servers and their answers within the window, by lane. Those of one drawable step are a single mark. */
export async function lookUpLanes(
  read: ReadCase,
  question: { by: LaneBy; fromUs: number; toUs: number; filter: EventFilter },
  stepUs: number,
): Promise<LaneLookUps[]> {
  const { by, fromUs, toUs } = question;
  const lane = lanes[by];
  const condition = lookUpCondition({ ...question.filter, fromUs, toUs });
  if (lane === undefined || condition.nothing) return [];
  const columns = ['at', 'n', 'first', 'name'];
  const rows = await read.all<{ lane: string | number | null; columns: string }>(
    `WITH mark AS (
       SELECT ${lane} lane, min(l.from_us) at, count(*) n, CASE WHEN count(DISTINCT l.name) = 1 THEN max(l.name) END name,
         CAST(substr(min(printf('%020d%020d', l.from_us, l.id)), 21) AS INTEGER) first
       FROM ${lookUpTables} WHERE 1${condition.sql} GROUP BY lane, l.from_us / CAST(? AS INTEGER))
     SELECT lane, json_array(${columns.map((one) => `json_group_array(${one} ORDER BY at)`).join(', ')}) columns
     FROM mark GROUP BY lane`,
    [...condition.params, stepUs],
  );
  return rows.map(({ lane: key, columns: text }) => {
    const [at, count, first, name] = JSON.parse(text) as [number[], number[], number[], (string | null)[]];
    return { lane: key, lookUps: { at, count, first: first.map((id) => `l${id}`), name } };
  });
}
