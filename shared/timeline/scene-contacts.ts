import { type ContactSeries, contactAt } from './contact-data.ts';
import { type ContactMark, edgesOf, layOutContacts, type Rail, railBox, railOfRow } from './contact-rail.ts';
import type { Span } from './coverage.ts';
import type { Drawn } from './drawn.ts';
import type { Frame } from './frame.ts';
import type { Row } from './lane-layout.ts';
import { lookUpsIn } from './look-up-data.ts';
import { piecesOf } from './picture.ts';
import { clip, type Measure, RectList, type Shape } from './scene.ts';
import type { Theme } from './theme.ts';
import { snap, type TimeScale } from './time-scale.ts';

export interface ContactsPicture {
  readonly frame: Frame;
  readonly scale: TimeScale;
  readonly drawn: Drawn;
  readonly rail: Rail;
  /** Spans in which connections were looked at. */
  readonly watched: readonly Span[];
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
}

interface Brush {
  readonly lines: RectList;
  readonly frames: RectList;
  readonly insides: RectList;
  /** Look-ups: short strokes at the foot of the rail. */
  readonly asked: RectList;
  /** Strokes of ends that are not known, from the nearest outwards; and how far ends may lie off. */
  readonly fading: readonly RectList[];
  readonly errors: RectList;
  readonly over: Shape[];
}

/** An end that is not known has no cap: strokes that grow shorter and fainter lead out of it. CSS pixels from the end. */
const FADING = [
  { from: 1.5, to: 5, opacity: 0.8 },
  { from: 7, to: 9.5, opacity: 0.55 },
  { from: 11.5, to: 13, opacity: 0.35 },
] as const;

/** Height of a look-up's stroke. */
const LOOK_UP = 4;

/**
 * Contacts in the rails of lanes. One is a thin line with a cap at either end, as long as it was seen; an end before the first look or after
 * the last is not known and fades instead. One too short for that is a
 * diamond; several at one place are an open box with their number. A look-up is a short, lighter stroke at the foot of the rail. Bars are
 * never thin, capped or hollow.
 */
export function contactShapes(picture: ContactsPicture, rows: readonly Row[]): Shape[] {
  const { rail, scale, drawn, frame, theme } = picture;
  if (rail.tracks === 0) return [];
  const shapes: Shape[] = [watchedLines(picture, rows)];
  const pieces = piecesOf(drawn, scale.view.fromUs, scale.view.toUs);
  for (const piece of pieces) {
    const brush: Brush = {
      lines: new RectList(),
      frames: new RectList(),
      insides: new RectList(),
      asked: new RectList(),
      fading: FADING.map(() => new RectList()),
      errors: new RectList(),
      over: [],
    };
    for (const row of rows) {
      const series = piece.data.contacts(row.key);
      if (series) paintRow(picture, series, row, brush);
    }
    const left = Math.max(scale.x(piece.fromUs), frame.left);
    const right = Math.min(scale.x(piece.toUs), frame.left + frame.plotWidth);
    if (right <= left) continue;
    shapes.push(
      clip({ x: left, y: frame.lanes.y, width: right - left, height: frame.lanes.height }, [
        brush.errors.shape(theme.contact, 0.3),
        ...brush.fading.map((list, n) => list.shape(theme.contact, FADING[n]!.opacity)),
        brush.lines.shape(theme.contact),
        brush.insides.shape(theme.ground),
        brush.frames.shape(theme.contact),
        brush.asked.shape(theme.contact, 0.6),
        ...brush.over,
      ]),
    );
  }
  return shapes;
}

/** The shortest line that is seen as one, CSS pixels. */
const LEAST_WATCHED = 4;

