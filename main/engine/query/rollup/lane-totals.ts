import type { EventChunk } from './event-chunk.ts';
import { isTaken, type MarkChoice, mark, type TakesContacts } from './marks.ts';

/** Contacts by lane, added up only: how many, the first start and the last end. */
export class LaneTotals implements TakesContacts {
  readonly count: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;

  constructor(lanes: number) {
    this.count = new Float64Array(lanes);
    this.first = new Float64Array(lanes).fill(Number.POSITIVE_INFINITY);
    this.last = new Float64Array(lanes);
  }

  events({ from, length, series, sent, received }: EventChunk, start: number, end: number, choice: MarkChoice): void {
    for (let i = start; i < end; i += 1) {
      const lane = choice.laneOf[series[i]!]!;
      if (!(lane >= 0)) continue;
      const f = from[i]!;
      const t = f + length[i]!;
      if (isTaken(choice, f, t, sent[i]!, received[i]!)) this.#add(lane, 1, f, t);
    }
  }

  bars(lane: number, columns: readonly Float64Array[], start: number, end: number): void {
    const [from, to, count] = [columns[mark.from]!, columns[mark.to]!, columns[mark.count]!];
    for (let i = start; i < end; i += 1) this.#add(lane, count[i]!, from[i]!, to[i]!);
  }

  #add(lane: number, count: number, from: number, to: number): void {
    this.count[lane]! += count;
    if (from < this.first[lane]!) this.first[lane] = from;
    if (to > this.last[lane]!) this.last[lane] = to;
  }
}
