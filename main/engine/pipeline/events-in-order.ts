import type { WriteCase } from '../ports/case-handle.ts';
import { NETSTATS_ERROR_US } from '../query/events.ts';
import {
  columnsOf,
  type EventChunk,
  type EventColumns,
  emptyChunk,
  packChunk,
  unpackChunk,
} from '../query/rollup/event-chunk.ts';
import { NumberWriter } from '../query/rollup/number-bytes.ts';

/** Ids that are asked for at once. */
const PAGE = 20_000;
/** About so many events are sorted at once: 30 MB. */
const PART = 500_000;
/** So many wait for their part to be sorted before they are put aside. */
const WAITING = 32_768;
/** The span is looked at in so many equal steps to part it. */
const STEPS = 8192;
const DIGITS = 2 ** 16;

const columns = ['id', 'series', 'from_us', 'to_us - from_us', 'sent', 'received'];
const READ = `SELECT json_array(${columns.map((name) => `json_group_array(${name})`).join(', ')},
    json_group_array(json_array(id, error_us)) FILTER (WHERE error_us IS NOT NULL)) page
  FROM volume WHERE id > ?1 AND id <= ?1 + ${PAGE} AND counted = 1`;

/** A chunk of twice the room with the same events. */
export function widened(chunk: EventChunk): EventColumns {
  const wider = emptyChunk(chunk.from.length * 2);
  const from = columnsOf(chunk);
  for (const [n, column] of columnsOf(wider).entries()) column.set(from[n]!);
  wider.count = chunk.count;
  return wider;
}

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

/** Counted events in the order of their ids, a page at a time; the next is read while one is worked on. */
async function* inOrderOfId(write: WriteCase): AsyncGenerator<Page> {
  const last = (await write.get<{ id: number | null }>('SELECT max(id) id FROM volume'))?.id ?? 0;
  const ask = (after: number) => write.get<{ page: string }>(READ, [after]);
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

/** Where the span of starts is parted, so that about as many events start in each part: first starts of the parts. */
async function partsOf(write: WriteCase): Promise<{ starts: readonly number[]; rows: number }> {
  const all = await write.get<{ first: number | null; last: number; n: number }>(
    'SELECT min(from_us) first, max(from_us) last, (SELECT count(*) FROM volume) n FROM volume',
  );
  if (all?.first == null) return { starts: [], rows: 0 };
  const starts = [all.first];
  if (all.n <= PART * 1.5) return { starts, rows: all.n };
  const step = Math.max(1, Math.ceil((all.last - all.first) / STEPS));
  const rows = await write.all<{ step: number; n: number }>(
    'SELECT (from_us - ?1) / CAST(?2 AS INTEGER) step, count(*) n FROM volume GROUP BY step ORDER BY step',
    [all.first, step],
  );
  let held = 0;
  for (const row of rows) {
    if (held >= PART) {
      starts.push(all.first + Math.floor(row.step) * step);
      held = 0;
    }
    held += row.n;
  }
  return { starts, rows: all.n };
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

/**
 * All counted events in order of start and id, as columns with the order to take them in. More than fit into memory are put aside meanwhile,
 * packed, in a table of their own that nobody else sees.
 */
export async function* eventsInOrder(write: WriteCase): AsyncGenerator<readonly [EventChunk, Uint32Array]> {
  const { starts, rows: most } = await partsOf(write);
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
  for await (const page of inOrderOfId(write)) {
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
  for (const [part, waiting] of parts.entries()) {
    if (starts.length === 1) {
      yield [waiting, byStart(waiting)];
      continue;
    }
    await putAside(part);
    const rows = await write.all<{ events: number; data: Uint8Array }>(
      'SELECT events, data FROM aside WHERE part = ? ORDER BY id',
      [part],
    );
    const whole = emptyChunk(rows.reduce((sum, { events }) => sum + events, 0));
    for (const { data } of rows) {
      const from = columnsOf(unpackChunk(data, waiting));
      for (const [n, column] of columnsOf(whole).entries())
        column.set(from[n]!.subarray(0, waiting.count), whole.count);
      whole.count += waiting.count;
    }
    yield [whole, byStart(whole)];
  }
  if (starts.length > 1) await write.run('DROP TABLE aside');
}
