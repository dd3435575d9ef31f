import { svgOf } from '../../../../shared/timeline/paint-svg.ts';
import type { Shape } from '../../../../shared/timeline/scene.ts';
import type { PlacedText } from '../../../../shared/timeline/svg-text.ts';
import type { Drawing } from '../document.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const mm = (value: number) => Math.round(value * 1000) / 1000;

/** Lines and areas as an SVG without letters, and the texts over it. `scale`: millimetres of a CSS pixel. */
export function drawingWith(size: Size, svg: string, texts: readonly PlacedText[], scale: number): Drawing {
  return {
    width: mm(size.width * scale),
    height: mm(size.height * scale),
    svg,
    labels: texts.map(({ text, x, y, size: height, weight, fill, align }) => ({
      x: mm(x * scale),
      y: mm(y * scale),
      text,
      anchor: align,
      size: mm(height * scale),
      weight,
      fill,
    })),
  };
}

/** A scene for the page: lines and areas as the window draws them, its texts set over them. `size` in CSS pixels. */
export function drawingOf(shapes: readonly Shape[], size: Size, dpr: number, scale: number): Drawing {
  const texts: PlacedText[] = [];
  const svg = svgOf(shapes, { ...size, dpr, texts: (text) => texts.push(text) });
  return drawingWith(size, svg, texts, scale);
}
