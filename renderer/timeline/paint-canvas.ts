import { layersOf } from '../../shared/timeline/block-layers.ts';
import { hatchShift } from '../../shared/timeline/hatching.ts';
import { type Box, type Measure, type Paint, type Rects, rect, type Shape } from '../../shared/timeline/scene.ts';
import { hatchTile } from './hatch-tile.ts';
import { paintFlat, worthPixels } from './paint-flat.ts';

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
      clipped(context, shape, layersOf(shape), dpr);
    } else if (shape.is === 'flat') {
      if (worthPixels(shape, dpr)) paintFlat(context, shape, dpr);
      else
        clipped(
          context,
          shape,
          [rect(shape.x, shape.y, shape.width, shape.height, shape.ground), ...shape.shapes],
          dpr,
        );
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
      clipped(context, shape, shape.apart ? textsByFont(shape.shapes) : shape.shapes, dpr);
    }
  }
}

/** Paints what is seen in a box. */
function clipped(context: CanvasRenderingContext2D, box: Box, shapes: readonly Shape[], dpr: number): void {
  if (shapes.length === 0) return;
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  paintCanvas(context, shapes, dpr);
  context.restore();
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
  const pattern = patterns.get(key) ?? context.createPattern(hatchTile(paint.hatch, paint.ground, dpr), 'repeat');
  if (!pattern) return paint.ground;
  if (patterns.size > 16) patterns.clear();
  patterns.set(key, pattern);
  pattern.setTransform(new DOMMatrix([1 / dpr, 0, 0, 1 / dpr, hatchShift(paint.phase, dpr) / dpr, 0]));
  return pattern;
}

/** Widths that are remembered of one font. */
const MOST_WIDTHS = 5000;

const fonts = new Map<string, Map<string, number>>();
/** The font that was measured last, and its widths. */
let lastFont = '';
let known = new Map<string, number>();

let listening = false;

/** Letters of other scripts arrive when a name first needs them: what was measured before was another font. */
function forgetWithFonts(): void {
  if (listening) return;
  listening = true;
  document.fonts.addEventListener('loadingdone', () => {
    fonts.clear();
    lastFont = '';
  });
}

/** Measures with a canvas and remembers for all canvases: labels are the same from frame to frame. */
export function canvasMeasure(context: CanvasRenderingContext2D): Measure {
  forgetWithFonts();
  return (text, font) => {
    if (font !== lastFont) {
      known = fonts.get(font) ?? new Map();
      fonts.set(font, known);
    }
    // The same object is compared at once next time, its like letter by letter.
    lastFont = font;
    const found = known.get(text);
    if (found !== undefined) return found;
    context.font = font;
    const width = context.measureText(text).width;
    if (known.size > MOST_WIDTHS) known.clear();
    known.set(text, width);
    return width;
  };
}
