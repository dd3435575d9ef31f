import type { Micros } from '../base/time.ts';
import type { ContactSeries } from './contact-data.ts';
import type { LaneSize } from './frame.ts';

/** The part of a lane that contacts stand in: so many tracks one under another, at the lane's foot. CSS pixels. */
export interface Rail {
  readonly height: number;
  readonly tracks: number;
  /** How much of the lane is kept free of bars for it. */
  readonly kept: number;
  /** Nothing but contacts is known: the rail is the lane. */
  readonly alone: boolean;
  /** The window is so wide that all that was watched is a sliver of it: marks stand over the bars' foot. */
  readonly far: boolean;
}

export const noRail: Rail = { height: 0, tracks: 0, kept: 0, alone: false, far: false };

const trackCount: Readonly<Record<LaneSize, number>> = { small: 1, medium: 2, large: 3 };
/** A track is as high as a capital letter of the smallest type. */
const TRACK = 8;
/** Windows wider than so many times of all that was watched are far. */
const FAR = 25;

export interface RailChoice {
  /** Some source of the case counts bytes; some looks at connections, or a lane has contacts. */
  readonly bytes: boolean;
  readonly contacts: boolean;
  /** How long connections were watched in all, and how wide the window is. */
  readonly watchedUs: Micros;
  readonly spanUs: Micros;
}

/** The rail of every lane, or none where no source of the case looked at connections: lanes stand alike. It follows from the zoom, never from the place. */
export function railOf(size: LaneSize, unit: number, laneHeight: number, choice: RailChoice): Rail {
  if (!choice.contacts) return noRail;
  if (!choice.bytes) {
    const tracks = Math.max(1, Math.floor((laneHeight - 6 * unit) / ((TRACK + 2) * unit)));
    return { height: laneHeight - 2, tracks, kept: laneHeight, alone: true, far: false };
  }
  // A single look is a moment: it is far in every window.
  const far = choice.spanUs > FAR * choice.watchedUs;
  const tracks = far ? 1 : trackCount[size];
  const height = Math.round((tracks * TRACK + 2) * unit);
  return { height, tracks, kept: far ? 0 : height, alone: false, far };
}

/** The rail of a row: that of a folded one is a single track over the foot of its bars. */
export function railOfRow(
  { folded, height }: { readonly folded?: boolean | undefined; readonly height: number },
  rail: Rail,
): Rail {
  if (!folded || rail.tracks === 0) return rail;
  if (rail.alone) return { ...rail, tracks: 1, height: height - 2, kept: height };
  return { ...rail, tracks: 1, height: Math.round(rail.height / rail.tracks), kept: 0, far: true };
}

/** Top of a lane's rail and height of a track, pixels; `y` is the lane's top. */
export function railBox(y: number, laneHeight: number, rail: Rail): { y: number; height: number; track: number } {
  const top = y + laneHeight - rail.height - 1;
  return { y: top, height: rail.height, track: rail.tracks === 0 ? 0 : (rail.height - 1) / rail.tracks };
}

/** What stands at one place of the rail: an entry, or several that are too near to be told apart. */
export interface ContactMark {
  readonly track: number;
  /** What is drawn: the entry from its first to its last look; of several, the stretch in which they were first seen. */
  fromUs: Micros;
  toUs: Micros;
  /** When the last of them was last seen. */
  lastUs: Micros;
  /** Entries of the series, in order of time. */
  readonly entries: number[];
  /** Contacts behind the mark. */
  count: number;
  /** Pixels up to the next mark of the track, and up to the first that stands over this one. */
  room: number;
  clear: number;
  /** It stands over a longer one. */
  readonly over: boolean;
  /** Pixels by which its first entry was widened at the left, and its last at the right: a moment must be seen. */
  readonly lead: number;
}

/** The narrowest mark, pixels, the space between two, and the widest stretch of those that share one. */
export const NARROW = 7;
const SPACE = 2;
const SHARED = 22;
/** The same where there is no other place. */
const WIDEST = 36;

/** A number needs its room: the narrowest width of a mark of so many contacts. */
function leastOf(count: number): number {
  return count > 1 ? NARROW + 5.5 * String(count).length : NARROW;
}

interface Laid {
  readonly pxPerUs: number;
  readonly tracks: number;
  readonly unit: number;
  readonly marks: readonly ContactMark[];
}
const laid = new WeakMap<ContactSeries, Laid>();

/**
 * Puts entries on tracks. The same for every window of one zoom, so that moving through time never moves a mark up or down: an
 * entry takes the first track that is free. Narrow ones that touch share a mark; those that begin while all tracks are taken share one on the
 * last, over what stands there.
 */
export function layOutContacts(
  series: ContactSeries,
  pxPerUs: number,
  tracks: number,
  unit: number,
): readonly ContactMark[] {
  const known = laid.get(series);
  if (known && known.pxPerUs === pxPerUs && known.tracks === tracks && known.unit === unit) return known.marks;
  const marks = new Layout(series, pxPerUs, tracks, unit).marks;
  laid.set(series, { pxPerUs, tracks, unit, marks });
  return marks;
}

