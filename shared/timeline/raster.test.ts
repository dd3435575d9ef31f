import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockColumns } from './block-columns.ts';
import { layersOf } from './block-layers.ts';
import { flatFirst, rectanglesIn } from './flat.ts';
import { hatchShift, hatchSide } from './hatching.ts';
import { type Inks, Raster } from './raster.ts';
import { type Blocks, type Box, clip, rect, type Shape } from './scene.ts';

/** `#0000ff/0.5`: a colour and how much it covers. */
const inks: Inks = {
  plain(colour) {
    const [hex, alpha = '1'] = colour.split('/');
    const rgb = Number.parseInt(hex!.slice(1), 16);
    const pixel = 0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16);
    return { pixel: pixel >>> 0, alpha: Number(alpha) };
  },
  hatch: (_line, _ground, dpr) => Uint32Array.from({ length: hatchSide(dpr) ** 2 }, (_, n) => (0xff000000 | n) >>> 0),
};

function painted(box: Box, dpr: number, shapes: readonly Shape[]): Raster {
  const raster = new Raster(inks);
  raster.place(box, dpr, '#ffffff');
  raster.paint(shapes);
  return raster;
}

const channels = (pixel: number) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24];

/** The same for one pixel, by the area that each rectangle covers of it. */
function truth(box: Box, dpr: number, shapes: readonly Shape[], x: number, y: number): number[] {
  const [px, py] = [Math.round(box.x * dpr) + x, Math.round(box.y * dpr) + y];
  let colour = [255, 255, 255];
  const over = (from: number, to: number, at: number) => Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
  const paint = (list: readonly Shape[], seen: Box) => {
    for (const shape of list) {
      if (shape.is === 'clip') paint(shape.shapes, shape);
      if (shape.is !== 'rects' || typeof shape.paint !== 'string') continue;
      const [rx, ry, width, height] = Array.from(shape.xywh) as [number, number, number, number];
      const [left, top] = [Math.max(rx, seen.x) * dpr, Math.max(ry, seen.y) * dpr];
      const right = Math.min(rx + width, seen.x + seen.width) * dpr;
      const bottom = Math.min(ry + height, seen.y + seen.height) * dpr;
      const { pixel, alpha } = inks.plain(shape.paint);
      const part = alpha * (shape.opacity ?? 1) * over(left, right, px) * over(top, bottom, py);
      colour = colour.map((under, n) => under * (1 - part) + channels(pixel)[n]! * part);
    }
  };
  // The sheet lies on whole pixels: its own edges cut none.
  paint(shapes, { x: -99, y: -99, width: 999, height: 999 });
  return colour;
}

const box = { x: 3, y: 2, width: 12, height: 10 };
const quarter = (min: number, max: number) => fc.integer({ min: min * 4, max: max * 4 }).map((n) => n / 4);
const anyRect = fc
  .tuple(
    quarter(0, 16),
    quarter(0, 14),
    quarter(0, 9),
    quarter(0, 9),
    fc.constantFrom('#0b6b61', '#d47d2e', '#15191d/0.5'),
    fc.constantFrom(1, 0.36),
  )
  .map(
    ([x, y, width, height, paint, opacity]): Shape => ({ ...rect(x, y, width, height, paint), is: 'rects', opacity }),
  );

