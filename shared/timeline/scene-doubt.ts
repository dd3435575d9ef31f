import type { Micros } from '../base/time.ts';
import type { Span } from './coverage.ts';
import type { Drawn } from './drawn.ts';
import { entriesIn, errorAt, type LaneSeries, rangeOf, rateOf } from './lane-data.ts';
import { dataAt, piecesOf } from './picture.ts';
import { RectList, type Shape } from './scene.ts';
import type { Theme } from './theme.ts';
import { snap, type TimeScale } from './time-scale.ts';
import { type Curve, heightOf } from './value-scale.ts';

export interface DoubtPicture {
  readonly scale: TimeScale;
  readonly drawn: Drawn;
  /** Spans in which a source counted bytes. */
  readonly covered: readonly Span[];
  /** An uncovered end that begins later than this is still to come, and not in doubt. */
  readonly comingUs: Micros | null;
  readonly heights: {
    readonly curve: Curve;
    topOf(key: string): { readonly sent: number; readonly received: number };
  };
  readonly frame: { readonly unit: number };
  readonly theme: Theme;
  readonly dpr: number;
}

/** Where the bars of a lane stand. */
export interface DoubtLane {
  readonly key: string;
  readonly zero: number;
  readonly up: number;
  readonly down: number;
}

/** How strongly the ground covers what is in doubt, from the last that was seen outwards. */
const VEILS = Array.from({ length: 16 }, (_, n) => 0.25 + 0.7 * Math.sin(((n + 0.5) / 16) * (Math.PI / 2)));

/**
 * What is not sure about bars. An interval that reaches beyond what its source could have seen fades there: its bytes were counted, but
 * nobody looked until its end. And how far the edges may lie off stands as a darker stroke on the line of nothing, a cap at either end,
 * where that is wider than a pixel; where edges lie so close that their strokes run into each other, it is one stroke.
 */
export function doubtShapes(picture: DoubtPicture, lanes: readonly DoubtLane[]): Shape[] {
  return [...fades(picture, lanes), ...edgeErrors(picture, lanes)];
}

function fades(picture: DoubtPicture, lanes: readonly DoubtLane[]): Shape[] {
  const { scale, covered, drawn, comingUs, theme, dpr } = picture;
  const { fromUs, toUs } = scale.view;
  if (covered.length === 0) return [];
  const veils = VEILS.map(() => new RectList());
  let found = false;
  covered.forEach((span, n) => {
    const ends: { readonly us: Micros; readonly until: Micros; readonly way: 1 | -1 }[] = [
      { us: span.fromUs, until: covered[n - 1]?.toUs ?? Number.NEGATIVE_INFINITY, way: -1 },
    ];
    if (comingUs === null || span.toUs < comingUs) {
      ends.push({ us: span.toUs, until: covered[n + 1]?.fromUs ?? Number.POSITIVE_INFINITY, way: 1 });
    }
    for (const { us, until, way } of ends) {
      // The end itself may lie outside of the window, and what fades from it reach in.
      if (way > 0 ? us >= toUs || until <= fromUs : us <= fromUs || until >= toUs) continue;
      for (const lane of lanes) {
        const series = dataAt(drawn, us).series(lane.key);
        const reach = series ? reachBeyond(series, us, way) : null;
        if (!series || reach === null) continue;
        const x0 = snap(scale.x(us), dpr);
        const x1 = snap(scale.x(way > 0 ? Math.min(reach, until) : Math.max(reach, until)), dpr);
        if (Math.abs(x1 - x0) < 2) continue;
        found = true;
        const { above, below } = heightsAt(picture, series, lane, us);
        const step = (x1 - x0) / VEILS.length;
        veils.forEach((veil, at) => {
          const a = snap(x0 + step * at, dpr);
          const b = snap(x0 + step * (at + 1), dpr);
          veil.add(Math.min(a, b), lane.zero - above, Math.abs(b - a), above + below);
        });
      }
    }
  });
  return found ? veils.map((veil, n) => veil.shape(theme.ground, VEILS[n]!)) : [];
}

/** How far intervals that hold the instant reach beyond it, later or earlier; null where none does. */
function reachBeyond(series: LaneSeries, us: Micros, way: 1 | -1): Micros | null {
  let reach = us;
  for (const i of entriesIn(series, us, us)) {
    if (series.from[i]! >= us) continue;
    reach = way > 0 ? Math.max(reach, series.to[i]!) : Math.min(reach, series.from[i]!);
  }
  return reach === us ? null : reach;
}

