import type { Heights } from './block-columns.ts';
import { hatchShift, hatchSide } from './hatching.ts';
import type { Blocks, Box, Paint, Rects, Shape } from './scene.ts';

/** A colour as a pixel of a sheet, red in the lowest byte, and how much of it covers what lies under it: 0 to 1. */
export interface Ink {
  readonly pixel: number;
  readonly alpha: number;
}

/** What colours are as pixels. */
export interface Inks {
  plain(colour: string): Ink;
  /** The square that a hatched ground repeats, row by row. */
  hatch(line: string, ground: string, dpr: number): Uint32Array;
}

/** A stretch of a sheet, whole or broken pixels. */
interface Area {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** An edge that is off the grid by less than this is meant to be on it. */
const ON_GRID = 0.01;

const onGrid = (at: number) => {
  const whole = Math.round(at);
  return Math.abs(at - whole) < ON_GRID ? whole : at;
};

/** A sheet of pixels over a box of a picture, on which rectangles are painted: many times faster than a canvas where there are many. */
export class Raster {
  pixels = new Uint32Array(0);
  width = 0;
  height = 0;
  #left = 0;
  #top = 0;
  #dpr = 1;
  #inks: Inks;

  constructor(inks: Inks) {
    this.#inks = inks;
  }

  /** Lays the sheet over a box, with a ground of one colour. Answers where it lies: device pixels of the picture. */
  place(box: Box, dpr: number, ground: string): { readonly x: number; readonly y: number } {
    this.#dpr = dpr;
    this.#left = Math.round(box.x * dpr);
    this.#top = Math.round(box.y * dpr);
    this.width = Math.max(0, Math.round((box.x + box.width) * dpr) - this.#left);
    this.height = Math.max(0, Math.round((box.y + box.height) * dpr) - this.#top);
    const size = this.width * this.height;
    if (this.pixels.length !== size) this.pixels = new Uint32Array(size);
    this.pixels.fill(this.#inks.plain(ground).pixel);
    return { x: this.#left, y: this.#top };
  }

  /** Paints rectangles and blocks, and those in clips. */
  paint(shapes: readonly Shape[], seen: Area = { x0: 0, y0: 0, x1: this.width, y1: this.height }): void {
    for (const shape of shapes) {
      if (shape.is === 'rects') this.#rects(shape, seen);
      else if (shape.is === 'clip' || shape.is === 'blocks') {
        const inside = meet(seen, this.#areaOf(shape.x, shape.y, shape.width, shape.height));
        if (inside.x1 <= inside.x0 || inside.y1 <= inside.y0) continue;
        if (shape.is === 'clip') this.paint(shape.shapes, inside);
        else this.#blocks(shape, inside);
      }
    }
  }

  #areaOf(x: number, y: number, width: number, height: number): Area {
    const dpr = this.#dpr;
    return {
      x0: onGrid(x * dpr - this.#left),
      y0: onGrid(y * dpr - this.#top),
      x1: onGrid((x + width) * dpr - this.#left),
      y1: onGrid((y + height) * dpr - this.#top),
    };
  }

  #rects({ paint, opacity = 1, xywh: v, count }: Rects, seen: Area): void {
    const fill = this.#fillOf(paint, opacity);
    const dpr = this.#dpr;
    for (let i = 0; i < count * 4; i += 4) {
      const x = v[i]! * dpr - this.#left;
      const y = v[i + 1]! * dpr - this.#top;
      const right = onGrid(x + v[i + 2]! * dpr);
      const bottom = onGrid(y + v[i + 3]! * dpr);
      const x0 = Math.max(seen.x0, onGrid(x));
      const y0 = Math.max(seen.y0, onGrid(y));
      const x1 = Math.min(seen.x1, right);
      const y1 = Math.min(seen.y1, bottom);
      if (x1 > x0 && y1 > y0) this.#rect(x0, y0, x1, y1, fill);
    }
  }

  #fillOf(paint: Paint, opacity: number): Fill {
    if (typeof paint === 'string') {
      const { pixel, alpha } = this.#inks.plain(paint);
      return { pixel, alpha: alpha * opacity, tile: null, shift: 0 };
    }
    const tile = this.#inks.hatch(paint.hatch, paint.ground, this.#dpr);
    return { pixel: 0, alpha: opacity, tile, shift: hatchShift(paint.phase, this.#dpr) };
  }

  /** Whole pixels in the middle; of those that an edge cuts through, the part that it leaves. */
  #rect(x0: number, y0: number, x1: number, y1: number, fill: Fill): void {
    const left = Math.ceil(x0);
    const right = Math.floor(x1);
    const upper = Math.ceil(y0);
    const lower = Math.floor(y1);
    if (left === x0 && right === x1 && upper === y0 && lower === y1) {
      this.#whole(x0, y0, x1, y1, fill, 1);
      return;
    }
    const columns = cut(x0, x1, left, right);
    const rows = cut(y0, y1, upper, lower);
    for (const row of rows) {
      for (const column of columns) this.#whole(column.from, row.from, column.to, row.to, fill, column.part * row.part);
    }
  }

  #whole(x0: number, y0: number, x1: number, y1: number, fill: Fill, part: number): void {
    const { pixels, width } = this;
    const alpha = Math.round(fill.alpha * part * 256);
    if (fill.tile) {
      this.#hatched(x0, y0, x1, y1, fill.tile, fill.shift, alpha);
      return;
    }
    const { pixel } = fill;
    for (let y = y0; y < y1; y += 1) {
      const from = y * width + x0;
      const to = y * width + x1;
      if (alpha >= 256) {
        if (to - from > 16) pixels.fill(pixel, from, to);
        else for (let at = from; at < to; at += 1) pixels[at] = pixel;
      } else for (let at = from; at < to; at += 1) pixels[at] = blend(pixels[at]!, pixel, alpha);
    }
  }

  #hatched(x0: number, y0: number, x1: number, y1: number, tile: Uint32Array, shift: number, alpha: number): void {
    const { pixels, width } = this;
    const side = hatchSide(this.#dpr);
    // The squares lie on a grid that begins at the corner of the picture.
    const first = (((x0 + this.#left - shift) % side) + side) % side;
    for (let y = y0; y < y1; y += 1) {
      const row = ((y + this.#top) % side) * side;
      let column = first;
      for (let at = y * width + x0, end = y * width + x1; at < end; at += 1) {
        const pixel = tile[row + column]!;
        pixels[at] = alpha >= 256 ? pixel : blend(pixels[at]!, pixel, alpha);
        column = column + 1 === side ? 0 : column + 1;
      }
    }
  }

  #blocks({ columns, inks }: Blocks, seen: Area): void {
    const area = { x0: Math.round(seen.x0), y0: Math.round(seen.y0), x1: Math.round(seen.x1), y1: Math.round(seen.y1) };
    const above = waysOf(this.#inks, inks.sentDark, inks.sent, inks.peakOpacity);
    const below = waysOf(this.#inks, inks.receivedDark, inks.received, inks.peakOpacity);
    for (const lane of columns.lanes) {
      const zero = lane.zero - this.#top;
      this.#way(columns, lane, columns.up, above, zero - 1, -1, area);
      this.#way(columns, lane, columns.down, below, zero + 1, 1, area);
    }
  }

  /** One way of a lane: from the row next to the line of nothing away from it. */
  #way(
    { x0, x1 }: { readonly x0: Int32Array; readonly x1: Int32Array },
    { from, to }: { readonly from: number; readonly to: number },
    { dark, full, peak }: Heights,
    { darkInk, fullInk, peakInk, peakAlpha }: WayInks,
    first: number,
    way: 1 | -1,
    area: Area,
  ): void {
    const { pixels, width } = this;
    const left = this.#left;
    // So many rows lie between the line and the far edge of what is seen, and so many of them before the near one.
    const room = way > 0 ? area.y1 - first : first - area.y0 + 1;
    const hidden = Math.max(0, way > 0 ? area.y0 - first : first - area.y1 + 1);
    const stride = way * width;
    for (let i = from; i < to; i += 1) {
      const tall = Math.min(peak[i]!, room);
      if (tall <= hidden) continue;
      const middle = Math.min(full[i]!, tall);
      const low = Math.min(dark[i]!, middle);
      const end = Math.min(area.x1, x1[i]! - left);
      for (let x = Math.max(area.x0, x0[i]! - left); x < end; x += 1) {
        let row = hidden;
        let at = (first + way * row) * width + x;
        for (; row < low; row += 1, at += stride) pixels[at] = darkInk;
        for (; row < middle; row += 1, at += stride) pixels[at] = fullInk;
        for (; row < tall; row += 1, at += stride) pixels[at] = blend(pixels[at]!, peakInk, peakAlpha);
      }
    }
  }
}

interface Fill extends Ink {
  readonly tile: Uint32Array | null;
  readonly shift: number;
}

interface WayInks {
  readonly darkInk: number;
  readonly fullInk: number;
  readonly peakInk: number;
  /** 0 to 256. */
  readonly peakAlpha: number;
}

function waysOf(inks: Inks, dark: string, full: string, peakOpacity: number): WayInks {
  const { pixel } = inks.plain(full);
  return {
    darkInk: inks.plain(dark).pixel,
    fullInk: pixel,
    peakInk: pixel,
    peakAlpha: Math.round(peakOpacity * 256),
  };
}

function meet(a: Area, b: Area): Area {
  return {
    x0: Math.max(a.x0, b.x0),
    y0: Math.max(a.y0, b.y0),
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
  };
}

/** A length cut at the grid: the broken pixel at either end with its part, and the whole ones between. */
function cut(from: number, to: number, first: number, last: number) {
  if (first > last) return [{ from: last, to: first, part: to - from }];
  const pieces = [{ from: first, to: last, part: 1 }];
  if (first > from) pieces.push({ from: first - 1, to: first, part: first - from });
  if (to > last) pieces.push({ from: last, to: last + 1, part: to - last });
  return pieces.filter((piece) => piece.to > piece.from);
}

/** So much of 256 of a colour over an opaque one: two channels at a time. */
function blend(under: number, over: number, alpha: number): number {
  const rest = 256 - alpha;
  const redBlue = (Math.imul(over & 0xff00ff, alpha) + Math.imul(under & 0xff00ff, rest) + 0x800080) >>> 8;
  const green = (Math.imul(over & 0xff00, alpha) + Math.imul(under & 0xff00, rest) + 0x8000) >>> 8;
  return ((redBlue & 0xff00ff) | (green & 0xff00) | 0xff000000) >>> 0;
}
