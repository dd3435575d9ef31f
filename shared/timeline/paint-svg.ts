import { layersOf } from './block-layers.ts';
import { plainColour } from './colours.ts';
import { hatchShift, hatchSide } from './hatching.ts';
import { type Box, type Paint, type Poly, type Rects, rect, type Shape, type Text } from './scene.ts';
import { escaped, type PlacedText, placedText, textElement } from './svg-text.ts';

export interface SvgOptions {
  /** Size of the picture in CSS pixels; nothing beyond it is drawn. */
  readonly width: number;
  readonly height: number;
  /** Device pixels of a CSS pixel that the scene was made for. */
  readonly dpr?: number;
  /** What the picture says, for those who cannot see it. */
  readonly title?: string;
  /** Takes the texts instead of the picture: a painter with letters of its own sets them over it. */
  readonly texts?: (text: PlacedText) => void;
}

/**
 * A scene as one SVG document: the same shapes in the same order as a canvas paints them. Rectangles of one colour are one path, in
 * hundredths of a pixel, cut at the boxes that they are seen in; hatching is a pattern. It has no script, no link and no outer reference, and
 * the same scene gives the same text.
 */
export function svgOf(shapes: readonly Shape[], options: SvgOptions): string {
  const writer = new SvgWriter(options);
  writer.paint(shapes, { x: 0, y: 0, width: options.width, height: options.height });
  return writer.document();
}

/** So much of the picture is seen: nothing where boxes do not touch. */
function meet(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Hundredths of a pixel, and the text of so many. */
const cents = (px: number) => Math.round(px * 100);
const num = (hundredths: number) => String(hundredths / 100);
const px = (value: number) => num(cents(value));

class SvgWriter {
  readonly #options: SvgOptions;
  readonly #dpr: number;
  readonly #defs: string[] = [];
  readonly #ids = new Map<string, string>();
  readonly #body: string[] = [];
  #font: string | null = null;

  constructor(options: SvgOptions) {
    this.#options = options;
    this.#dpr = options.dpr ?? 1;
  }

  document(): string {
    const { width, height, title } = this.#options;
    const defs = this.#defs.length > 0 ? `<defs>${this.#defs.join('')}</defs>` : '';
    const size = `width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}"`;
    const font = this.#font === null ? '' : ` font-family="${escaped(this.#font)}"`;
    const said = title === undefined ? '' : `<title>${escaped(title)}</title>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}${font}>${said}${defs}${this.#body.join('')}</svg>`;
  }

  paint(shapes: readonly Shape[], seen: Box): void {
    for (const shape of shapes) {
      if (shape.is === 'rects') this.#rects(shape, seen);
      else if (shape.is === 'blocks') {
        const box = meet(seen, shape);
        if (box) for (const layer of layersOf(shape)) this.#rects(layer, box);
      } else if (shape.is === 'text') this.#text(shape, seen);
      else if (shape.is === 'poly') this.#poly(shape, seen);
      else {
        const box = meet(seen, shape);
        if (!box) continue;
        if (shape.is === 'flat') this.#rects(rect(shape.x, shape.y, shape.width, shape.height, shape.ground), box);
        this.paint(shape.shapes, box);
      }
    }
  }

  #rects(shape: Rects, seen: Box): void {
    const path = pathOf(shape, seen);
    if (path === '') return;
    this.#body.push(`<path${this.#fill(shape.paint, shape.opacity ?? 1)} d="${path}"/>`);
  }

  #fill(paint: Paint, opacity: number): string {
    if (typeof paint === 'string') return coloured('fill', paint, opacity);
    const side = hatchSide(this.#dpr) / this.#dpr;
    const shift = hatchShift(paint.phase, this.#dpr) / this.#dpr;
    const ground = plainColour(paint.ground);
    const line = plainColour(paint.hatch);
    const id = this.#define(
      'h',
      (name) =>
        `<pattern id="${name}" width="${px(side)}" height="${px(side)}" patternUnits="userSpaceOnUse"${shift === 0 ? '' : ` patternTransform="translate(${px(shift)} 0)"`}>` +
        `<path fill="${ground.hex}" d="M0 0h${px(side)}v${px(side)}h${px(-side)}z"/>` +
        // One line and the corners of its neighbours: all that falls into a square.
        `<path stroke="${line.hex}" fill="none" d="M-1 1l2 -2M-1 ${px(side + 1)}L${px(side + 1)} -1M${px(side - 1)} ${px(side + 1)}l2 -2"/></pattern>`,
      `${line.hex} ${ground.hex} ${shift}`,
    );
    return ` fill="url(#${id})"${opacity === 1 ? '' : ` fill-opacity="${px(opacity)}"`}`;
  }

  /** The same definition is written once. */
  #define(letter: string, write: (id: string) => string, key: string): string {
    const known = this.#ids.get(letter + key);
    if (known !== undefined) return known;
    const id = `${letter}${this.#defs.length}`;
    this.#defs.push(write(id));
    this.#ids.set(letter + key, id);
    return id;
  }

  #text(shape: Text, seen: Box): void {
    const placed = placedText(shape);
    if (!meet(seen, placed.reach)) return;
    if (this.#options.texts) {
      this.#options.texts(placed);
      return;
    }
    this.#font ??= placed.family;
    this.#clipped(textElement(placed, placed.family === this.#font), placed.reach, seen);
  }

  #poly(shape: Poly, seen: Box): void {
    const { points, fill, stroke, closed } = shape;
    const half = stroke === undefined ? 0 : (shape.width ?? 1);
    const reach = reachOf(points, half);
    if (!meet(seen, reach)) return;
    const path = `M${linked(points)}${closed ? 'z' : ''}`;
    const line = stroke === undefined ? '' : `${coloured('stroke', stroke, 1)} stroke-width="${px(shape.width ?? 1)}"`;
    this.#clipped(
      `<path${fill === undefined ? ' fill="none"' : coloured('fill', fill, 1)}${line} d="${path}"/>`,
      reach,
      seen,
    );
  }

  #clipped(element: string, reach: Box, seen: Box): void {
    const within =
      reach.x >= seen.x &&
      reach.y >= seen.y &&
      reach.x + reach.width <= seen.x + seen.width &&
      reach.y + reach.height <= seen.y + seen.height;
    if (within) {
      this.#body.push(element);
      return;
    }
    const box = `M${px(seen.x)} ${px(seen.y)}h${px(seen.width)}v${px(seen.height)}h${px(-seen.width)}z`;
    const id = this.#define('c', (name) => `<clipPath id="${name}"><path d="${box}"/></clipPath>`, box);
    const last = this.#body.at(-1);
    const open = `<g clip-path="url(#${id})">`;
    // What is cut by the same box stands together.
    if (last?.startsWith(open)) this.#body[this.#body.length - 1] = `${last.slice(0, -4)}${element}</g>`;
    else this.#body.push(`${open}${element}</g>`);
  }
}

