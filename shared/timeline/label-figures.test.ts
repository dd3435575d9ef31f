import { describe, expect, it } from 'vitest';
import { changedFigures, figuresAnew } from './label-figures.ts';
import { rect, type Shape, type Text } from './scene.ts';
import type { LabelsPicture } from './scene-labels.ts';

const name: Text = { is: 'text', text: 'Gallery', x: 14, y: 19, font: 'name', fill: 'ink', align: 'left' };
const sent: Text = { is: 'text', text: '↑ 9.61 MB', x: 262, y: 19, font: 'figures', fill: 'ink', align: 'right' };
const share: Text = { is: 'text', text: '28 %', x: 314, y: 19, font: 'small', fill: 'ink', align: 'right' };
const mark = rect(300, 4, 4, 1, 'line');
const row: readonly Shape[] = [name, sent, share, mark];
const other = { ...sent, text: '↑ 10.2 MB', fill: 'quiet' };

describe('figures of a row that changed', () => {
  it('are told with what stood there', () => {
    expect(changedFigures(row, row)).toEqual([]);
    expect(changedFigures(row, row.with(1, other))).toEqual([{ was: sent, now: other }]);
  });

  it('are not enough where anything else changed too', () => {
    expect(changedFigures(row, row.with(0, { ...name, text: 'Gall…' }))).toBeNull();
    expect(changedFigures(row, row.slice(1))).toBeNull();
    expect(changedFigures(row, row.with(3, rect(300, 5, 4, 1, 'line')))).toBeNull();
    expect(changedFigures(row, row.with(1, { ...other, x: 260 }))).toBeNull();
    expect(changedFigures(row, row.with(1, mark))).toBeNull();
  });

  it('are written over a ground that hides the old ones, and nothing of their neighbours', () => {
    const picture = {
      frame: { unit: 1 },
      theme: { groundLabel: 'ground' },
      measure: (text: string) => text.length * 7,
      dpr: 1.25,
    } as unknown as LabelsPicture;
    const place = { key: 'a', y: 0, height: 48, pinned: false };
    const wide = { was: { ...sent, text: '↑ 1,009.61 MB' }, now: other };
    const { shapes } = figuresAnew(picture, place, [wide]);
    const [ground, text] = shapes as [ReturnType<typeof rect>, Text];
    expect(text).toEqual(other);
    const [x, y, width, height] = Array.from(ground.xywh) as [number, number, number, number];
    expect(x).toBeLessThan(262 - wide.was.text.length * 7);
    expect(x + width).toBeGreaterThanOrEqual(262);
    expect(x + width).toBeLessThan(262 + 52 - 7 * 5);
    // Whole device pixels: what lies beside them is not touched. And no line more than its own.
    for (const edge of [x, y, x + width, y + height])
      expect(Math.abs(edge * 1.25 - Math.round(edge * 1.25))).toBeLessThan(1e-9);
    expect(height).toBeLessThanOrEqual(16.8);
  });
});
