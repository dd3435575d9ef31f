import { sameShape } from '../../shared/timeline/same-shapes.ts';
import type { Rects, Shape, Text } from '../../shared/timeline/scene.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A shape with the element that shows it, and what is shown in that. */
interface Shown {
  shape: Shape;
  readonly element: SVGElement;
  readonly inside: Shown[];
}

/**
 * What lies over the picture, as elements of the page: some rectangles, lines and words, of which few change with a frame. A canvas over the
 * whole picture would be copied with every frame in which any canvas changes, though hardly anything stands on it.
 */
export class OverlayLayer {
  readonly #root: SVGElement;
  readonly #shown: Shown[] = [];

  constructor(host: HTMLElement) {
    this.#root = element('svg');
    this.#root.setAttribute('class', 'tl-overlay');
    this.#root.setAttribute('aria-hidden', 'true');
    host.append(this.#root);
  }

  /** Shows these shapes instead of those before: rectangles of plain colours, lines, words, and clips of them. */
  show(shapes: readonly Shape[]): void {
    follow(this.#root, this.#shown, shapes);
  }
}

function element(name: string): SVGElement {
  return document.createElementNS(SVG, name);
}

/** Makes what an element holds like a list of shapes; elements stay where their shape is of the same kind. */
function follow(parent: SVGElement, shown: Shown[], shapes: readonly Shape[]): void {
  for (const [n, shape] of shapes.entries()) {
    const old = shown[n];
    if (old && sameShape(old.shape, shape)) continue;
    if (old?.shape.is === shape.is) {
      write(old, shape, old.shape);
      old.shape = shape;
      continue;
    }
    const made: Shown = { shape, element: element(names[shape.is]), inside: [] };
    write(made, shape, null);
    if (old) old.element.replaceWith(made.element);
    else parent.append(made.element);
    shown[n] = made;
  }
  for (const { element: gone } of shown.splice(shapes.length)) gone.remove();
}

/** An `svg` in another cuts what it holds at its own box. */
const names = { rects: 'path', poly: 'path', text: 'text', clip: 'svg', flat: 'svg', blocks: 'svg' } as const;

function write({ element: at, inside }: Shown, shape: Shape, old: Shape | null): void {
  if (shape.is === 'rects') {
    put(at, { d: pathOf(shape), fill: String(shape.paint), 'fill-opacity': String(shape.opacity ?? 1) });
  } else if (shape.is === 'poly') {
    const { points, closed, fill = 'none', stroke = 'none', width = 1 } = shape;
    put(at, { d: `M${points.join(' ')}${closed ? 'z' : ''}`, fill, stroke, 'stroke-width': String(width) });
  } else if (shape.is === 'text') {
    writeText(at, shape, old?.is === 'text' ? old : null);
  } else if (shape.is === 'clip') {
    const { x, y, width, height } = shape;
    put(at, { x: `${x}`, y: `${y}`, width: `${width}`, height: `${height}`, viewBox: `${x} ${y} ${width} ${height}` });
    follow(at, inside, shape.shapes);
  } else throw new Error(`The overlay shows no ${shape.is}`);
}

function writeText(at: SVGElement, shape: Text, old: Text | null): void {
  const { text, x, y, font, fill, align = 'left' } = shape;
  put(at, { x: String(x), y: String(y), fill, 'text-anchor': anchors[align] });
  if (old?.font !== font) at.style.font = font;
  if (old?.text !== text) at.textContent = text;
}

const anchors = { left: 'start', right: 'end', center: 'middle' } as const;

function put(at: SVGElement, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (at.getAttribute(name) !== value) at.setAttribute(name, value);
  }
}

function pathOf({ xywh: v, count }: Rects): string {
  let path = '';
  for (let i = 0; i < count * 4; i += 4) path += `M${v[i]} ${v[i + 1]}h${v[i + 2]}v${v[i + 3]}h${-v[i + 2]!}z`;
  return path;
}
