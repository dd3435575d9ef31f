import { byLane, filled, type LaneBars } from './bars.ts';
import type { EventChunk } from './event-chunk.ts';

/**
 * Columns of a mark, all whole numbers. count: how many contacts. first: the id of the earliest. peer: its number and 1; 0: several. country: its
 * number and 2; 1: several; 0: none known. sent, received: bytes and 1; 0: no contact tells any. open: bits. error: microseconds and 1; 0: not told.
 */
export const mark = {
  from: 0,
  to: 1,
  count: 2,
  first: 3,
  peer: 4,
  country: 5,
  sent: 6,
  received: 7,
  open: 8,
  error: 9,
} as const;
/** So many columns a mark has. */
export const MARK_COLUMNS = 10;
const FIRST_ROOM = 1024;

/** Which contacts of a chunk are taken, and what their series has for all of them. In chunks, bytes and errors are told as in a mark. */
export interface MarkChoice {
  /** By series: the number of its lane, or -1 where none of its contacts is taken. */
  readonly laneOf: Float64Array;
  /** By series, as in a mark. */
  readonly peerOf: Float64Array;
  readonly countryOf: Float64Array;
  readonly openOf: Float64Array;
  /** Taken: what ends after this, and starts before that. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly direction: 'sent' | 'received' | null;
  readonly minBytes: number | null;
}

/** What takes contacts of a chunk, and marks of tiles: `Marks`, or what only adds them up. */
export interface TakesContacts {
  /** The contacts `start` to `end` of a chunk, as far as they are chosen. */
  events(chunk: EventChunk, start: number, end: number, choice: MarkChoice): void;
  /** The marks `start` to `end` of some columns, all of one lane. */
  bars(lane: number, columns: readonly Float64Array[], start: number, end: number): void;
}

/** Whether a contact of a lane that is wanted is taken. */
export function isTaken(
  { fromUs, toUs, direction, minBytes }: MarkChoice,
  from: number,
  to: number,
  sent: number,
  received: number,
): boolean {
  if (to <= fromUs || from >= toUs) return false;
  // A byte more than none is told.
  if (direction !== null && (direction === 'sent' ? sent : received) < 2) return false;
  if (minBytes === null) return true;
  return sent + received > 0 && Math.max(0, sent - 1) + Math.max(0, received - 1) >= minBytes;
}

/**
 * Contacts as they are drawn: those of a lane that begin in one step and end in one are a single mark. Takes contacts, and marks of a step that
 * this one is a multiple of, in any order.
 */
export class Marks implements TakesContacts {
  readonly stepUs: number;
  columns: Float64Array[];
  lane: Int32Array;
  count = 0;
  readonly #lanes: number;
  #room: number;
  /** Steps in which marks begin and end. */
  #fromStep: Float64Array;
  #toStep: Float64Array;
  /** Where marks are found by lane and steps: 1 and the index, in the first free place from that of their hash on. */
  #places: Int32Array;
  /** By lane: the mark that was found last. Contacts come in order of time, and most join it. */
  readonly #latest: Int32Array;

  /** `room`: for so many marks memory is taken at once, a power of two. */
  constructor(stepUs: number, lanes: number, room = FIRST_ROOM) {
    this.stepUs = stepUs;
    this.#lanes = lanes;
    this.#room = room;
    this.columns = Array.from({ length: MARK_COLUMNS }, () => new Float64Array(room));
    this.lane = new Int32Array(room);
    this.#fromStep = new Float64Array(room);
    this.#toStep = new Float64Array(room);
    this.#places = new Int32Array(room * 2);
    this.#latest = new Int32Array(lanes).fill(-1);
  }

  /** Forgets all marks: the memory is used again. */
  reset(): void {
    this.count = 0;
    this.#places.fill(0);
    this.#latest.fill(-1);
  }

  events(chunk: EventChunk, start: number, end: number, choice: MarkChoice): void {
    const { from, length, series, sent, received, id, error } = chunk;
    const { laneOf, peerOf, countryOf, openOf } = choice;
    for (let i = start; i < end; i += 1) {
      const one = series[i]!;
      const lane = laneOf[one]!;
      if (!(lane >= 0)) continue;
      const f = from[i]!;
      const t = f + length[i]!;
      const s = sent[i]!;
      const r = received[i]!;
      if (!isTaken(choice, f, t, s, r)) continue;
      const before = this.count;
      const at = this.#at(lane, f, t);
      const c = this.columns;
      if (at === before) {
        c[0]![at] = f;
        c[1]![at] = t;
        c[2]![at] = 1;
        c[3]![at] = id[i]!;
        c[4]![at] = peerOf[one]!;
        c[5]![at] = countryOf[one]!;
        c[6]![at] = s;
        c[7]![at] = r;
        c[8]![at] = openOf[one]!;
        c[9]![at] = error[i]!;
      } else join(c, at, f, t, 1, id[i]!, peerOf[one]!, countryOf[one]!, s, r, openOf[one]!, error[i]!);
    }
  }

