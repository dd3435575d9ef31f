import type { WriteCase } from '../ports/case-handle.ts';
import { NETSTATS_ERROR_US } from '../query/events.ts';
import {
  columnsOf,
  copyEvent,
  type EventChunk,
  type EventColumns,
  emptyChunk,
  packChunk,
  unpackChunk,
} from '../query/rollup/event-chunk.ts';
import { NumberWriter } from '../query/rollup/number-bytes.ts';
import type { ComingEvents } from './coming-events.ts';

/** Ids that are asked for at once. */
const PAGE = 20_000;
/** About so many events are sorted at once: 70 MB. */
const PART = 1_000_000;
/** So many are held and sorted as one part. */
export const HELD_EVENTS = 1_500_000;
/** So many wait for their part to be sorted before they are put aside. */
const WAITING = 32_768;
/** The starts of so many events tell where to part the span. */
const SAMPLE = 8192;
const DIGITS = 2 ** 16;

const columns = ['id', 'series', 'from_us', 'to_us - from_us', 'sent', 'received'];
const READ = `SELECT json_array(${columns.map((name) => `json_group_array(${name})`).join(', ')},
    json_group_array(json_array(id, error_us)) FILTER (WHERE error_us IS NOT NULL)) page
  FROM volume WHERE id > ?1 AND id <= min(?1 + ${PAGE}, ?2) AND counted = 1`;

/** A page of counted events as it was read. What the phone did not say is null. */
interface Page {
  readonly id: readonly number[];
  readonly series: readonly number[];
  readonly from: readonly number[];
  readonly length: readonly number[];
  readonly sent: readonly (number | null)[];
  readonly received: readonly (number | null)[];
  /** How far ends may lie off, by id, where an event tells it; null: none of the page does. */
  readonly errors: ReadonlyMap<number, number> | null;
}

/** Counted events up to an id, in the order of ids, a page at a time; the next is read while one is worked on. */
async function* inOrderOfId(write: WriteCase, last: number): AsyncGenerator<Page> {
  if (last < 1) return;
  const ask = (after: number) => write.get<{ page: string }>(READ, [after, last]);
  let next = ask(0);
  for (let after = 0; after < last; after += PAGE) {
    const page = JSON.parse((await next)!.page) as [
      number[],
      number[],
      number[],
      number[],
      (number | null)[],
      (number | null)[],
      [number, number][] | null,
    ];
    if (after + PAGE < last) next = ask(after + PAGE);
    const [id, series, from, length, sent, received, errors] = page;
    yield { id, series, from, length, sent, received, errors: errors && errors.length > 0 ? new Map(errors) : null };
  }
}

interface Parts {
  readonly starts: readonly number[];
  /** How many rows there are, and the id of the last. */
  readonly rows: number;
  readonly last: number;
}

/** Where the span of starts is parted, so that about as many events start in each part: first starts of the parts. */
async function partsOf(write: WriteCase): Promise<Parts> {
  // Each by itself, both are read off an index; together they take all rows.
  const all = (await write.get<{ last: number | null; n: number }>(
    'SELECT (SELECT max(id) FROM volume) last, (SELECT count(*) FROM volume) n',
  ))!;
  const [last, rows] = [all.last ?? 0, all.n];
  if (rows <= HELD_EVENTS) return { starts: [0], rows, last };
  const sample = Array.from({ length: SAMPLE }, (_, n) => Math.ceil(((n + 1) * last) / SAMPLE));
  const found = await write.all<{ start: number }>(
    'SELECT from_us start FROM volume WHERE id IN (SELECT value FROM json_each(?)) ORDER BY start',
    [JSON.stringify(sample)],
  );
  const many = Math.ceil(rows / PART);
  const starts = Array.from({ length: many }, (_, n) => found[Math.floor((n * found.length) / many)]?.start ?? 0);
  return { starts: [0, ...new Set(starts.slice(1))], rows, last };
}

/** Order of the events by start; those of one start stay in theirs. Sorts by digits of sixteen bits, the lowest first. */
export function byStart(chunk: EventChunk): Uint32Array {
  const { count, from } = chunk;
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  let sorted = true;
  for (let i = 0; i < count; i += 1) {
    const one = from[i]!;
    if (one < last) sorted = false;
    if (one < first) first = one;
    if (one > last) last = one;
  }
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  if (sorted) return order;
  let other = new Uint32Array(count);
  const [low, high] = [new Uint32Array(count), new Uint32Array(count)];
  for (let i = 0; i < count; i += 1) {
    low[i] = from[i]! - first;
    high[i] = (from[i]! - first) / 2 ** 32;
  }
  const digits = [low, low, high, high];
  for (let n = 0; n < digits.length && DIGITS ** n <= last - first; n += 1) {
    const [values, shift] = [digits[n]!, n % 2 === 0 ? 0 : 16];
    const places = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < count; i += 1) places[((values[i]! >>> shift) & 0xffff) + 1]! += 1;
    for (let digit = 0; digit < DIGITS; digit += 1) places[digit + 1]! += places[digit]!;
    for (let i = 0; i < count; i += 1) {
      const one = order[i]!;
      const digit = (values[one]! >>> shift) & 0xffff;
      other[places[digit]!] = one;
      places[digit]! += 1;
    }
    [order, other] = [other, order];
  }
  return order;
}

