/** Heights of one way, device pixels from the line of nothing: background, all of it, and the highest interval inside. Each at least the one before. */
export interface Heights {
  dark: Int32Array;
  full: Int32Array;
  peak: Int32Array;
}

/** The blocks of one lane: a stretch of the columns, and the device pixel of its line of nothing. */
interface LaneBlocks {
  readonly from: number;
  to: number;
  readonly zero: number;
  /** Device pixels of the widest of them. */
  readonly widest: number;
}

const noNumbers = new Int32Array(0);
const FIRST_ROOM = 256;

/** Blocks side by side, lane after lane, in device pixels of the whole picture. Kept from frame to frame to spare the memory. */
export class BlockColumns {
  count = 0;
  /** Device pixels of the widest block since the last lane ended. */
  widest = 0;
  readonly lanes: LaneBlocks[] = [];
  x0: Int32Array = noNumbers;
  x1: Int32Array = noNumbers;
  readonly up: Heights = { dark: noNumbers, full: noNumbers, peak: noNumbers };
  readonly down: Heights = { dark: noNumbers, full: noNumbers, peak: noNumbers };

  clear(): void {
    this.count = 0;
    this.widest = 0;
    this.lanes.length = 0;
  }

  /** Room for so many more blocks: they are written straight into the columns. */
  reserve(more: number): void {
    const room = this.count + more;
    if (room <= this.x0.length) return;
    const grown = (old: Int32Array) => {
      const column = new Int32Array(Math.max(FIRST_ROOM, room, old.length * 2));
      column.set(old);
      return column;
    };
    this.x0 = grown(this.x0);
    this.x1 = grown(this.x1);
    for (const way of [this.up, this.down]) {
      way.dark = grown(way.dark);
      way.full = grown(way.full);
      way.peak = grown(way.peak);
    }
  }

  /** What was added since the last call belongs to a lane whose line of nothing is at device pixel `zero`. */
  endLane(zero: number): void {
    const from = this.lanes.at(-1)?.to ?? 0;
    this.lanes.push({ from, to: this.count, zero, widest: this.widest });
    this.widest = 0;
  }
}

/** Colours of blocks: plain ones. The highest intervals are the same, paler. */
export interface BlockInks {
  readonly sent: string;
  readonly sentDark: string;
  readonly received: string;
  readonly receivedDark: string;
  readonly peakOpacity: number;
}