function heightsAt({ heights, dpr }: DoubtPicture, series: LaneSeries, lane: DoubtLane, us: Micros) {
  let sent = 0;
  let received = 0;
  for (const i of entriesIn(series, us, us)) {
    const length = series.to[i]! - series.from[i]!;
    sent += rateOf(series.columns.sent[i]!, length);
    received += rateOf(series.columns.received[i]!, length);
  }
  const top = heights.topOf(lane.key);
  return {
    above: lane.up > 0 ? snap(heightOf(sent, top.sent, heights.curve, lane.up), dpr) : 0,
    below: lane.down > 0 ? snap(heightOf(received, top.received, heights.curve, lane.down), dpr) + 1 / dpr : 0,
  };
}

/** Half a cap, and the shortest halves of strokes that have caps: away from the bar, and at both ends. CSS pixels. */
const CAP = 2;
const CAPPED = 4;
const CAPPED_BOTH = 20;

function edgeErrors(picture: DoubtPicture, lanes: readonly DoubtLane[]): Shape[] {
  const { scale, drawn } = picture;
  const { fromUs, toUs } = scale.view;
  const strokes = new ErrorStrokes(picture);
  for (const lane of lanes) {
    if (lane.up + lane.down <= 0) continue;
    for (const piece of piecesOf(drawn, fromUs, toUs)) {
      const series = piece.data.series(lane.key);
      if (!series || series.largestError * scale.pxPerUs < 1) continue;
      const { from, to, count, largestError, columns } = series;
      const [low, high] = rangeOf(series, piece.fromUs - largestError, piece.toUs + largestError);
      for (let i = low; i < high; i += 1) {
        const error = errorAt(columns, i);
        if (error === null || error * scale.pxPerUs < 1) continue;
        // Where neighbours share an edge it is drawn once.
        if (i === 0 || from[i] !== to[i - 1]) strokes.edge(from[i]!, error, FROM);
        strokes.edge(to[i]!, error, i + 1 < count && from[i + 1] === to[i] ? BETWEEN : TO);
      }
      strokes.end(lane.zero);
    }
  }
  return strokes.shapes();
}

/** Which edge it is: the first of an interval, the last, or that of two neighbours. */
const [FROM, TO, BETWEEN] = [0, 1, 2] as const;

/** Strokes of a lane, each growing while edges of its kind come whose errors run into it. Times are microseconds: there are thousands of edges. */
class ErrorStrokes {
  readonly #picture: DoubtPicture;
  readonly #free = new RectList();
  readonly #between = new RectList();
  readonly #capped: Micros;
  readonly #cappedBoth: Micros;
  readonly #pixel: Micros;
  /** Strokes of the lane: first and last instant, its kind, and whether either end has a cap. */
  readonly #grown: { from: Micros; to: Micros; between: boolean; start: boolean; end: boolean }[] = [];

  constructor(picture: DoubtPicture) {
    const { scale, frame } = picture;
    this.#picture = picture;
    this.#pixel = 1 / scale.pxPerUs;
    this.#capped = CAPPED * frame.unit * this.#pixel;
    this.#cappedBoth = CAPPED_BOTH * frame.unit * this.#pixel;
  }

  /** The next edge of the lane: it may lie off by `error`. */
  edge(us: Micros, error: Micros, side: 0 | 1 | 2): void {
    const from = us - error;
    const to = us + error;
    const end = error >= (side === TO ? this.#capped : this.#cappedBoth);
    const last = this.#grown.at(-1);
    // Those of neighbours that just touch stay apart.
    if (last && last.between === (side === BETWEEN) && from <= last.to - this.#pixel) {
      if (from < last.from) last.from = from;
      if (to < last.to) return;
      last.to = to;
      last.end = end;
      return;
    }
    const start = error >= (side === FROM ? this.#capped : this.#cappedBoth);
    this.#grown.push({ from, to, between: side === BETWEEN, start, end });
  }

  /** The lane is over; `zero`: its line of nothing. */
  end(zero: number): void {
    const { scale, dpr, frame } = this.#picture;
    const hair = 1 / dpr;
    const cap = snap(CAP * frame.unit, dpr);
    for (const { from, to, between, start, end } of this.#grown) {
      const list = between ? this.#between : this.#free;
      const x0 = snap(scale.x(from), dpr);
      const x1 = snap(scale.x(to), dpr);
      list.add(x0, zero, x1 - x0, hair);
      if (start) list.add(x0, zero - cap, hair, 2 * cap + hair);
      if (end) list.add(x1 - hair, zero - cap, hair, 2 * cap + hair);
    }
    this.#grown.length = 0;
  }

  shapes(): Shape[] {
    const { mark } = this.#picture.theme;
    return [this.#between.shape(mark, 0.3), this.#free.shape(mark, 0.7)];
  }
}
