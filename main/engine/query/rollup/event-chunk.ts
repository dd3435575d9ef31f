import { unitOf } from '../../../../shared/timeline/time-unit.ts';
import { NumberReader, type NumberWriter } from './number-bytes.ts';

/** As many counted events as one chunk holds at most. */
export const CHUNK_EVENTS = 8192;

/** Counted intervals as parallel columns, in order of start, end and id. Microseconds and bytes; a byte that is not known is 0. */
export interface EventChunk {
  readonly count: number;
  readonly from: Float64Array;
  readonly length: Float64Array;
  readonly series: Float64Array;
  readonly sent: Float64Array;
  readonly received: Float64Array;
  readonly id: Float64Array;
  /** How far either end may lie from where it stands. */
  readonly error: Float64Array;
}

/** A chunk that is being filled. */
export type EventColumns = { -readonly [K in keyof EventChunk]: EventChunk[K] };

/** All columns of a chunk. */
export const columnsOf = ({ from, length, series, sent, received, id, error }: EventChunk): readonly Float64Array[] => [
  from,
  length,
  series,
  sent,
  received,
  id,
  error,
];

/** Room for a chunk. */
export function emptyChunk(room: number): EventColumns {
  const column = () => new Float64Array(room);
  return {
    count: 0,
    from: column(),
    length: column(),
    series: column(),
    sent: column(),
    received: column(),
    id: column(),
    error: column(),
  };
}

/** Room for the chunk that is read just now. All questions share it: who unpacks one waits for nothing until it is drawn. */
export const sharedRoom = emptyChunk(CHUNK_EVENTS);

/** A chunk of twice the room with the same events. */
export function widened(chunk: EventChunk): EventColumns {
  const wider = emptyChunk(chunk.from.length * 2);
  const from = columnsOf(chunk);
  for (const [n, column] of columnsOf(wider).entries()) column.set(from[n]!);
  wider.count = chunk.count;
  return wider;
}

/** Puts one event of a chunk at a place of another. Column by column, because it is asked of every event. */
export function copyEvent(events: EventChunk, from: number, into: EventColumns, at: number): void {
  into.from[at] = events.from[from]!;
  into.length[at] = events.length[from]!;
  into.series[at] = events.series[from]!;
  into.sent[at] = events.sent[from]!;
  into.received[at] = events.received[from]!;
  into.id[at] = events.id[from]!;
  into.error[at] = events.error[from]!;
}

/**
 * Writes a chunk: its count, its first start and the unit of time, then column by column (`number-bytes.ts`); starts, lengths, ids and errors as
 * differences, of which starts and lengths are in the longest unit that all of them are whole numbers of.
 */
export function packChunk(chunk: EventChunk, writer: NumberWriter): Uint8Array {
  const { count } = chunk;
  const first = chunk.from[0] ?? 0;
  const unit = unitOf([chunk.from, chunk.length], count);
  writer.number(count);
  writer.number(first);
  writer.number(unit);
  writer.differences(chunk.from, count, first, unit);
  writer.differences(chunk.length, count, 0, unit);
  writer.column(chunk.series, count);
  writer.column(chunk.sent, count);
  writer.column(chunk.received, count);
  writer.differences(chunk.id, count, 0);
  writer.differences(chunk.error, count, 0);
  return writer.take();
}

/** Reads what `packChunk` wrote, into `room` where that is large enough. Bytes of another form give wrong numbers; their check is the case's `verify`. */
export function unpackChunk(bytes: Uint8Array, room?: EventColumns): EventColumns {
  const reader = new NumberReader(bytes);
  const count = Math.min(reader.number(), bytes.length);
  const first = reader.number();
  const unit = reader.number();
  const chunk = room && room.from.length >= count ? room : emptyChunk(count);
  chunk.count = count;
  reader.differences(chunk.from, count, first, unit);
  reader.differences(chunk.length, count, 0, unit);
  reader.column(chunk.series, count);
  reader.column(chunk.sent, count);
  reader.column(chunk.received, count);
  reader.differences(chunk.id, count, 0);
  reader.differences(chunk.error, count, 0);
  return chunk;
}

/** Which power of four a length lies at: events of one class are no more than four times as long as each other. An instant is of class 0. */
export function lengthClass(us: number): number {
  if (us < 1) return 0;
  const bits = us < 2 ** 31 ? 31 - Math.clz32(us) : 62 - Math.clz32(Math.floor(us / 2 ** 31));
  return bits >> 1;
}
