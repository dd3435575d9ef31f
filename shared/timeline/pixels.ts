import type { Blocks } from './scene.ts';

/**
 * Fills a sheet of pixels with blocks; the rest of it becomes transparent. `colours` has one pixel value a layer, in the byte order of the
 * sheet. Blocks lie on the grid of device pixels; what reaches beyond the sheet is cut.
 */
export function fillBlocks(
  pixels: Uint32Array,
  width: number,
  height: number,
  blocks: Blocks,
  colours: readonly number[],
  dpr: number,
): void {
  pixels.fill(0);
  const left = blocks.x * dpr;
  const top = blocks.y * dpr;
  blocks.layers.forEach((layer, n) => {
    const colour = colours[n]!;
    const v = layer.xywh;
    for (let i = 0; i < layer.count * 4; i += 4) {
      const fromX = v[i]! * dpr - left;
      const fromY = v[i + 1]! * dpr - top;
      const x0 = Math.max(0, Math.round(fromX));
      const x1 = Math.min(width, Math.round(fromX + v[i + 2]! * dpr));
      const y0 = Math.max(0, Math.round(fromY));
      const y1 = Math.min(height, Math.round(fromY + v[i + 3]! * dpr));
      if (x1 - x0 === 1) {
        for (let at = y0 * width + x0, end = y1 * width; at < end; at += width) pixels[at] = colour;
      } else if (x1 > x0) {
        for (let y = y0; y < y1; y += 1) pixels.fill(colour, y * width + x0, y * width + x1);
      }
    }
  });
}