/** Counted events in order of start and id, part by part: columns, with the order to take them in. */
export type EventsInOrder = AsyncIterable<readonly [EventChunk, Uint32Array]>;

/** Adds those that count of some rows that the case holds behind the others. */
async function addCounted(write: WriteCase, rows: EventChunk, to: EventColumns): Promise<EventChunk> {
  const found = await write.get<{ ids: string }>(
    'SELECT json_group_array(id) ids FROM volume WHERE id >= ? AND counted = 0',
    [rows.id[0]!],
  );
  const without = new Set<number>(JSON.parse(found!.ids) as number[]);
  if (to.count === 0 && without.size === 0) return rows;
  for (let i = 0; i < rows.count; i += 1) {
    if (without.has(rows.id[i]!)) continue;
    copyEvent(rows, i, to, to.count);
    to.count += 1;
  }
  return to;
}

/**
 * Reads all counted events, and answers them in order. `coming`: the last rows of the case, as they came. More than fit into memory are put
 * aside meanwhile, packed, in a table of their own that nobody else sees, and which is gone once all parts are taken.
 */
export async function gatherEvents(write: WriteCase, coming: ComingEvents | null): Promise<EventsInOrder> {
  const { starts, rows: most, last } = await partsOf(write);
  const held = coming?.take() ?? null;
  const behind = starts.length === 1 ? held : null;
  const parts = starts.map(() => emptyChunk(starts.length === 1 ? most : WAITING));
  if (starts.length > 1) {
    await write.run(
      'CREATE TEMP TABLE aside (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, events INTEGER NOT NULL, data BLOB NOT NULL)',
    );
  }
  const writer = new NumberWriter();
  const putAside = async (part: number) => {
    const waiting = parts[part]!;
    if (waiting.count === 0) return;
    await write.run('INSERT INTO aside (part, events, data) VALUES (?, ?, ?)', [
      part,
      waiting.count,
      packChunk(waiting, writer),
    ]);
    waiting.count = 0;
  };
  for await (const page of inOrderOfId(write, behind ? behind.id[0]! - 1 : last)) {
    const { id, series, from, length, sent, received, errors } = page;
    let part = 0;
    for (let n = 0; n < id.length; n += 1) {
      const start = from[n]!;
      while (part + 1 < starts.length && starts[part + 1]! <= start) part += 1;
      while (part > 0 && starts[part]! > start) part -= 1;
      const into = parts[part]!;
      if (into.count === into.from.length) await putAside(part);
      const at = into.count;
      into.id[at] = id[n]!;
      into.series[at] = series[n]!;
      into.from[at] = start;
      into.length[at] = length[n]!;
      into.sent[at] = sent[n] ?? 0;
      into.received[at] = received[n] ?? 0;
      into.error[at] = errors?.get(id[n]!) ?? NETSTATS_ERROR_US;
      into.count = at + 1;
    }
  }
  if (starts.length === 1) return inParts([behind ? await addCounted(write, behind, parts[0]!) : parts[0]!]);
  for (const part of parts.keys()) await putAside(part);
  return partsAside(write, parts.length);
}

async function* inParts(parts: readonly EventChunk[]): EventsInOrder {
  for (const part of parts) yield [part, byStart(part)];
}

async function* partsAside(write: WriteCase, parts: number): EventsInOrder {
  const room = emptyChunk(WAITING);
  for (let part = 0; part < parts; part += 1) {
    const rows = await write.all<{ events: number; data: Uint8Array }>(
      'SELECT events, data FROM aside WHERE part = ? ORDER BY id',
      [part],
    );
    const whole = emptyChunk(rows.reduce((sum, { events }) => sum + events, 0));
    for (const { data } of rows) {
      const piece = unpackChunk(data, room);
      const from = columnsOf(piece);
      for (const [n, column] of columnsOf(whole).entries()) column.set(from[n]!.subarray(0, piece.count), whole.count);
      whole.count += piece.count;
    }
    yield [whole, byStart(whole)];
  }
  await write.run('DROP TABLE aside');
}
