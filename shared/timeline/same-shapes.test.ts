import { expect, it } from 'vitest';
import { BlockColumns } from './block-columns.ts';
import { sameShapes } from './same-shapes.ts';
import { clip, rect, type Shape } from './scene.ts';

const box = { x: 0, y: 0, width: 10, height: 10 };
const inks = { sent: 'a', sentDark: 'b', received: 'c', receivedDark: 'd', peakOpacity: 0.4 };
const word: Shape = { is: 'text', text: 'a', x: 1, y: 2, font: 'f', fill: '#000', align: 'right' };
const made = (): Shape[] => [
  rect(1, 2, 3, 4, 'red'),
  rect(1, 2, 3, 4, { hatch: 'a', ground: 'b', phase: 3 }),
  { is: 'rects', paint: 'red', xywh: Float32Array.of(1, 2, 3, 4, 9, 9, 9, 9), count: 1, opacity: 0.5 },
  { ...word },
  { is: 'poly', points: [1, 2, 3, 4], fill: 'red', stroke: 'blue', width: 2, closed: true },
  clip(box, [{ ...word }]),
  { is: 'flat', ...box, ground: 'white', shapes: [rect(0, 0, 1, 1, 'red')] },
];

it('are those in which nothing differs that is painted', () => {
  expect(sameShapes(made(), made())).toBe(true);
  expect(sameShapes(made(), made().slice(1))).toBe(false);
  // What lies behind the rectangles that are used is not painted.
  const rects = { is: 'rects', paint: 'red', count: 1, opacity: 0.5 } as const;
  expect(sameShapes([{ ...rects, xywh: [1, 2, 3, 4, 5] }], [{ ...rects, xywh: [1, 2, 3, 4, 6] }])).toBe(true);
});

const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}x`;
  if (value instanceof Float32Array) return value.map((n) => n + 1);
  if (Array.isArray(value)) return value.map(other);
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, other(one)]));
};

it('differ where any one part of any shape does', () => {
  const all = made();
  let changed = 0;
  all.forEach((shape, n) => {
    for (const key of Object.keys(shape).filter((one) => one !== 'is')) {
      const value = (shape as unknown as Record<string, unknown>)[key];
      if (key === 'shapes') continue;
      const odd = all.with(n, { ...shape, [key]: other(value) } as Shape);
      expect(sameShapes(made(), odd), `${shape.is} ${key}`).toBe(false);
      changed += 1;
    }
  });
  expect(changed).toBeGreaterThan(25);
  expect(sameShapes(made(), all.with(5, clip(box, [{ ...word, text: 'b' }])))).toBe(false);
  const blocks: Shape = { is: 'blocks', ...box, columns: new BlockColumns(), inks, dpr: 1 };
  expect(sameShapes([blocks], [blocks])).toBe(false);
});
