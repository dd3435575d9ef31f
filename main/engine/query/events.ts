import { isoOf, MINUTE } from '../../../shared/base/time.ts';
import type { EventFilter, EventView } from '../../../shared/types/event.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { appIs, Clauses, type Condition } from './clauses.ts';
import {
  type ContactRow,
  contactColumns,
  contactCondition,
  contactTables,
  contactTablesFor,
  contactView,
} from './contacts.ts';
import type { Dictionary } from './dictionary.ts';
import { appFields, directionOf, networkField, nobody, truth } from './event-fields.ts';
import { volumeCondition, volumeTables } from './filter.ts';
import { type LookUpRow, lookUpCondition, lookUpTables, lookUpView } from './look-ups.ts';

/** A poll of the counters comes at the latest every 30 minutes, and its bytes may stand in the bucket beside. */
export const NETSTATS_ERROR_US = 30 * MINUTE;

export interface VolumeRow {
  readonly id: number;
  readonly series: number;
  readonly from_us: number;
  readonly to_us: number;
  readonly sent: number | null;
  readonly received: number | null;
  readonly sent_packets: number | null;
  readonly received_packets: number | null;
  readonly counted: number;
  readonly superseded: number;
  readonly line: number | null;
  readonly offset: number | null;
  /** Null: what is usual for netstats. */
  readonly error_us: number | null;
}

interface ContextRow {
  readonly id: number;
  readonly kind: string;
  readonly from_us: number;
  readonly to_us: number;
  readonly error_us: number | null;
  readonly uid: number | null;
  readonly name: string;
  readonly detail: string | null;
  readonly section: number | null;
  readonly evidence: string | null;
  readonly line: number | null;
  readonly offset: number | null;
}

/** A volume row in the words of the contract. Bytes as the phone said them; null where it said nothing. */
export function volumeView(row: VolumeRow, dictionary: Dictionary): EventView {
  const series = dictionary.series.get(row.series);
  const network = series && dictionary.networks.get(series.network);
  const section = series && dictionary.sections.get(series.section);
  return {
    id: `v${row.id}`,
    kind: 'volume',
    from: isoOf(row.from_us),
    to: isoOf(row.to_us),
    errorUs: row.error_us ?? NETSTATS_ERROR_US,
    ...nobody,
    ...(series ? appFields(series.uid, dictionary) : {}),
    direction: directionOf(row.sent, row.received),
    sent: row.sent,
    received: row.received,
    sentPackets: row.sent_packets,
    receivedPackets: row.received_packets,
    foreground: series ? truth(series.foreground) : null,
    tag: series?.tag ?? null,
    network: networkField(network),
    evidence: { id: section?.evidence ?? '', section: section?.name ?? '', line: row.line, offset: row.offset },
    counted: row.counted === 1,
  };
}

function contextView(row: ContextRow, dictionary: Dictionary): EventView {
  const section = row.section === null ? undefined : dictionary.sections.get(row.section);
  return {
    id: `x${row.id}`,
    kind: 'context',
    from: isoOf(row.from_us),
    to: isoOf(row.to_us),
    errorUs: row.error_us,
    ...nobody,
    ...(row.uid === null ? { app: row.name } : appFields(row.uid, dictionary)),
    evidence: {
      id: section?.evidence ?? row.evidence ?? '',
      section: section?.name ?? row.kind,
      line: row.line,
      offset: row.offset,
    },
    counted: false,
  };
}

const VOLUME_COLUMNS = `v.id, v.series, v.from_us, v.to_us, v.sent, v.received, v.sent_packets, v.received_packets, v.counted, v.superseded, v.line, v.offset, v.error_us`;

/** One volume event by its number, or undefined. */
export async function volumeRow(read: ReadCase, id: number): Promise<VolumeRow | undefined> {
  return read.get<VolumeRow>(`SELECT ${VOLUME_COLUMNS} FROM volume v WHERE v.id = ?`, [id]);
}

/** One context event by its number, as the contract shows it, or undefined. */
export async function contextEvent(read: ReadCase, dictionary: Dictionary, id: number): Promise<EventView | undefined> {
  const row = await read.get<ContextRow>(`SELECT * FROM context WHERE id = ?`, [id]);
  return row && contextView(row, dictionary);
}

/** Context events that a filter lets through: those without an app fall to any filter on apps, bytes or networks. */
async function contextRows(read: ReadCase, filter: EventFilter): Promise<ContextRow[]> {
  const narrow: (keyof EventFilter)[] = [
    'direction',
    'backgroundOnly',
    'optionalOnly',
    'network',
    'service',
    'country',
    'state',
    'organisation',
    'host',
    'minBytes',
    'countedOnly',
  ];
  if (
    (filter.kind !== undefined && filter.kind !== 'context') ||
    narrow.some((key) => filter[key] !== undefined && filter[key] !== false)
  )
    return [];
  const clauses = new Clauses(filter);
  clauses.span('c.to_us >=', 'c.from_us <');
  if (filter.uid !== undefined) clauses.add('c.uid = ?', filter.uid);
  if (filter.app !== undefined) clauses.add(`(${appIs})`, filter.app, filter.app);
  if (filter.text) {
    clauses.add(
      "(instr(lower(c.name), lower(?)) > 0 OR instr(lower(coalesce(c.detail, '')), lower(?)) > 0)",
      filter.text,
      filter.text,
    );
  }
  const { sql, params } = clauses.condition(false);
  return read.all<ContextRow>(
    `SELECT c.* FROM context c LEFT JOIN app a ON a.uid = c.uid WHERE 1${sql} ORDER BY c.from_us, c.id`,
    params,
  );
}

