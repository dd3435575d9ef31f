import type { BlockColumns, BlockInks } from './block-columns.ts';

/** What to draw, as data: the same for a canvas, for SVG and for paper. CSS pixels. */
export type Shape = Rects | Blocks | Text | Poly | Clip | Flat;

/** A plain colour, or slanting lines on a ground. `phase` moves the lines along with the time under them. */
export type Paint = string | { readonly hatch: string; readonly ground: string; readonly phase: number };

/** Many rectangles of one colour: x, y, width, height, one after another. */
export interface Rects {
  readonly is: 'rects';
  readonly paint: Paint;
  readonly xywh: ArrayLike<number>;
  /** Rectangles used of `xywh`. */
  readonly count: number;
  readonly opacity?: number;
}

/**
 * Bars of lanes. They do not overlap, lie on the grid of device pixels and have plain colours: a painter may write them as pixels, which
 * is many times faster where there are thousands. Only what lies in the box is seen.
 */
export interface Blocks extends Box {
  readonly is: 'blocks';
  readonly columns: BlockColumns;
  readonly inks: BlockInks;
  readonly dpr: number;
}

/**
 * Rectangles and blocks over a ground of one colour, in clips or not, and nothing else: where there are many of them a painter may write
 * them as pixels. Only what lies in the box is seen.
 */
export interface Flat extends Box {
  readonly is: 'flat';
  readonly ground: string;
  readonly shapes: readonly Shape[];
}

export interface Text {
  readonly is: 'text';
  readonly text: string;
  readonly x: number;
  /** The line that letters stand on. */
  readonly y: number;
  readonly font: string;
  readonly fill: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** A closed or open line through points. */
export interface Poly {
  readonly is: 'poly';
  readonly points: readonly number[];
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly closed?: boolean;
}

/** Shapes of which only what lies inside of the box is seen. */
export interface Clip {
  readonly is: 'clip';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** No text lies over or under another shape: a painter may paint them in any order. */
  readonly apart?: boolean;
}

/** One rectangle in CSS pixels. */
export function rect(x: number, y: number, width: number, height: number, paint: Paint): Rects {
  return { is: 'rects', paint, xywh: [x, y, width, height], count: 1 };
}

/** Shapes of which only what lies in the box is seen. */
export function clip(box: Box, shapes: readonly Shape[]): Clip {
  return { is: 'clip', x: box.x, y: box.y, width: box.width, height: box.height, shapes };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether a point lies in the box; its right and lower edge do not. */
export function inBox(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

/** A growing list of rectangles of one colour. A plain list: a frame has dozens of short ones, for which a typed one takes many times as long. */
export class RectList {
  readonly #values: number[] = [];
  #length = 0;

  add(x: number, y: number, width: number, height: number): void {
    const at = this.#length;
    const values = this.#values;
    values[at] = x;
    values[at + 1] = y;
    values[at + 2] = width;
    values[at + 3] = height;
    this.#length = at + 4;
  }

  clear(): void {
    this.#length = 0;
  }

  shape(paint: Paint, opacity = 1): Rects {
    return { is: 'rects', paint, xywh: this.#values, count: this.#length / 4, opacity };
  }
}

/** Measures text in a font, in CSS pixels. */
export type Measure = (text: string, font: string) => number;

/** Shortens a text to a width with an ellipsis; whole characters only, in any script. */
export function shorten(text: string, font: string, width: number, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  const parts = beginningsOf(text);
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(parts[middle - 1]!, font) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : parts[low - 1]!.replace(/\s+…$/, '…');
}

const beginnings = new Map<string, readonly string[]>();
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text after each of its characters, with an ellipsis. Remembered: labels are shortened anew with every frame. */
function beginningsOf(text: string): readonly string[] {
  const known = beginnings.get(text);
  if (known) return known;
  const made = Array.from(segmenter.segment(text), ({ index, segment }) => `${text.slice(0, index + segment.length)}…`);
  if (beginnings.size > 2000) beginnings.clear();
  beginnings.set(text, made);
  return made;
}
