import type { NumberColumns } from '../../../../shared/timeline/packed.ts';
import { BAR_COLUMNS, type Bars, bar, mergeBar, rate } from './bars.ts';
import type { Stretch } from './chunk-list.ts';
import type { Tile, TileLane } from './tile.ts';

/** Bars of one lane of a tile that start in a stretch. `stepUs`: the step of the tile. */
export interface LanePart {
  readonly tile: Tile;
  readonly lane: TileLane;
  readonly part: Stretch;
  readonly stepUs: number;
}

/** The bars of a lane as they are told: bytes an hour in place of what the peaks are made of. */
export interface LaneColumns extends NumberColumns {
  readonly peakSent: ArrayLike<number>;
  readonly peakReceived: ArrayLike<number>;
  readonly error: ArrayLike<number>;
  /** Some bar stands for several intervals. */
  readonly merged: boolean;
}

/** Makes the bars of one lane after another, always in the same memory. */
export class LaneAssembly {
  readonly #stepUs: number;
  readonly #bars: Bars;
  #into: Float64Array[] = [];
  #room = 0;
  #count = 0;
  /** The latest bar that others may join, and its step. */
  #last = -1;
  #lastStep = Number.NaN;

  /** `bars`: those of events, which start in no part of a tile. */
  constructor(stepUs: number, bars: Bars) {
    this.#stepUs = stepUs;
    this.#bars = bars;
  }

  /**
   * Parts of tiles in order of time, and between them bars of events. What is shorter than a step is merged with what starts in
   * the same step. The answer is good until the next call.
   */
  lane(parts: readonly LanePart[], order: Int32Array): LaneColumns {
    const needed = parts.reduce((sum, { lane }) => sum + lane.count, order.length);
    if (needed > this.#room) {
      this.#room = Math.max(needed, 2 * this.#room);
      this.#into = Array.from({ length: BAR_COLUMNS }, () => new Float64Array(this.#room));
    }
    this.#count = 0;
    this.#lastStep = Number.NaN;
    const ofEvents = this.#bars.columns;
    const starts = ofEvents[bar.from]!;
    let next = 0;
    for (const one of parts) {
      for (; next < order.length && starts[order[next]!]! < one.part.fromUs; next += 1)
        this.#add(ofEvents, order[next]!);
      this.#part(one);
    }
    for (; next < order.length; next += 1) this.#add(ofEvents, order[next]!);
    return told(this.#into, this.#count);
  }

  #part({ tile, lane, part, stepUs }: LanePart): void {
    const into = this.#into;
    const at = this.#count;
    const end = at + tile.read(lane, part, into, at);
    // Where the step is the same, nothing is left to merge: steps do not lie across the edges of a part.
    if (stepUs === this.#stepUs) this.#count = end;
    else for (let index = at; index < end; index += 1) this.#add(into, index);
  }

  /** Adds a bar, which may stand further back in the same columns. */
  #add(columns: readonly Float64Array[], index: number): void {
    const into = this.#into;
    const count = this.#count;
    const from = columns[bar.from]![index]!;
    if (columns[bar.merged]![index] === 1 || columns[bar.to]![index]! - from < this.#stepUs) {
      const step = Math.floor(from / this.#stepUs);
      if (step === this.#lastStep) {
        mergeBar(into, this.#last, columns, index);
        return;
      }
      this.#last = count;
      this.#lastStep = step;
    }
    if (into !== columns || index !== count) {
      for (let n = 0; n < BAR_COLUMNS; n += 1) into[n]![count] = columns[n]![index]!;
    }
    this.#count = count + 1;
  }
}

/** A copy that stays. */
export function keptColumns({ error, merged, ...columns }: LaneColumns): LaneColumns {
  const copied = Object.entries(columns).map(([name, column]) => [
    name,
    Float64Array.from(column as ArrayLike<number>),
  ]);
  return { ...(Object.fromEntries(copied) as typeof columns), error: Float64Array.from(error), merged };
}

function told(columns: readonly Float64Array[], count: number): LaneColumns {
  const peak = (bytes: Float64Array, us: Float64Array) => {
    for (let i = 0; i < count; i += 1) bytes[i] = rate(bytes[i]!, us[i]!);
    return bytes.subarray(0, count);
  };
  const column = (at: number) => columns[at]!.subarray(0, count);
  return {
    from: column(bar.from),
    to: column(bar.to),
    sent: column(bar.sent),
    received: column(bar.received),
    sentBackground: column(bar.sentBackground),
    receivedBackground: column(bar.receivedBackground),
    events: column(bar.events),
    top: column(bar.top),
    peakSent: peak(columns[bar.sentPeak]!, columns[bar.sentPeakUs]!),
    peakReceived: peak(columns[bar.receivedPeak]!, columns[bar.receivedPeakUs]!),
    error: column(bar.error),
    merged: column(bar.merged).includes(1),
  };
}