/** From afar, what was watched is underlined: a lane without a mark there had no contact, one elsewhere was not looked at. */
function watchedLines({ frame, scale, rail, watched, theme, dpr }: ContactsPicture, rows: readonly Row[]): Shape {
  const lines = new RectList();
  for (const row of rows) {
    const own = railOfRow(row, rail);
    if (!own.far) continue;
    const foot = railBox(frame.lanes.y + row.y, row.height, own);
    for (const span of watched) {
      const x0 = snap(scale.x(span.fromUs), dpr);
      lines.add(
        x0,
        snap(foot.y + foot.height - 1, dpr),
        Math.max(LEAST_WATCHED, snap(scale.x(span.toUs), dpr) - x0),
        1.5,
      );
    }
  }
  return clip({ ...frame.lanes }, [lines.shape(theme.contact, 0.5)]);
}

function paintRow(picture: ContactsPicture, series: ContactSeries, row: Row, brush: Brush): void {
  const { frame, scale } = picture;
  const rail = railOfRow(row, picture.rail);
  const { unit } = frame;
  const box = railBox(frame.lanes.y + row.y, row.height, rail);
  const right = scale.left + scale.width;
  for (const mark of layOutContacts(series, scale.pxPerUs, rail.tracks, unit)) {
    const [x0, x1] = edgesOf(mark, scale.x, unit);
    if (x1 < scale.left || x0 > right) continue;
    paintMark(picture, series, mark, x0, x1, box.y + 1 + mark.track * box.track, box.track, brush);
  }
  paintLookUps(picture, series, box.y + box.height, brush);
}

/** One stroke where many lie within a pixel. */
function paintLookUps({ scale, frame, dpr }: ContactsPicture, series: ContactSeries, foot: number, brush: Brush): void {
  const { lookUps } = series;
  if (!lookUps) return;
  const thick = Math.max(1, Math.round(1.5 * dpr)) / dpr;
  const height = LOOK_UP * frame.unit;
  const [low, high] = lookUpsIn(lookUps, scale.us(scale.left) - 1, scale.us(scale.left + scale.width) + 1);
  for (let i = low, last = Number.NEGATIVE_INFINITY; i < high; i += 1) {
    const x = snap(scale.x(lookUps.at[i]!), dpr);
    if (x < last + thick) continue;
    brush.asked.add(x, snap(foot - height, dpr), thick, height);
    last = x;
  }
}

/** The country that all contacts behind a mark share; null where one is not known or they differ. */
function countryOfAll(series: ContactSeries, mark: ContactMark): string | null {
  const [first, ...others] = mark.entries.map((entry) => contactAt(series, entry).country);
  return first !== undefined && others.every((country) => country === first) ? first : null;
}

