/** Runs in a page: pictures as Chromium decodes them, compared as raw pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Part of a picture that is laid on the pixels, in its own pixels, fractions too. Absent: all of it. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Decodes a PNG; `part` of it is fitted into `width` and `height`. */
export async function pixelsOf(png: string, size?: { width: number; height: number }, part?: Part): Promise<Pixels> {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const width = size?.width ?? bitmap.width;
  const height = size?.height ?? bitmap.height;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  const from = part ?? { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  context.drawImage(bitmap, from.x, from.y, from.width, from.height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** What two pictures of one size differ by. Levels of 255. */
export interface Difference {
  /** The mean over all pixels, of the channel that differs most. */
  readonly mean: number;
  /** Blocks of `side` pixels whose mean differs by more than `most`, worst first. */
  readonly blocks: readonly { readonly x: number; readonly y: number; readonly by: number }[];
}

/**
 * Compares block by block: a block differs by the difference of its mean colours and, softened, by that of its pixels. Letters that are
 * smoothed in another way keep the mean of their block.
 */
export function differenceOf(a: Pixels, b: Pixels, side: number, most: number): Difference {
  const blocks: { x: number; y: number; by: number }[] = [];
  let total = 0;
  for (let y = 0; y < a.height; y += side) {
    for (let x = 0; x < a.width; x += side) {
      const sums = [0, 0, 0];
      let count = 0;
      for (let v = y; v < Math.min(y + side, a.height); v += 1) {
        for (let u = x; u < Math.min(x + side, a.width); u += 1) {
          const at = 4 * (v * a.width + u);
          let worst = 0;
          for (let c = 0; c < 3; c += 1) {
            const by = a.data[at + c]! - b.data[at + c]!;
            sums[c]! += by;
            worst = Math.max(worst, Math.abs(by));
          }
          total += worst;
          count += 1;
        }
      }
      const by = Math.max(...sums.map((sum) => Math.abs(sum) / count));
      if (by > most) blocks.push({ x, y, by });
    }
  }
  blocks.sort((one, other) => other.by - one.by);
  return { mean: total / (a.width * a.height), blocks };
}

/** What of one picture stands in the other too, at the same place. */
export interface Steady {
  readonly checked: number;
  readonly wrong: number;
  readonly worst: { readonly x: number; readonly y: number; readonly by: number } | null;
}

/**
 * Every pixel whose eight neighbours have its colour must have it in the other picture too, to so many levels. An edge that lies off by more
 * than a pixel breaks this along its whole length; how edges and letters are smoothed does not.
 */
export function steadyPixels(a: Pixels, b: Pixels, levels: number, within?: Part): Steady {
  const { width, height, data } = a;
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1].map((step) => 4 * step);
  const far = (one: Uint8ClampedArray, at: number, other: Uint8ClampedArray, there: number) =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(one[at + c]! - other[there + c]!)));
  let checked = 0;
  let wrong = 0;
  let worst: Steady['worst'] = null;
  const box = within ?? { x: 0, y: 0, width, height };
  for (let y = Math.max(1, box.y); y < Math.min(height - 1, box.y + box.height); y += 1) {
    for (let x = Math.max(1, box.x); x < Math.min(width - 1, box.x + box.width); x += 1) {
      const at = 4 * (y * width + x);
      if (around.some((step) => far(data, at, data, at + step) > 2)) continue;
      checked += 1;
      const by = far(data, at, b.data, at);
      if (by > levels) wrong += 1;
      if (by > (worst?.by ?? 0)) worst = { x, y, by };
    }
  }
  return { checked, wrong, worst };
}

/** The picture with what differs in red over its faded self, as PNG. */
export async function differencePng(a: Pixels, b: Pixels, least: number): Promise<string> {
  const out = new ImageData(a.width, a.height);
  for (let at = 0; at < a.data.length; at += 4) {
    const by = Math.max(...[0, 1, 2].map((c) => Math.abs(a.data[at + c]! - b.data[at + c]!)));
    const faded = by > least ? [220, 0, 40] : [0, 1, 2].map((c) => 170 + a.data[at + c]! / 3);
    out.data.set([...faded, 255], at);
  }
  const canvas = new OffscreenCanvas(a.width, a.height);
  canvas.getContext('2d')!.putImageData(out, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let letters = '';
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}