interface Open {
  readonly mark: ContactMark;
  readonly start: number;
  end: number;
  /** Others may share it: it is narrow, or holds what found no track. */
  readonly shared: boolean;
}

class Layout {
  readonly marks: ContactMark[] = [];
  readonly #series: ContactSeries;
  readonly #last: (Open | undefined)[];
  readonly #unit: number;
  readonly #pxPerUs: number;
  #over: Open | null = null;

  constructor(series: ContactSeries, pxPerUs: number, tracks: number, unit: number) {
    this.#series = series;
    this.#unit = unit;
    this.#pxPerUs = pxPerUs;
    this.#last = new Array<Open | undefined>(tracks).fill(undefined);
    const origin = series.from[0] ?? 0;
    const least = NARROW * unit;
    for (let i = 0; i < series.count; i += 1) {
      const width = (series.to[i]! - series.from[i]!) * pxPerUs;
      const narrow = width < least;
      const x0 = (series.from[i]! - origin) * pxPerUs - (narrow ? (least - width) / 2 : 0);
      const near = (one: Open | undefined) => one?.shared === true && x0 < Math.max(one.end, one.start) + SPACE * unit;
      // As far as a mark may be as wide as that, or is because of its number.
      const within = (one: Open, room: number) => x0 - one.start < Math.max(room, leastOf(one.mark.count)) * unit;
      const beside = (room: number) => this.#last.find((one) => near(one) && within(one!, room));
      const crowd = narrow ? beside(SHARED) : undefined;
      const free = crowd ? -1 : this.#last.findIndex((one) => !one || one.end + SPACE * unit <= x0);
      // What stands there counts it too, rather than being hidden by it.
      const full = crowd || free >= 0 ? undefined : beside(WIDEST);
      if (crowd) this.#join(crowd, i, x0 + least, true, WIDEST);
      else if (free >= 0)
        this.#begin(i, free, x0, x0 + Math.max(width, leastOf(series.columns.count[i]!) * unit), narrow);
      else if (full) this.#join(full, i, x0 + least, false, WIDEST);
      else if (this.#over && within(this.#over, SHARED)) this.#join(this.#over, i, x0 + least, false, SHARED);
      else this.#overflow(i, x0, least);
    }
  }

  #begin(i: number, track: number, start: number, end: number, shared: boolean, over = false): Open {
    const { from, to, columns } = this.#series;
    const mark: ContactMark = {
      track,
      fromUs: from[i]!,
      toUs: to[i]!,
      lastUs: to[i]!,
      entries: [i],
      count: columns.count[i]!,
      room: Number.POSITIVE_INFINITY,
      clear: Number.POSITIVE_INFINITY,
      over,
      lead: over
        ? (NARROW * this.#unit) / 2
        : Math.max(0, NARROW * this.#unit - (to[i]! - from[i]!) * this.#pxPerUs) / 2,
    };
    const before = this.#last[track];
    if (before && over) before.mark.clear = Math.min(before.mark.clear, start - before.start);
    if (before) before.mark.room = Math.min(before.mark.room, start - before.end);
    const open: Open = { mark, start, end, shared };
    this.#last[track] = open;
    this.marks.push(mark);
    return open;
  }

  /**
   * One more in a mark that stands: its width is where they begin, or all of it where they are moments, up to `widest` pixels: behind
   * these the next mark may stand.
   */
  #join(open: Open, i: number, end: number, whole: boolean, widest: number): void {
    const { from, to, columns } = this.#series;
    open.mark.entries.push(i);
    open.mark.count += columns.count[i]!;
    open.mark.lastUs = Math.max(open.mark.lastUs, to[i]!);
    open.end = Math.max(open.end, open.start + leastOf(open.mark.count) * this.#unit);
    if (end > open.start + widest * this.#unit) return;
    open.mark.toUs = Math.max(open.mark.toUs, whole ? to[i]! : from[i]!);
    open.end = Math.max(open.end, end);
  }

  #overflow(i: number, start: number, least: number): void {
    const track = this.#last.length - 1;
    const under = this.#last[track];
    const wide = Math.max(least, leastOf(this.#series.columns.count[i]!) * this.#unit);
    const open = this.#begin(i, track, start, start + wide, true, true);
    // It stands over a longer one, which goes on under it and keeps the track taken.
    open.mark.toUs = open.mark.fromUs;
    this.#over = open;
    if (under && under.end > open.end) this.#last[track] = under;
  }
}

/** Left and right edge of a mark on the screen, at least as wide as can be seen. */
export function edgesOf(mark: ContactMark, x: (us: Micros) => number, unit: number): readonly [number, number] {
  // What a number needs is added at the right, as the layout has it: at the left another mark may stand.
  const from = x(mark.fromUs) - mark.lead;
  return [from, Math.max(x(mark.toUs) + mark.lead, from + leastOf(mark.count) * unit)];
}
