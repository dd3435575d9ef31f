import { columns } from '../normalise/columns.ts';
import type { SqlValue } from '../ports/case-handle.ts';
import { NETSTATS_ERROR_US } from '../query/events.ts';
import { type EventChunk, type EventColumns, emptyChunk, widened } from '../query/rollup/event-chunk.ts';

/** Room for so many at first. */
const ROOM = 8192;
const place = (name: (typeof columns.volume)[number]) => columns.volume.indexOf(name);
const at = {
  id: place('id'),
  series: place('series'),
  from: place('from_us'),
  to: place('to_us'),
  sent: place('sent'),
  received: place('received'),
  error: place('error_us'),
};

/** Rows of volume on their way into the case, held as they come so that they need not be read from it again. Of too many none is held. */
export class ComingEvents {
  #events: EventColumns | null = emptyChunk(ROOM);
  readonly #most: number;

  /** `most`: 56 bytes each. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The next row, in the order of ids. */
  add(row: readonly SqlValue[]): void {
    let into = this.#events;
    if (!into) return;
    if (into.count === this.#most) {
      this.#events = null;
      return;
    }
    if (into.count === into.from.length) {
      into = widened(into);
      this.#events = into;
    }
    const n = into.count;
    const from = row[at.from] as number;
    into.id[n] = row[at.id] as number;
    into.series[n] = row[at.series] as number;
    into.from[n] = from;
    into.length[n] = (row[at.to] as number) - from;
    into.sent[n] = (row[at.sent] as number | null) ?? 0;
    into.received[n] = (row[at.received] as number | null) ?? 0;
    into.error[n] = (row[at.error] as number | null | undefined) ?? NETSTATS_ERROR_US;
    into.count = n + 1;
  }

  /** All of them, whether they count or not; null where there were none, or too many. They are let go of. */
  take(): EventChunk | null {
    const events = this.#events;
    this.#events = null;
    return events && events.count > 0 ? events : null;
  }
}
