import type { Measure, Shape } from '../../shared/timeline/scene.ts';
import { canvasMeasure, paintCanvas } from './paint-canvas.ts';

/** A canvas over the host, sized in CSS pixels and as sharp as the screen. */
export class Surface {
  readonly measure: Measure;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #dpr = 1;

  constructor(host: HTMLElement, opaque: boolean) {
    this.#canvas = document.createElement('canvas');
    this.#canvas.className = 'tl-canvas';
    this.#canvas.setAttribute('aria-hidden', 'true');
    host.append(this.#canvas);
    const context = this.#canvas.getContext('2d', { alpha: !opaque });
    if (!context) throw new Error('This window cannot paint on a canvas');
    this.#context = context;
    this.measure = canvasMeasure(context);
  }

  resize(width: number, height: number, dpr: number): void {
    this.#dpr = dpr;
    this.#canvas.width = Math.max(1, Math.round(width * dpr));
    this.#canvas.height = Math.max(1, Math.round(height * dpr));
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#context.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#context.textBaseline = 'alphabetic';
    // Names in Arabic stand at the left of their column too, and are shaped by the browser.
    this.#context.direction = 'ltr';
  }

  clear(width: number, height: number): void {
    this.#context.clearRect(0, 0, width, height);
  }

  paint(shapes: readonly Shape[]): void {
    paintCanvas(this.#context, shapes, this.#dpr);
  }

  remove(): void {
    this.#canvas.remove();
  }
}
