import { type Difference, differenceOf, differencePng, type Pixels, pixelsOf } from './compare.ts';

/** Levels by which single pixels may differ before they are marked in the picture of the difference. */
const MARKED = 24;

function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}

export interface Paletted {
  readonly width: number;
  readonly height: number;
  /** Three bytes a colour, and one byte a pixel, both base64. */
  readonly palette: string;
  readonly pixels: string;
}

/** A picture in at most 256 colours: its most frequent ones, every other pixel in the nearest of them. */
export async function paletted(png: string): Promise<Paletted> {
  const { width, height, data }: Pixels = await pixelsOf(png);
  const count = new Map<number, number>();
  const keyAt = (at: number) => (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
  for (let at = 0; at < data.length; at += 4) count.set(keyAt(at), (count.get(keyAt(at)) ?? 0) + 1);
  const chosen: number[] = [];
  const far = (a: number, b: number) =>
    ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  const byCount = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([key]) => key);
  // Colours that one cannot tell apart share a place.
  for (const apart of [192, 48, 0]) {
    for (const key of byCount) {
      if (chosen.length === 256) break;
      if (chosen.every((one) => far(one, key) > apart)) chosen.push(key);
    }
  }
  const nearest = new Map<number, number>();
  for (const key of byCount) {
    let best = 0;
    chosen.forEach((one, n) => {
      if (far(one, key) < far(chosen[best]!, key)) best = n;
    });
    nearest.set(key, best);
  }
  const pixels = new Uint8Array(width * height);
  for (let n = 0; n < pixels.length; n += 1) pixels[n] = nearest.get(keyAt(4 * n))!;
  const palette = Uint8Array.from(chosen.flatMap((key) => [key >> 16, (key >> 8) & 255, key & 255]));
  return { width, height, palette: base64(palette), pixels: base64(pixels) };
}

export interface Compared extends Difference {
  /** What differs, as PNG; null where nothing does. */
  readonly marked: string | null;
  readonly sameSize: boolean;
}

/** Compares a picture with its reference in blocks of `side` pixels, each by its mean. */
export async function compare(png: string, reference: string, side: number, most: number): Promise<Compared> {
  const a = await pixelsOf(png);
  const b = await pixelsOf(reference);
  if (a.width !== b.width || a.height !== b.height) return { mean: 255, blocks: [], marked: null, sameSize: false };
  const { mean, blocks } = differenceOf(a, b, side, most);
  const marked = blocks.length === 0 ? null : await differencePng(a, b, MARKED);
  return { mean, blocks, marked, sameSize: true };
}
