import type { EventFilter } from '../../../shared/types/event.ts';
import {
  type Citation,
  type CiteChoice,
  type FindingTotals,
  type FindingWindow,
  findingLimits,
} from '../../../shared/types/finding.ts';
import type { WindowView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import type { AskedWindow } from './bare-lanes.ts';
import { type CitedRow, rowsById } from './cited-rows.ts';
import type { Condition } from './clauses.ts';
import { contactCondition, contactTables } from './contacts.ts';
import { volumeCondition, volumeTables } from './filter.ts';
import { lookUpCondition, lookUpTables } from './look-ups.ts';

interface Kind {
  readonly alias: 'v' | 'c' | 'l';
  readonly tables: string;
  readonly bytes: string;
  readonly condition: Condition;
}

const bytes = (alias: string) => `coalesce(${alias}.sent, 0) + coalesce(${alias}.received, 0)`;

/** Without a filter other than on time the tables that filters look at need not be joined: a third of the time, of a million events. */
function kindsOf(filter: EventFilter, fromUs: number, toUs: number): Kind[] {
  const bare = Object.values(filter).every((value) => value === undefined || value === false);
  const asked = { ...filter, fromUs, toUs };
  const volumes = volumeCondition({ ...asked, countedOnly: true });
  return [
    {
      alias: 'v',
      tables: bare ? 'volume v' : volumeTables,
      bytes: bytes('v'),
      // By the index on time a long stretch takes ten times as long as reading the table from end to end.
      condition: { ...volumes, sql: volumes.sql.replace('v.from_us <', '+v.from_us <') },
    },
    { alias: 'c', tables: bare ? 'contact c' : contactTables, bytes: bytes('c'), condition: contactCondition(asked) },
    { alias: 'l', tables: bare ? 'lookup l' : lookUpTables, bytes: '0', condition: lookUpCondition(asked) },
  ];
}

async function countOf(read: ReadCase, { tables, condition }: Kind): Promise<number> {
  if (condition.nothing) return 0;
  const { sql, params } = condition;
  return (await read.get<{ n: number }>(`SELECT count(*) n FROM ${tables} WHERE 1${sql}`, params))?.n ?? 0;
}

/** Ids of the largest events that a filter lets through, by bytes both ways; counted intervals before others of the same size. */
async function largest(read: ReadCase, kinds: readonly Kind[], most: number): Promise<string[]> {
  const found: { readonly id: string; readonly n: number }[] = [];
  for (const { alias, tables, bytes: size, condition } of kinds) {
    if (condition.nothing || most === 0) continue;
    const rows = await read.all<{ id: number; n: number }>(
      `SELECT ${alias}.id id, ${size} n FROM ${tables} WHERE 1${condition.sql} ORDER BY n DESC, ${alias}.from_us, ${alias}.id LIMIT ?`,
      [...condition.params, most],
    );
    found.push(...rows.map(({ id, n }) => ({ id: `${alias}${id}`, n })));
  }
  return found
    .sort((a, b) => b.n - a.n)
    .slice(0, most)
    .map(({ id }) => id);
}

/** The answer of the timeline to a question, as the window gets it. */
export type AskWindow = (question: AskedWindow) => Promise<WindowView>;

function totalsOf(view: WindowView, others: number): FindingTotals {
  const lanes = view.lanes.map(({ key, name, sent, received, sentBackground, receivedBackground, intervals }) => {
    const events = intervals.events.reduce((sum, n) => sum + n, 0);
    return { key, name, sent, received, sentBackground, receivedBackground, events };
  });
  const { fromUs, toUs, sent, received, sentBackground, receivedBackground } = view;
  return {
    fromUs,
    toUs,
    sent,
    received,
    sentBackground,
    receivedBackground,
    events: lanes.reduce((sum, lane) => sum + lane.events, 0),
    others,
    lanes: lanes.slice(0, findingLimits.lanes),
    lanesMore: Math.max(0, lanes.length - findingLimits.lanes),
  };
}

/** What a finding would hold: the sums of its stretch, and the events that it cites. Only reads. */
export async function draftOf(
  read: ReadCase,
  ask: AskWindow,
  window: FindingWindow | null,
  cite: CiteChoice,
): Promise<{ totals: FindingTotals | null; rows: CitedRow[]; available: number }> {
  if (window === null) {
    const rows = 'ids' in cite ? await rowsById(read, cite.ids) : [];
    return { totals: null, rows, available: rows.length };
  }
  const { fromUs, toUs } = window.selection ?? window;
  const kinds = kindsOf(window.filter, fromUs, toUs);
  const { by, filter } = window;
  const view = await ask({ by, filter, fromUs, toUs, buckets: 1 });
  let others = 0;
  for (const kind of kinds.filter(({ alias }) => alias !== 'v')) others += await countOf(read, kind);
  const totals = totalsOf(view, others);
  const ids = 'ids' in cite ? cite.ids : await largest(read, kinds, cite.largest);
  return { totals, rows: await rowsById(read, ids), available: totals.events + others };
}

/** A row as it is kept in the log. */
export function citationOf({ id: _id, ...citation }: CitedRow): Citation {
  return citation;
}
