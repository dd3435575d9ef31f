import { hatchShift, hatchSide } from '../../shared/timeline/hatching.ts';
import type { Measure, Paint, Rects, Shape } from '../../shared/timeline/scene.ts';
import { paintPixels } from './paint-pixels.ts';

/** Below this many rectangles the browser's own are as fast as pixels. */
const WORTH_PIXELS = 1000;

/** Paints shapes on a canvas whose transform already maps CSS pixels to device pixels. */
export function paintCanvas(context: CanvasRenderingContext2D, shapes: readonly Shape[], dpr: number): void {
  // Setting a font costs as much as a word: those of one level follow each other, and a level restores what it found.
  let font = '';
  let alignment = '';
  let ink = '';
  for (const shape of shapes) {
    if (shape.is !== 'text') ink = '';
    if (shape.is === 'rects') {
      paintRects(context, shape, dpr);
    } else if (shape.is === 'blocks') {
      const count = shape.layers.reduce((sum, layer) => sum + layer.count, 0);
      if (count < WORTH_PIXELS) for (const layer of shape.layers) paintRects(context, layer, dpr);
      else paintPixels(context, shape, dpr);
    } else if (shape.is === 'text') {
      if (shape.font !== font) {
        font = shape.font;
        context.font = font;
      }
      const { align = 'left', fill } = shape;
      if (align !== alignment) {
        alignment = align;
        context.textAlign = align;
      }
      if (fill !== ink) {
        ink = fill;
        context.fillStyle = fill;
      }
      context.fillText(shape.text, shape.x, shape.y);
    } else if (shape.is === 'poly') {
      context.beginPath();
      for (let i = 0; i < shape.points.length; i += 2) {
        if (i === 0) context.moveTo(shape.points[i]!, shape.points[i + 1]!);
        else context.lineTo(shape.points[i]!, shape.points[i + 1]!);
      }
      if (shape.closed) context.closePath();
      if (shape.fill) {
        context.fillStyle = shape.fill;
        context.fill();
      }
      if (shape.stroke) {
        context.strokeStyle = shape.stroke;
        context.lineWidth = shape.width ?? 1;
        context.stroke();
      }
    } else {
      context.save();
      context.beginPath();
      context.rect(shape.x, shape.y, shape.width, shape.height);
      context.clip();
      paintCanvas(context, shape.apart ? textsByFont(shape.shapes) : shape.shapes, dpr);
      context.restore();
    }
  }
}

/** Texts one font after the other, behind all else. */
function textsByFont(shapes: readonly Shape[]): Shape[] {
  const fonts = new Map<string, Shape[]>();
  const ordered: Shape[] = [];
  for (const shape of shapes) {
    if (shape.is !== 'text') ordered.push(shape);
    else {
      const known = fonts.get(shape.font);
      if (known) known.push(shape);
      else fonts.set(shape.font, [shape]);
    }
  }
  for (const texts of fonts.values()) ordered.push(...texts);
  return ordered;
}

function paintRects(context: CanvasRenderingContext2D, shape: Rects, dpr: number): void {
  if (shape.count === 0) return;
  if (shape.opacity !== undefined && shape.opacity !== 1) context.globalAlpha = shape.opacity;
  context.fillStyle = styleOf(context, shape.paint, dpr);
  const v = shape.xywh;
  for (let i = 0; i < shape.count * 4; i += 4) context.fillRect(v[i]!, v[i + 1]!, v[i + 2]!, v[i + 3]!);
  context.globalAlpha = 1;
}

const patterns = new Map<string, CanvasPattern>();

function styleOf(context: CanvasRenderingContext2D, paint: Paint, dpr: number): string | CanvasPattern {
  if (typeof paint === 'string') return paint;
  const key = `${paint.hatch}|${paint.ground}|${dpr}`;
  const pattern = patterns.get(key) ?? makeHatch(context, paint.hatch, paint.ground, dpr);
  if (!pattern) return paint.ground;
  if (patterns.size > 16) patterns.clear();
  patterns.set(key, pattern);
  pattern.setTransform(new DOMMatrix([1 / dpr, 0, 0, 1 / dpr, hatchShift(paint.phase, dpr) / dpr, 0]));
  return pattern;
}

function makeHatch(context: CanvasRenderingContext2D, line: string, ground: string, dpr: number): CanvasPattern | null {
  const side = hatchSide(dpr);
  const tile = document.createElement('canvas');
  tile.width = side;
  tile.height = side;
  const t = tile.getContext('2d');
  if (!t) return null;
  t.fillStyle = ground;
  t.fillRect(0, 0, side, side);
  t.strokeStyle = line;
  t.lineWidth = dpr;
  t.beginPath();
  for (const shift of [-side, 0, side]) {
    t.moveTo(shift - 1, side + 1);
    t.lineTo(shift + side + 1, -1);
  }
  t.stroke();
  return context.createPattern(tile, 'repeat');
}

/** Widths that are remembered of one font. */
const MOST_WIDTHS = 5000;

/** Measures with a canvas and remembers: labels are the same from frame to frame. */
export function canvasMeasure(context: CanvasRenderingContext2D): Measure {
  const fonts = new Map<string, Map<string, number>>();
  let lastFont = '';
  let known = new Map<string, number>();
  return (text, font) => {
    if (font !== lastFont) {
      known = fonts.get(font) ?? new Map();
      fonts.set(font, known);
      lastFont = font;
    }
    const found = known.get(text);
    if (found !== undefined) return found;
    context.font = font;
    const width = context.measureText(text).width;
    if (known.size > MOST_WIDTHS) known.clear();
    known.set(text, width);
    return width;
  };
}
