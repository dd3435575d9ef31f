import type { Citation } from '../../../shared/types/finding.ts';
import type { ReadCase } from '../ports/case-handle.ts';

/** One kind of event as a citation sees it: its table, how its ids begin, and its columns by the alias `e`. */
interface CitedKind {
  readonly kind: Citation['kind'];
  readonly letter: string;
  /** The table, named `e`, and its joins with `c` (section), `f` (evidence) and `a` (app). */
  readonly table: string;
  readonly joins: string;
  readonly to: string;
  readonly sent: string;
  readonly received: string;
  readonly uid: string;
  readonly line: string;
  readonly peer: string;
}

const joins =
  'JOIN section c ON c.id = e.section JOIN evidence f ON f.id = c.evidence LEFT JOIN app a ON a.uid = e.uid';

export const citedKinds: readonly CitedKind[] = [
  {
    kind: 'volume',
    letter: 'v',
    table: 'volume e',
    joins:
      'JOIN series s ON s.id = e.series JOIN section c ON c.id = s.section JOIN evidence f ON f.id = c.evidence LEFT JOIN app a ON a.uid = s.uid',
    to: 'e.to_us',
    sent: 'e.sent',
    received: 'e.received',
    uid: 's.uid',
    line: 'e.line',
    peer: 'NULL',
  },
  {
    kind: 'contact',
    letter: 'c',
    table: 'contact e',
    joins,
    to: 'e.to_us',
    sent: 'e.sent',
    received: 'e.received',
    uid: 'e.uid',
    line: 'e.line',
    peer: `coalesce(e.host, e.remote_ip) || coalesce(' port ' || e.remote_port, '')`,
  },
  {
    kind: 'lookup',
    letter: 'l',
    table: 'lookup e',
    joins,
    to: 'e.from_us',
    sent: 'NULL',
    received: 'NULL',
    uid: 'e.uid',
    line: 'NULL',
    peer: 'e.name',
  },
  {
    kind: 'context',
    letter: 'x',
    table: 'context e',
    joins,
    to: 'e.to_us',
    sent: 'NULL',
    received: 'NULL',
    uid: 'e.uid',
    line: 'e.line',
    peer: 'e.name',
  },
];

/** A row as a citation names it, with the event's id of now. */
export type CitedRow = Citation & { readonly id: string };

const columnsOf = ({ kind, letter, to, sent, received, uid, line, peer }: CitedKind) =>
  `'${letter}' || e.id id, '${kind}' kind, f.sha256, f.id evidence, c.name section, c.member, ${line} line, e.offset,
   e.from_us fromUs, ${to} toUs, ${sent} sent, ${received} received, ${uid} uid, a.name app, ${peer} peer`;

/** Events by their ids, as citations name them; ids that are none are left out. In the order of the ids. */
export async function rowsById(read: ReadCase, ids: readonly string[]): Promise<CitedRow[]> {
  const rows = new Map<string, CitedRow>();
  for (const kind of citedKinds) {
    const numbers = ids.flatMap((id) => (id.startsWith(kind.letter) && /^.\d+$/.test(id) ? [Number(id.slice(1))] : []));
    if (numbers.length === 0) continue;
    const found = await read.all<CitedRow>(
      `SELECT ${columnsOf(kind)} FROM ${kind.table} ${kind.joins} WHERE e.id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(numbers)],
    );
    for (const row of found) rows.set(row.id, row);
  }
  return ids.flatMap((id) => rows.get(id) ?? []);
}

const placeOf = ({ sha256, section, member, line, offset }: Citation) =>
  JSON.stringify([sha256, section, member, line, offset]);

/** Rows at the times, lines and offsets that citations name: times are indexed. */
async function rowsInTime(read: ReadCase, kind: CitedKind, cited: readonly Citation[]): Promise<CitedRow[]> {
  const places = new Set(cited.map(({ fromUs, line, offset }) => JSON.stringify([fromUs, line, offset])));
  const files = JSON.stringify([...new Set(cited.map(({ sha256 }) => sha256))]);
  return read.all<CitedRow>(
    `SELECT ${columnsOf(kind)} FROM json_each(?) j CROSS JOIN ${kind.table} ON e.from_us = j.value ->> 0
       AND ${kind.line} IS (j.value ->> 1) AND e.offset IS (j.value ->> 2) ${kind.joins}
     WHERE f.sha256 IN (SELECT value FROM json_each(?)) ORDER BY e.id`,
    [`[${[...places].join(',')}]`, files],
  );
}

/** Rows of the lines and offsets that citations name, whatever their times are: another version may have read another time there. */
async function rowsInPlace(read: ReadCase, kind: CitedKind, cited: readonly Citation[]): Promise<CitedRow[]> {
  const places = JSON.stringify([...new Set(cited.map(({ line, offset }) => line ?? offset))]);
  const files = JSON.stringify([...new Set(cited.map(({ sha256 }) => sha256))]);
  return read.all<CitedRow>(
    `SELECT ${columnsOf(kind)} FROM ${kind.table} ${kind.joins}
     WHERE f.sha256 IN (SELECT value FROM json_each(?)) AND coalesce(${kind.line}, e.offset) IN (SELECT value FROM json_each(?))
     ORDER BY e.id`,
    [files, places],
  );
}

/** How much of what was cited the row says still: the place alone may hold several. */
const likeness = (row: Citation, cited: Citation) =>
  (['fromUs', 'toUs', 'uid', 'peer', 'sent', 'received'] as const).filter((key) => row[key] === cited[key]).length;

/**
 * Finds cited events again by their places in the evidence: for each the row that stands there now and is most like what was cited, or
 * null. In the order of the citations.
 */
export async function findCited(read: ReadCase, cited: readonly Citation[]): Promise<(CitedRow | null)[]> {
  const found: (CitedRow | null)[] = cited.map(() => null);
  for (const kind of citedKinds) {
    const here = cited.flatMap((one, at) => (one.kind === kind.kind ? [at] : []));
    for (const ask of [rowsInTime, rowsInPlace]) {
      const missing = here.filter((at) => found[at] === null);
      if (missing.length === 0) continue;
      const rows = await ask(
        read,
        kind,
        missing.map((at) => cited[at]!),
      );
      const byPlace = new Map<string, CitedRow[]>();
      for (const row of rows) byPlace.set(placeOf(row), [...(byPlace.get(placeOf(row)) ?? []), row]);
      for (const at of missing) {
        const one = cited[at]!;
        for (const row of byPlace.get(placeOf(one)) ?? []) {
          const before = found[at];
          if (!before || likeness(row, one) > likeness(before, one)) found[at] = row;
        }
      }
    }
  }
  return found;
}

/** Whether the row says what was cited, number by number. */
export function saysTheSame(row: Citation, cited: Citation): boolean {
  return (['fromUs', 'toUs', 'uid', 'sent', 'received'] as const).every((key) => row[key] === cited[key]);
}