function paintMark(
  picture: ContactsPicture,
  series: ContactSeries,
  mark: ContactMark,
  from: number,
  to: number,
  top: number,
  track: number,
  brush: Brush,
): void {
  const { dpr, frame, theme, measure, scale, drawn } = picture;
  const { unit } = frame;
  const x0 = snap(from, dpr);
  const x1 = snap(to, dpr);
  const y0 = snap(top, dpr);
  const height = Math.max(4, snap(Math.min(track - unit, 11 * unit), dpr));
  const middle = y0 + height / 2;
  const hair = Math.max(1, Math.round(dpr)) / dpr;
  const font = `600 ${Math.min(9 * unit, height + 2 * unit)}px ${theme.font}`;
  const baseline = middle + 3.2 * unit;
  const say = (text: string, x: number) =>
    brush.over.push({ is: 'text', text, x, y: baseline, font, fill: theme.contact, align: 'left' });
  if (mark.count > 1) {
    const text = String(mark.count);
    const width = measure(text, font);
    brush.insides.add(x0, y0, x1 - x0, height);
    brush.frames.add(x0, y0, hair, height);
    brush.frames.add(x1 - hair, y0, hair, height);
    let open = [x1, x1] as const;
    const left = Math.max(x0, scale.left);
    const inSight = Math.min(x1, scale.left + scale.width) - left;
    if (inSight >= width + 6 * unit) {
      // The frame is open behind the number, which is as high as the track.
      const at = left + (inSight - width) / 2;
      open = [snap(at - 1.5 * unit, dpr), snap(at + width + 1.5 * unit, dpr)];
      say(text, at);
    }
    // Nothing is painted and then painted out: paper would show its edges.
    for (const y of [y0, y0 + height - hair]) {
      brush.frames.add(x0, y, Math.max(0, open[0] - x0), hair);
      if (open[1] < x1) brush.frames.add(open[1], y, x1 - open[1], hair);
    }
    const shared = countryOfAll(series, mark);
    if (shared !== null && drawn.subject.by !== 'country' && !mark.over) {
      if (mark.room >= measure(shared, font) + 4 * unit) say(shared, x1 + 2 * unit);
    }
    return;
  }
  const entry = contactAt(series, mark.entries[0]!);
  const wide = mark.toUs > mark.fromUs && (entry.toUs - entry.fromUs) * scale.pxPerUs >= 8 * unit;
  // Where a lane is a country its name says it.
  const letters = drawn.subject.by === 'country' ? null : entry.country;
  const room = letters === null ? 0 : measure(letters, font);
  if (!wide) {
    const x = (x0 + x1) / 2;
    const r = height / 2;
    if (mark.over) brush.insides.add(x - r - unit, y0, 2 * (r + unit), height);
    const points = [x, middle - r, x + r, middle, x, middle + r, x - r, middle];
    brush.over.push({ is: 'poly', points, closed: true, fill: theme.contact });
    const reach = (entry.errorUs ?? 0) * scale.pxPerUs;
    if (reach >= 1) brush.errors.add(x - reach, middle - height / 4, 2 * reach, height / 2);
    const ends = { brush, middle, thick: Math.max(hair, snap(1.5, dpr)), unit, dpr };
    if (entry.openStart && !mark.over && !picture.rail.far) fadeOut(ends, x - r, -1);
    if (entry.openEnd && !mark.over && !picture.rail.far && letters === null && mark.room > 15 * unit)
      fadeOut(ends, x + r, 1);
    if (letters !== null && !mark.over && mark.room >= room + 4 * unit) say(letters, x + r + 2 * unit);
    return;
  }
  const start = Math.max(x0 + 4 * unit, scale.left + 3 * unit);
  const free = Math.min(x1, from + mark.clear - 3 * unit) - start;
  const written = letters !== null && free >= room + 4 * unit && x1 - start >= room + 8 * unit;
  const thick = Math.max(hair, snap(1.5, dpr));
  const ends = { brush, middle, thick, unit, dpr };
  if (entry.openStart) fadeOut(ends, x0, -1);
  else brush.lines.add(x0, y0, thick, height);
  if (entry.openEnd) fadeOut(ends, x1, 1);
  else brush.lines.add(x1 - thick, y0, thick, height);
  const reach = (entry.errorUs ?? 0) * scale.pxPerUs;
  if (reach >= 1) {
    // An end that fades has no place to be off from.
    if (!entry.openStart) brush.errors.add(x0 - reach, y0 + height / 4, 2 * reach, height / 2);
    if (!entry.openEnd) brush.errors.add(x1 - reach, y0 + height / 4, 2 * reach, height / 2);
  }
  const line = (a: number, b: number) => {
    if (b > a) brush.lines.add(a, snap(middle - thick / 2, dpr), b - a, thick);
  };
  if (written) {
    line(x0, snap(start - unit, dpr));
    say(letters, start);
    line(snap(start + room + unit, dpr), x1);
  } else line(x0, x1);
}

interface End {
  readonly brush: Brush;
  readonly middle: number;
  readonly thick: number;
  readonly unit: number;
  readonly dpr: number;
}

/** Strokes out of an end that is not known, to the left or to the right. */
function fadeOut({ brush, middle, thick, unit, dpr }: End, x: number, way: 1 | -1): void {
  FADING.forEach(({ from, to }, n) => {
    const a = snap(x + way * from * unit, dpr);
    const b = snap(x + way * to * unit, dpr);
    brush.fading[n]!.add(Math.min(a, b), snap(middle - thick / 2, dpr), Math.abs(b - a), thick);
  });
}