describe('rectangles as pixels', () => {
  it.each([1, 1.25, 2])('cover of every pixel as much as they cover of it, at %d device pixels a pixel', (dpr) => {
    const anyClip = fc
      .tuple(quarter(2, 8), quarter(2, 8), quarter(1, 9), quarter(1, 9), fc.array(anyRect, { maxLength: 3 }))
      .map(([x, y, width, height, shapes]) => clip({ x, y, width, height }, shapes));
    fc.assert(
      fc.property(fc.array(fc.oneof(anyRect, anyClip), { maxLength: 4 }), (shapes) => {
        const raster = painted(box, dpr, shapes);
        for (let y = 0; y < raster.height; y += 1) {
          for (let x = 0; x < raster.width; x += 1) {
            const found = channels(raster.pixels[y * raster.width + x]!);
            const wanted = truth(box, dpr, shapes, x, y);
            for (let n = 0; n < 3; n += 1) expect(Math.abs(found[n]! - wanted[n]!)).toBeLessThan(4);
            expect(found[3]).toBe(255);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hatch by squares that lie where the whole picture has them', () => {
    const shape: Shape = { is: 'rects', paint: { hatch: '', ground: '', phase: 5 }, xywh: [4, 3, 9, 6], count: 1 };
    const raster = painted(box, 2, [shape]);
    const side = hatchSide(2);
    const shift = hatchShift(5, 2);
    for (const [x, y] of [
      [8, 6],
      [25, 17],
      [13, 9],
    ] as const) {
      const tile = (y % side) * side + ((x - shift + side * 9) % side);
      expect(raster.pixels[(y - 4) * raster.width + (x - 6)]! & 0xffff).toBe(tile);
    }
    expect(raster.pixels[0]).toBe(0xffffffff);
  });

  it('forget what was there', () => {
    const raster = painted(box, 1, [rect(0, 0, 99, 99, '#000000')]);
    raster.place(box, 1, '#0b6b61');
    expect(new Set(raster.pixels)).toEqual(new Set([inks.plain('#0b6b61').pixel]));
  });
});

describe('blocks as pixels', () => {
  const colours = {
    sent: '#d47d2e',
    sentDark: '#9c480a',
    received: '#5b98d3',
    receivedDark: '#1a5590',
    peakOpacity: 0.36,
  };
  const anyHeights = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((three) => three.toSorted((a, b) => a - b));
  const anyLane = fc.tuple(
    fc.integer({ min: -6, max: 34 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(3), anyHeights, anyHeights), { maxLength: 5 }),
  );

  it('colour exactly the pixels that their rectangles cover, cut at the edges of what is seen', () => {
    fc.assert(
      fc.property(fc.array(anyLane, { maxLength: 3 }), fc.constantFrom(1, 2), (lanes, dpr) => {
        const columns = new BlockColumns();
        for (const [zero, blocks] of lanes) {
          columns.reserve(blocks.length);
          let x = 0;
          for (const [width, gap, up, down] of blocks) {
            const at = columns.count;
            columns.x0[at] = x + gap;
            x += gap + width;
            columns.x1[at] = x;
            [columns.up.dark[at], columns.up.full[at], columns.up.peak[at]] = up as [number, number, number];
            [columns.down.dark[at], columns.down.full[at], columns.down.peak[at]] = down as [number, number, number];
            columns.count += 1;
          }
          columns.endLane(zero);
        }
        const blocks: Blocks = { is: 'blocks', x: 4, y: 3, width: 7, height: 8, columns, inks: colours, dpr };
        const asPixels = painted(box, dpr, [blocks]);
        const asRects = painted(box, dpr, [clip(blocks, layersOf(blocks))]);
        // Lanes do not overlap in a picture; here they may, and then the layers lie in another order.
        if (lanes.length < 2) expect(asPixels.pixels).toEqual(asRects.pixels);
        else expect(asPixels.pixels.length).toBe(asRects.pixels.length);
      }),
    );
  });
});

describe('a picture in two layers', () => {
  it('has every shape once, words and figures over all rectangles, in the clips where they stood', () => {
    const word: Shape = { is: 'text', text: 'a', x: 4, y: 5, font: '1px x', fill: '#000000' };
    const figure: Shape = { is: 'poly', points: [1, 2, 3, 4], fill: '#000000' };
    const inner = { x: 4, y: 4, width: 3, height: 3 };
    const [one, two, none] = [rect(1, 1, 1, 1, 'a'), rect(2, 2, 2, 2, 'b'), { ...rect(0, 0, 0, 0, 'c'), count: 0 }];
    const layers = flatFirst(box, '#ffffff', [word, one, clip(inner, [figure, two, none]), clip(inner, [word])]);
    expect(layers).toEqual([
      { is: 'flat', ...box, ground: '#ffffff', shapes: [one, clip(inner, [two])] },
      clip(box, [word, clip(inner, [figure]), clip(inner, [word])]),
    ]);
    expect(rectanglesIn(layers)).toBe(2);
  });
});
