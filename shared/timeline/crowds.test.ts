import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '../base/time.ts';
import type { ContextMark } from '../types/timeline.ts';
import { contactsOf } from './contact-data.ts';
import { edgesOf, layOutContacts } from './contact-rail.ts';
import { emptyColumns, laneWith, SYNTHETIC_START as start } from './fixtures/synthetic.ts';
import { frameOf } from './frame.ts';
import type { Shape } from './scene.ts';
import { contextScene } from './scene-context.ts';
import { lightTheme } from './themes.ts';
import { ticksOf } from './ticks.ts';
import { timeScale } from './time-scale.ts';
import { utc } from './zones.ts';

describe('what stands close together', () => {
  it('is told apart: boxes with numbers do not lie over one another on a single track', () => {
    const many = { minLength: 1, maxLength: 40, size: 'max' } as const;
    const moments = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 60_000 }), many),
      fc.array(fc.integer({ min: 0, max: 6000 }), many),
    );
    fc.assert(
      fc.property(moments, (found) => {
        const from = found.toSorted((a, b) => a - b).map((at) => start + at * SECOND);
        const contacts = {
          from,
          to: from,
          count: from.map((_, n) => 1 + (n % 4) * 7),
          first: from.map((_, n) => `k${n}`),
          peer: from.map(() => null),
          country: from.map(() => null),
        };
        const series = contactsOf({ ...laneWith('a', emptyColumns()), contacts })!;
        const marks = layOutContacts(series, 0.005 / SECOND, 1, 1);
        expect(marks.reduce((sum, one) => sum + one.count, 0)).toBe(contacts.count.reduce((sum, one) => sum + one, 0));
        const edges = marks.map((mark) => edgesOf(mark, (us) => ((us - start) * 0.005) / SECOND, 1));
        for (const [n, [left]] of edges.slice(1).entries()) expect(left).toBeGreaterThanOrEqual(edges[n]![1] - 0.001);
      }),
      { numRuns: 300 },
    );
  });

  it('is never hidden: no mark of the phone lies over the number of another', () => {
    const at = (hours: number, kind: ContextMark['kind']): ContextMark => {
      const us = start + hours * 3600 * SECOND;
      return { kind, fromUs: us, toUs: us, name: kind, detail: null, evidence: null };
    };
    const marks = [
      at(0, 'install'),
      at(6, 'boot'),
      ...[12, 13, 14, 15].map((hours) => at(hours, 'permission')),
      at(52, 'permission'),
      at(53, 'permission'),
      at(55, 'acquisition'),
    ];
    const frame = frameOf({ width: 800, height: 600, unit: 1, size: 'medium', contextRows: 1, gutter: 0 });
    const scale = timeScale({ fromUs: start - 50 * DAY, toUs: start + 12 * DAY }, frame.left, frame.plotWidth);
    const rows = [{ id: 'marks', title: 'Phone', is: 'marks', marks }] as const;
    const flat = (shapes: readonly Shape[]): Shape[] =>
      shapes.flatMap((shape) => (shape.is === 'clip' ? flat(shape.shapes) : [shape]));
    const shapes = flat(contextScene(frame, rows, scale, lightTheme, (text) => text.length * 5.5, 1));
    const glyphs = shapes.flatMap((shape) => {
      if (shape.is !== 'poly') return [];
      const xs = shape.points.filter((_, n) => n % 2 === 0);
      return [{ from: Math.min(...xs), to: Math.max(...xs) }];
    });
    expect(glyphs).toHaveLength(5);
    for (const [n, one] of glyphs.slice(1).entries()) expect(one.from).toBeGreaterThan(glyphs[n]!.to);
    for (const shape of shapes) {
      if (shape.is !== 'text' || !/^\d+$/.test(shape.text)) continue;
      const to = shape.x + 5.5 * shape.text.length;
      for (const one of glyphs) expect(one.from >= to || one.to <= shape.x).toBe(true);
    }
  });

  it('has dates where weeks are too narrow for them: every other Monday', () => {
    const view = { fromUs: start, toUs: start + 60 * DAY };
    expect(ticksOf(view, { unit: 'day', size: 14, about: 14 * DAY }, utc).map((tick) => tick.label)).toEqual([
      'Mon 9 Mar',
      'Mon 23 Mar',
      'Mon 6 Apr',
      'Mon 20 Apr',
    ]);
  });
});