function coloured(what: 'fill' | 'stroke', colour: string, opacity: number): string {
  const { hex, alpha } = plainColour(colour);
  const share = cents(alpha * opacity);
  return ` ${what}="${hex}"${share === 100 ? '' : ` ${what}-opacity="${num(share)}"`}`;
}

/** The part of every rectangle that is seen, each as a closed piece of the path; steps are relative to the start of the last. */
function pathOf(shape: Rects, seen: Box): string {
  const v = shape.xywh;
  const left = cents(seen.x);
  const top = cents(seen.y);
  const right = cents(seen.x + seen.width);
  const bottom = cents(seen.y + seen.height);
  const pieces: string[] = [];
  let atX = 0;
  let atY = 0;
  for (let i = 0; i < shape.count * 4; i += 4) {
    const x0 = Math.max(left, cents(Math.min(v[i]!, v[i]! + v[i + 2]!)));
    const x1 = Math.min(right, cents(Math.max(v[i]!, v[i]! + v[i + 2]!)));
    const y0 = Math.max(top, cents(Math.min(v[i + 1]!, v[i + 1]! + v[i + 3]!)));
    const y1 = Math.min(bottom, cents(Math.max(v[i + 1]!, v[i + 1]! + v[i + 3]!)));
    if (x1 <= x0 || y1 <= y0) continue;
    const start = pieces.length === 0 ? `M${num(x0)} ${num(y0)}` : `m${num(x0 - atX)} ${num(y0 - atY)}`;
    pieces.push(`${start}h${num(x1 - x0)}v${num(y1 - y0)}h${num(x0 - x1)}z`);
    atX = x0;
    atY = y0;
  }
  return pieces.join('');
}

function linked(points: readonly number[]): string {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) pairs.push(`${px(points[i]!)} ${px(points[i + 1]!)}`);
  return pairs.join('L');
}

function reachOf(points: readonly number[], half: number): Box {
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const x = Math.min(...xs) - half;
  const y = Math.min(...ys) - half;
  return { x, y, width: Math.max(...xs) + half - x, height: Math.max(...ys) + half - y };
}
