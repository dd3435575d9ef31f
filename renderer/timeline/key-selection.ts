import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../shared/base/time.ts';
import { durationText, humanBytes, rangeInFull } from '../../shared/timeline/formats.ts';
import { entriesIn } from '../../shared/timeline/lane-data.ts';
import { dataAt, wholeSum } from '../../shared/timeline/picture.ts';
import { type Selection, selectionOf } from '../../shared/timeline/selection.ts';
import { sameView, spanOf } from '../../shared/timeline/viewport.ts';
import type { Zone } from '../../shared/timeline/zones.ts';
import type { Stage } from './stage.ts';

const STEPS: readonly Micros[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** A part of the window that a press moves an edge by, at most. */
const PART = 1 / 24;

/** How far a press moves the edge of a selection: a round stretch of time that can be seen. */
export function selectStep(spanUs: Micros): Micros {
  return STEPS.findLast((step) => step <= spanUs * PART) ?? STEPS[0]!;
}

/** The next full step of the zone's wall clock after or before an instant. */
export function nextFull(us: Micros, step: Micros, way: 1 | -1, zone: Zone): Micros {
  const local = zone.localOf(us);
  const full = way > 0 ? (Math.floor(local / step) + 1) * step : (Math.ceil(local / step) - 1) * step;
  const next = zone.instantOf(full);
  // Where clocks are set forward or back, a full hour may come twice or not at all.
  return (next - us) * way > 0 ? next : us + way * step;
}

/** A selection that grows and shrinks from the keyboard: one edge stays, the other moves with every press. */
export class KeySelection {
  readonly #stage: Stage;
  /** The edge that stays and the one that moves, for as long as the selection is the one made here. */
  #held: { readonly stays: Micros; moves: Micros; readonly made: Selection | null } | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** What is selected after one more press; null where it has shrunk to nothing. */
  extend(way: 1 | -1): Selection | null {
    const { selection, look, motion } = this.#stage;
    const made = this.#held?.made ?? null;
    const goesOn = selection && made ? sameView(selection, made) : selection === made;
    const held = this.#held && goesOn ? this.#held : this.#begin(way);
    const step = selectStep(spanOf(motion.goal));
    const moves = 'first' in held ? held.first : nextFull(held.moves, step, way, look.zone);
    const next = selectionOf(held.stays, moves);
    this.#held = { stays: held.stays, moves, made: next };
    return next;
  }

  /** The instant of the edge that moves. */
  get edgeUs(): Micros | null {
    return this.#held?.moves ?? null;
  }

  /** Words for those who do not see how far it reaches. */
  words(selection: Selection | null): string {
    const { drawn, look } = this.#stage;
    if (!selection) return 'Nothing is selected.';
    const second = (us: Micros) => Math.round(us / SECOND) * SECOND;
    const when = rangeInFull(second(selection.fromUs), second(selection.toUs), look.zone);
    const length = durationText(selection.toUs - selection.fromUs);
    if (!drawn) return `Selected ${length}: ${when}.`;
    const sum = wholeSum(drawn, selection.fromUs, selection.toUs);
    const about = sum.exact ? '' : 'about ';
    const who = sum.lacks ? 'the lanes that are listed ' : '';
    return `Selected ${length}: ${when}; ${who}sent ${about}${humanBytes(sum.sent)}, received ${about}${humanBytes(sum.received)}.`;
  }

  /**
   * From the near edge of a selection that there is already, over the interval where the keyboard stands, or from the middle of the
   * window.
   */
  #begin(way: 1 | -1): { stays: Micros; moves: Micros } | { stays: Micros; first: Micros } {
    const { selection, drawn, focusKey, cellUs, cellContact, motion, look } = this.#stage;
    if (selection) {
      return way > 0
        ? { stays: selection.fromUs, moves: selection.toUs }
        : { stays: selection.toUs, moves: selection.fromUs };
    }
    const { fromUs, toUs } = motion.goal;
    const inSight = cellUs !== null && cellUs >= fromUs && cellUs <= toUs;
    if (drawn && focusKey !== null && inSight && cellContact === null) {
      const series = dataAt(drawn, cellUs).series(focusKey);
      const at = series ? entriesIn(series, cellUs, cellUs)[0] : undefined;
      if (series && at !== undefined) {
        const [from, to] = [series.from[at]!, series.to[at]!];
        return way > 0 ? { stays: from, first: to } : { stays: to, first: from };
      }
    }
    const here = inSight ? cellUs : (fromUs + toUs) / 2;
    const start = nextFull(here, selectStep(toUs - fromUs), -1, look.zone);
    return { stays: start, moves: start };
  }
}
