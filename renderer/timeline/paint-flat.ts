import { plainColour } from '../../shared/timeline/colours.ts';
import { rectanglesIn } from '../../shared/timeline/flat.ts';
import { type Ink, type Inks, Raster } from '../../shared/timeline/raster.ts';
import type { Flat } from '../../shared/timeline/scene.ts';
import { hatchTile } from './hatch-tile.ts';

/** A rectangle of a canvas costs as much as so many pixels of a sheet. */
const PIXELS_A_RECTANGLE = 2500;

/** Whether so many rectangles are painted faster as pixels. */
export function worthPixels({ width, height, shapes }: Flat, dpr: number): boolean {
  return rectanglesIn(shapes) * PIXELS_A_RECTANGLE > width * height * dpr * dpr;
}

/** Paints rectangles as pixels and puts them in the place of what is there. Of clips of the canvas it knows nothing. */
export function paintFlat(context: CanvasRenderingContext2D, flat: Flat, dpr: number): void {
  const raster = sheetOf(flat);
  inks.context = context;
  const { x, y } = raster.place(flat, dpr, flat.ground);
  if (raster.width === 0 || raster.height === 0) return;
  raster.paint(flat.shapes);
  context.putImageData(imageOf(raster), x, y);
}

/** The strip and the lanes have a sheet each, kept from frame to frame. */
const sheets = new Map<string, Raster>();

function sheetOf({ width, height }: Flat): Raster {
  const key = `${width} ${height}`;
  const known = sheets.get(key);
  if (known) return known;
  if (sheets.size >= 2) sheets.delete(sheets.keys().next().value!);
  const made = new Raster(inks);
  sheets.set(key, made);
  return made;
}

const images = new WeakMap<Uint32Array, ImageData>();

function imageOf({ pixels, width, height }: Raster): ImageData {
  const known = images.get(pixels);
  if (known?.width === width) return known;
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer as ArrayBuffer), width, height);
  images.set(pixels, image);
  return image;
}

/** Colours as a canvas understands them. */
class CanvasInks implements Inks {
  context: CanvasRenderingContext2D | null = null;
  readonly #plain = new Map<string, Ink>();
  readonly #tiles = new Map<string, Uint32Array>();

  plain(colour: string): Ink {
    const known = this.#plain.get(colour);
    if (known) return known;
    const { hex, alpha } = plainColour(this.#read(colour));
    const rgb = Number.parseInt(hex.slice(1), 16);
    const pixel = (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
    const ink = { pixel, alpha };
    this.#plain.set(colour, ink);
    return ink;
  }

  hatch(line: string, ground: string, dpr: number): Uint32Array {
    const key = `${line}|${ground}|${dpr}`;
    const known = this.#tiles.get(key);
    if (known) return known;
    const tile = hatchTile(line, ground, dpr);
    const image = tile.getContext('2d')?.getImageData(0, 0, tile.width, tile.height);
    const pixels = image
      ? new Uint32Array(image.data.buffer)
      : new Uint32Array(tile.width * tile.height).fill(this.plain(ground).pixel);
    this.#tiles.set(key, pixels);
    return pixels;
  }

  /** The canvas writes every colour that it understands in one of two forms. */
  #read(colour: string): string {
    if (!this.context) return colour;
    this.context.fillStyle = colour;
    return String(this.context.fillStyle);
  }
}

const inks = new CanvasInks();
