import type { ContactColumns } from '../../../../shared/types/timeline.ts';
import { type Marks, mark } from './marks.ts';
import type { LaneKey } from './volume-lanes.ts';

/** What the numbers of marks stand for. */
export interface MarkWords {
  readonly peers: readonly LaneKey[];
  readonly places: readonly LaneKey[];
}

const known = (value: number) => (value === 0 ? null : value - 1);

/** Marks of one lane as the window is told them. */
export function markColumns(marks: Marks, order: Int32Array, { peers, places }: MarkWords): ContactColumns {
  const values = <T>(at: number, of: (value: number) => T): T[] => {
    const column = marks.columns[at]!;
    const made = new Array<T>(order.length);
    for (let n = 0; n < order.length; n += 1) made[n] = of(column[order[n]!]!);
    return made;
  };
  // Without a call for each: a window has hundreds of thousands of numbers.
  const numbers = (at: number): number[] => {
    const column = marks.columns[at]!;
    const made = new Array<number>(order.length);
    for (let n = 0; n < order.length; n += 1) made[n] = column[order[n]!]!;
    return made;
  };
  const any = (at: number): boolean => {
    const column = marks.columns[at]!;
    return order.some((one) => column[one]! > 0);
  };
  return {
    from: numbers(mark.from),
    to: numbers(mark.to),
    count: numbers(mark.count),
    first: values(mark.first, (id) => `c${id}`),
    peer: values(mark.peer, (peer) => (peer === 0 ? null : (peers[peer - 1] as string))),
    country: values(mark.country, (place) => (place < 2 ? null : (places[place - 2] as string))),
    ...((any(mark.sent) || any(mark.received)) && {
      sent: values(mark.sent, known),
      received: values(mark.received, known),
    }),
    ...(any(mark.open) && { open: numbers(mark.open) }),
    ...(any(mark.error) && { error: values(mark.error, known) }),
  };
}