const PAGE = 5000;

/** Rows of one table in the order of their time, page after page, each as an event with its time. */
async function* inTime<R extends { readonly id: number; readonly from_us: number }>(
  read: ReadCase,
  from: { readonly columns: string; readonly tables: string; readonly alias: string; readonly condition: Condition },
  view: (row: R) => EventView,
): AsyncGenerator<{ readonly at: number; readonly event: EventView }> {
  const { columns, tables, alias, condition } = from;
  if (condition.nothing) return;
  let after = { from: Number.MIN_SAFE_INTEGER, id: 0 };
  for (;;) {
    const rows = await read.all<R>(
      `SELECT ${columns} FROM ${tables} WHERE (${alias}.from_us, ${alias}.id) > (?, ?)${condition.sql} ORDER BY ${alias}.from_us, ${alias}.id LIMIT ${PAGE}`,
      [after.from, after.id, ...condition.params],
    );
    for (const row of rows) yield { at: row.from_us, event: view(row) };
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = { from: last.from_us, id: last.id };
  }
}

const volumes = (condition: Condition) => ({ columns: VOLUME_COLUMNS, tables: volumeTables, alias: 'v', condition });
const contacts = (condition: Condition) => ({ columns: contactColumns, tables: contactTables, alias: 'c', condition });
type Table = ReturnType<typeof contacts>;
const lookUps = (condition: Condition) => ({ columns: 'l.*', tables: lookUpTables, alias: 'l', condition });

/** All events that a filter lets through, in time order, in pages: memory stays flat. */
export async function* eventStream(
  read: ReadCase,
  dictionary: Dictionary,
  filter: EventFilter,
): AsyncGenerator<EventView[]> {
  const context = await contextRows(read, filter);
  async function* happenings() {
    for (const row of context) yield { at: row.from_us, event: contextView(row, dictionary) };
  }
  // Of one moment context comes first, then bytes, contacts and look-ups.
  const streams = [
    happenings(),
    inTime<VolumeRow>(read, volumes(volumeCondition(filter)), (row) => volumeView(row, dictionary)),
    inTime<ContactRow>(read, contacts(contactCondition(filter)), (row) => contactView(row, dictionary)),
    inTime<LookUpRow>(read, lookUps(lookUpCondition(filter)), (row) => lookUpView(row, dictionary)),
  ];
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  let page: EventView[] = [];
  for (;;) {
    let first = -1;
    for (const [at, head] of heads.entries()) {
      if (!head.done && (first < 0 || head.value.at < heads[first]!.value!.at)) first = at;
    }
    if (first < 0) break;
    page.push(heads[first]!.value!.event);
    heads[first] = await streams[first]!.next();
    if (page.length >= PAGE) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

/** One page for a table on the screen, and how many there are in all. */
export async function eventPage(
  read: ReadCase,
  dictionary: Dictionary,
  filter: EventFilter,
  limit: number,
  offset: number,
): Promise<{ events: EventView[]; total: number }> {
  const context = await contextRows(read, filter);
  const counted = async ({ tables, condition }: Omit<Table, 'columns' | 'alias'>) =>
    condition.nothing
      ? 0
      : ((await read.get<{ n: number }>(`SELECT count(*) n FROM ${tables} WHERE 1${condition.sql}`, condition.params))
          ?.n ?? 0);
  const part = <R>({ columns, tables, alias, condition }: Table, most: number, from: number) =>
    read.all<R>(
      `SELECT ${columns} FROM ${tables} WHERE 1${condition.sql} ORDER BY ${alias}.from_us, ${alias}.id LIMIT ? OFFSET ?`,
      [...condition.params, most, from],
    );
  const [bytes, peers] = [volumes(volumeCondition(filter)), contacts(contactCondition(filter))];
  const names = lookUps(lookUpCondition(filter));
  const ofBytes = await counted(bytes);
  const ofPeers = await counted({ ...peers, tables: contactTablesFor(peers.condition.sql) });
  const ofNames = await counted(names);
  // Volume events first, then contacts, look-ups and the few context events: a page of a table needs no merge in time.
  const events: EventView[] = [];
  let before = 0;
  const fill = async <R>(from: ReturnType<typeof volumes>, count: number, view: (row: R) => EventView) => {
    const start = Math.max(0, offset - before);
    before += count;
    if (events.length >= limit || start >= count) return;
    for (const row of await part<R>(from, limit - events.length, start)) events.push(view(row));
  };
  await fill<VolumeRow>(bytes, ofBytes, (row) => volumeView(row, dictionary));
  await fill<ContactRow>(peers, ofPeers, (row) => contactView(row, dictionary));
  await fill<LookUpRow>(names, ofNames, (row) => lookUpView(row, dictionary));
  const start = Math.max(0, offset - before);
  events.push(...context.slice(start, start + limit - events.length).map((row) => contextView(row, dictionary)));
  return { events, total: before + context.length };
}
