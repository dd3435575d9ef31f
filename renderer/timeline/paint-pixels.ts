import { fillBlocks } from '../../shared/timeline/pixels.ts';
import type { Blocks } from '../../shared/timeline/scene.ts';

/** A sheet of pixels of its own, kept from frame to frame. */
interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly image: ImageData;
  readonly pixels: Uint32Array;
}

let sheet: Sheet | null = null;

/** Writes blocks as pixels and lays them over what is painted. */
export function paintPixels(context: CanvasRenderingContext2D, blocks: Blocks, dpr: number): void {
  const width = Math.round(blocks.width * dpr);
  const height = Math.round(blocks.height * dpr);
  if (width <= 0 || height <= 0) return;
  const into = sheetOf(width, height);
  if (!into) return;
  const colours = blocks.layers.map((layer) => pixelOf(context, String(layer.paint), layer.opacity ?? 1));
  fillBlocks(into.pixels, width, height, blocks, colours, dpr);
  into.context.putImageData(into.image, 0, 0);
  context.drawImage(into.canvas, blocks.x, blocks.y, width / dpr, height / dpr);
}

function sheetOf(width: number, height: number): Sheet | null {
  if (sheet?.canvas.width === width && sheet.canvas.height === height) return sheet;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  const image = context.createImageData(width, height);
  sheet = { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
  return sheet;
}

const known = new Map<string, number>();

/** A colour as one number in the order of bytes of this machine's pixels: red first in memory. */
function pixelOf(context: CanvasRenderingContext2D, colour: string, opacity: number): number {
  const key = `${colour}|${opacity}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  // The canvas answers with `#rrggbb` for every opaque colour that it understands.
  context.fillStyle = colour;
  const hex = /^#([0-9a-f]{6})$/.exec(String(context.fillStyle));
  const rgb = Number.parseInt(hex?.[1] ?? '888888', 16);
  const bytes = new Uint8Array([rgb >> 16, (rgb >> 8) & 255, rgb & 255, Math.round(opacity * 255)]);
  const pixel = new Uint32Array(bytes.buffer)[0]!;
  known.set(key, pixel);
  return pixel;
}
