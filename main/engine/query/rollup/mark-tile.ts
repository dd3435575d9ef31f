import type { LaneBars } from './bars.ts';
import { MARK_COLUMNS, type Marks, mark } from './marks.ts';
import { joinedBlocks, NarrowColumns, packNarrow } from './narrow-columns.ts';
import type { PackedTile } from './tile.ts';

/** Columns of what stands first: the number of each lane, and how many marks it has. */
const LANES = { lane: 0, count: 1 } as const;

/** Marks as bytes: which lanes there are, then the marks lane by lane, column by column; ends are told as lengths. */
export function packMarks(marks: Marks, lanes: readonly LaneBars[]): PackedTile {
  const count = lanes.reduce((sum, { order }) => sum + order.length, 0);
  const order = new Int32Array(count);
  let written = 0;
  for (const one of lanes) {
    order.set(one.order, written);
    written += one.order.length;
  }
  const columns = marks.columns.map((all) => {
    const column = new Float64Array(count);
    for (let n = 0; n < count; n += 1) column[n] = all[order[n]!]!;
    return column;
  });
  const [from, to] = [columns[mark.from]!, columns[mark.to]!];
  for (let n = 0; n < count; n += 1) to[n]! -= from[n]!;
  const [numbers, counts] = [lanes.map(({ lane }) => lane), lanes.map((one) => one.order.length)];
  const head = packNarrow([Float64Array.from(numbers), Float64Array.from(counts)], lanes.length);
  const body = packNarrow(columns, count);
  return { bytes: joinedBlocks([head, body]), bars: count };
}

/** Reads tiles into the same memory one after another. */
export class MarkReader {
  #room = 0;
  #columns: Float64Array[] = [];

  /** Gives `take` the marks of each lane that has a place, and not -1: columns as `Marks` has them, good until it answers. */
  tile(
    bytes: Uint8Array,
    places: Int32Array,
    take: (lane: number, columns: readonly Float64Array[], count: number) => void,
  ): void {
    const head = new NarrowColumns(bytes);
    const body = new NarrowColumns(bytes, head.end);
    const [numbers, counts] = [new Float64Array(head.count), new Float64Array(head.count)];
    head.read(LANES.lane, numbers);
    head.read(LANES.count, counts);
    let start = 0;
    for (const [n, lane] of numbers.entries()) {
      const end = start + counts[n]!;
      if (places[lane]! >= 0 && end <= body.count) take(lane, this.#read(body, start, end), end - start);
      start = end;
    }
  }

  #read(body: NarrowColumns, start: number, end: number): readonly Float64Array[] {
    if (end - start > this.#room) {
      this.#room = 2 * (end - start);
      this.#columns = Array.from({ length: MARK_COLUMNS }, () => new Float64Array(this.#room));
    }
    for (const [n, column] of this.#columns.entries()) body.read(n, column, start, end);
    const [from, to] = [this.#columns[mark.from]!, this.#columns[mark.to]!];
    for (let i = 0; i < end - start; i += 1) to[i]! += from[i]!;
    return this.#columns;
  }
}