  bars(lane: number, c: readonly Float64Array[], start: number, end: number): void {
    for (let i = start; i < end; i += 1) this.bar(lane, c, i);
  }

  bar(lane: number, from: readonly Float64Array[], i: number): void {
    const f = from[0]![i]!;
    const t = from[1]![i]!;
    const before = this.count;
    const at = this.#at(lane, f, t);
    const c = this.columns;
    if (at === before) for (let n = 0; n < MARK_COLUMNS; n += 1) c[n]![at] = from[n]![i]!;
    else {
      const [, , count, first, peer, country, sent, received, open, error] = from;
      const [e, o] = [error![i]!, open![i]!];
      join(c, at, f, t, count![i]!, first![i]!, peer![i]!, country![i]!, sent![i]!, received![i]!, o, e);
    }
  }

  /** The mark of a lane that a contact with these ends belongs to; a new one is that of the last index. */
  #at(lane: number, from: number, to: number): number {
    const fromStep = Math.floor(from / this.stepUs);
    const toStep = to === from ? fromStep : Math.floor(to / this.stepUs);
    const latest = this.#latest[lane]!;
    if (latest >= 0 && this.#fromStep[latest] === fromStep && this.#toStep[latest] === toStep) return latest;
    const places = this.#places;
    const last = places.length - 1;
    let place = hash(lane, fromStep, toStep) & last;
    for (let held = places[place]!; held !== 0; held = places[place]!) {
      const at = held - 1;
      if (this.#fromStep[at] === fromStep && this.lane[at] === lane && this.#toStep[at] === toStep) {
        this.#latest[lane] = at;
        return at;
      }
      place = (place + 1) & last;
    }
    const at = this.count;
    if (at === this.#room) {
      this.#widen();
      return this.#at(lane, from, to);
    }
    places[place] = at + 1;
    this.lane[at] = lane;
    this.#fromStep[at] = fromStep;
    this.#toStep[at] = toStep;
    this.#latest[lane] = at;
    this.count = at + 1;
    return at;
  }

  #widen(): void {
    this.#room *= 2;
    this.columns = this.columns.map((column) => filled(new Float64Array(this.#room), column));
    this.lane = filled(new Int32Array(this.#room), this.lane);
    this.#fromStep = filled(new Float64Array(this.#room), this.#fromStep);
    this.#toStep = filled(new Float64Array(this.#room), this.#toStep);
    const places = new Int32Array(this.#room * 2);
    for (let at = 0; at < this.count; at += 1) {
      let place = hash(this.lane[at]!, this.#fromStep[at]!, this.#toStep[at]!) & (places.length - 1);
      while (places[place] !== 0) place = (place + 1) & (places.length - 1);
      places[place] = at + 1;
    }
    this.#places = places;
  }

  /** All marks lane by lane, in order of start and end. */
  lanes(): LaneBars[] {
    const [from, to] = this.columns as [Float64Array, Float64Array, ...Float64Array[]];
    const inOrder = (a: number, b: number) => from[a]! - from[b]! || to[a]! - to[b]!;
    return byLane(this.lane, this.count, this.#lanes).map(({ lane, order }) => {
      let ordered = true;
      for (let n = 1; n < order.length && ordered; n += 1) ordered = inOrder(order[n - 1]!, order[n]!) < 0;
      return { lane, order: ordered ? order : order.sort(inOrder) };
    });
  }
}

function hash(lane: number, fromStep: number, toStep: number): number {
  let mixed = Math.imul(lane + 1, 0x9e3779b1) ^ Math.imul(fromStep | 0, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) ^ Math.imul((toStep - fromStep) | 0, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
  return mixed ^ (mixed >>> 16);
}

/** Adds to the mark at `at` what is told in its columns' words. */
function join(
  c: readonly Float64Array[],
  at: number,
  from: number,
  to: number,
  count: number,
  first: number,
  peer: number,
  country: number,
  sent: number,
  received: number,
  open: number,
  error: number,
): void {
  const earliest = c[0]![at]!;
  // Of those that begin at the same time the one with the least id is told.
  if (from < earliest || (from === earliest && first < c[3]![at]!)) {
    c[0]![at] = from;
    c[3]![at] = first;
  }
  if (to > c[1]![at]!) c[1]![at] = to;
  c[2]![at]! += count;
  if (peer !== c[4]![at]!) c[4]![at] = 0;
  if (country !== c[5]![at]! && country !== 0) c[5]![at] = c[5]![at] === 0 ? country : 1;
  if (sent > 0) c[6]![at]! += c[6]![at]! > 0 ? sent - 1 : sent;
  if (received > 0) c[7]![at]! += c[7]![at]! > 0 ? received - 1 : received;
  c[8]![at]! |= open;
  if (error > c[9]![at]!) c[9]![at] = error;
}
