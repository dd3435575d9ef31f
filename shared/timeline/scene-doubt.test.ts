import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../base/time.ts';
import type { ContactColumns, IntervalColumns } from '../types/timeline.ts';
import { contactReadOut, pointContact } from './contact-point.ts';
import { type Rail, railOf } from './contact-rail.ts';
import { emptyColumns, laneWith, push, SYNTHETIC_START as start, windowWith } from './fixtures/synthetic.ts';
import { frameOf } from './frame.ts';
import { DataSet } from './lane-data.ts';
import { layOut } from './lane-layout.ts';
import { intervalReadOut, pointAt } from './read-out.ts';
import type { Rects, Shape } from './scene.ts';
import { contactShapes } from './scene-contacts.ts';
import { doubtShapes } from './scene-doubt.ts';
import { readTheme } from './theme.ts';
import { timeScale } from './time-scale.ts';
import { utc } from './zones.ts';

const frame = frameOf({ width: 1306, height: 700, unit: 1, size: 'medium', contextRows: 0, gutter: 0 });
const theme = readTheme((name) => name);
const lane = { key: 'a', zero: 100, up: 20, down: 20 };

function drawnOf(intervals: IntervalColumns, contacts?: ContactColumns) {
  const made = { ...laneWith('a', intervals), ...(contacts ? { contacts } : {}) };
  return {
    subject: { by: 'app' as const, filter: {} },
    whole: new DataSet(windowWith([made], start, start + 40 * DAY)),
    detail: null,
  };
}

function doubt(
  intervals: IntervalColumns,
  hours: number,
  covered: readonly (readonly [number, number])[],
  firstHour = 0,
) {
  const view = { fromUs: start + firstHour * HOUR, toUs: start + hours * HOUR };
  const scale = timeScale(view, frame.left, frame.plotWidth);
  const shapes = doubtShapes(
    {
      scale,
      drawn: drawnOf(intervals),
      covered: covered.map(([from, to]) => ({ fromUs: start + from * HOUR, toUs: start + to * HOUR })),
      comingUs: null,
      heights: { curve: 'linear', topOf: () => ({ sent: 1000, received: 1000 }) },
      frame,
      theme,
      dpr: 2,
    },
    [lane],
  );
  const rects = (paint: string) =>
    shapes
      .filter((shape): shape is Rects => shape.is === 'rects' && shape.paint === paint)
      .flatMap((shape) =>
        Array.from({ length: shape.count }, (_, i) => ({
          x: shape.xywh[4 * i]!,
          y: shape.xywh[4 * i + 1]!,
          width: shape.xywh[4 * i + 2]!,
          height: shape.xywh[4 * i + 3]!,
          opacity: shape.opacity ?? 1,
        })),
      );
  return { scale, veils: rects('--chart-ground'), strokes: rects('--context-mark') };
}

/** Buckets of two hours that begin at these hours, each of 2000 bytes sent, and 1000 received. */
function buckets(hours: readonly number[], error?: IntervalColumns['error']): IntervalColumns {
  const columns = emptyColumns();
  for (const hour of hours) push(columns, start + hour * HOUR, start + (hour + 2) * HOUR, 2000, 1000);
  return error === undefined ? columns : { ...columns, error };
}

describe('an interval that runs on when its source was read', () => {
  it('fades from there to its end, more and more, and nowhere else', () => {
    const { scale, veils } = doubt(buckets([2, 4]), 12, [[0, 4.5]]);
    expect(Math.min(...veils.map(({ x }) => x))).toBeCloseTo(scale.x(start + 4.5 * HOUR), 0);
    expect(Math.max(...veils.map(({ x, width }) => x + width))).toBeCloseTo(scale.x(start + 6 * HOUR), 0);
    const inOrder = veils.toSorted((a, b) => a.x - b.x).map(({ opacity }) => opacity);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(inOrder.at(-1)).toBeGreaterThan(0.85);
    // As high as the bar: 1000 bytes an hour up are all of the room, 500 down the half of it.
    for (const { y, height } of veils) expect([y, y + height]).toEqual([80, 110.5]);
  });

  it('fades at its beginning too, where nobody looked before', () => {
    const { scale, veils } = doubt(buckets([2]), 12, [[3, 12]]);
    expect(Math.min(...veils.map(({ x }) => x))).toBeCloseTo(scale.x(start + 2 * HOUR), 0);
    const inOrder = veils.toSorted((a, b) => b.x - a.x).map(({ opacity }) => opacity);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  });

  it('does not fade where its source saw all of it, nor because the window ends', () => {
    expect(doubt(buckets([2, 4]), 12, [[0, 6]]).veils).toEqual([]);
    expect(doubt(buckets([2, 10]), 11, [[0, 14]]).veils).toEqual([]);
    expect(doubt(buckets([2]), 12, []).veils).toEqual([]);
  });

  it('is faint all through a window that begins after its source was read', () => {
    const { scale, veils } = doubt(buckets([4]), 5.75, [[0, 4.5]], 5);
    const right = frame.left + frame.plotWidth;
    const at = (x: number) => veils.find((veil) => veil.x <= x && veil.x + veil.width > x)?.opacity ?? 0;
    expect(Math.min(...veils.map(({ x }) => x))).toBeCloseTo(scale.x(start + 4.5 * HOUR), 0);
    expect(at(frame.left + 1)).toBeGreaterThan(0.4);
    expect(at(right - 1)).toBeGreaterThan(at(frame.left + 1));
  });

  it('is said so under the pointer', () => {
    const drawn = drawnOf(buckets([4], 30 * MINUTE));
    const scale = timeScale({ fromUs: start, toUs: start + 12 * HOUR }, frame.left, frame.plotWidth);
    const pointed = pointAt(drawn, 'a', scale, start + 5 * HOUR)!;
    const until = (hour: number) => [{ fromUs: start, toUs: start + hour * HOUR }];
    expect(intervalReadOut(drawn, pointed, utc, until(4.5)).note).toMatch(/^Its source had seen only a part of it/);
    expect(intervalReadOut(drawn, pointed, utc, until(6)).note).not.toMatch(/a part of it/);
    expect(intervalReadOut(drawn, pointed, utc).lines.at(-1)).toMatchObject({ label: 'ends', value: '± 30 min' });
  });
});

describe('the error of an edge', () => {
  it('is drawn over just as long as it is, once where neighbours share the edge', () => {
    const { scale, strokes } = doubt(buckets([2, 4], 30 * MINUTE), 12, [[0, 12]]);
    const lines = strokes.filter(({ width }) => width > 2).toSorted((a, b) => a.x - b.x);
    expect(lines).toHaveLength(3);
    for (const [n, hour] of [2, 4, 6].entries()) {
      const { x, width, y, height } = lines[n]!;
      expect(Math.abs(x + width / 2 - scale.x(start + hour * HOUR))).toBeLessThanOrEqual(0.5);
      expect(Math.abs(width - HOUR * scale.pxPerUs)).toBeLessThanOrEqual(0.5);
      expect([y, height]).toEqual([100, 0.5]);
    }
  });

  it('is not drawn where it is narrower than a pixel, or not told', () => {
    // A thousand pixels for two months: half an hour is a third of one.
    expect(doubt(buckets([2, 4], 30 * MINUTE), 60 * 24, [[0, 2000]]).strokes).toEqual([]);
    expect(doubt(buckets([2, 4]), 12, [[0, 12]]).strokes).toEqual([]);
  });

  it('is each its own where intervals differ', () => {
    const { strokes, scale } = doubt(buckets([2, 6], [30 * MINUTE, 3 * MINUTE]), 12, [[0, 12]]);
    const widths = strokes.filter(({ height }) => height === 0.5).map(({ width }) => width / scale.pxPerUs / MINUTE);
    expect(widths.filter((width) => Math.abs(width - 60) < 1)).toHaveLength(2);
    expect(widths.filter((width) => Math.abs(width - 6) < 1)).toHaveLength(2);
  });
});

describe('errors of edges that lie closer together', () => {
  const error = 3 * HOUR;
  const lines = (list: readonly { x: number; width: number; height: number }[]) =>
    list.filter(({ height }) => height === 0.5).toSorted((a, b) => a.x - b.x);

  it('run into one stroke, from the first to the last, with a cap at either end', () => {
    const { scale, strokes } = doubt(buckets([2, 5, 8], error), 24, [[0, 24]]);
    const at = (hour: number) => scale.x(start + hour * HOUR);
    const [line, ...others] = lines(strokes);
    expect(others).toEqual([]);
    expect(line!.x).toBeCloseTo(at(-1), 0);
    expect(line!.x + line!.width).toBeCloseTo(at(13), 0);
    const caps = strokes.filter(({ height }) => height > 0.5).map(({ x }) => x);
    expect(caps.toSorted((a, b) => a - b)).toEqual([expect.closeTo(at(-1), 0), expect.closeTo(at(13) - 0.5, 0)]);
  });

  it('stay strokes of their own where they only touch', () => {
    const { strokes } = doubt(buckets([2, 8], HOUR), 24, [[0, 24]]);
    expect(lines(strokes)).toHaveLength(4);
  });
});

describe('the ends of a contact', () => {
  const rail: Rail = railOf('medium', 1, frame.laneHeight, {
    bytes: true,
    contacts: true,
    watchedUs: 100 * SECOND,
    spanUs: 100 * SECOND,
  });
  const view = { fromUs: start, toUs: start + 100 * SECOND };
  const scale = timeScale(view, frame.left, frame.plotWidth);

  function contact(fromS: number, toS: number, open?: number, error?: number | null) {
    const contacts: ContactColumns = {
      from: [start + fromS * SECOND],
      to: [start + toS * SECOND],
      count: [1],
      first: ['c1'],
      peer: ['192.0.2.1:443'],
      country: [null],
      ...(open === undefined ? {} : { open: [open] }),
      ...(error === undefined ? {} : { error: [error] }),
    };
    const drawn = drawnOf(emptyColumns(), contacts);
    const layout = layOut(['a'], [], frame.laneHeight, frame.lanes.height);
    const rows = [{ key: 'a', y: 0, height: layout.laneHeight, pinned: false }];
    const flat = (list: readonly Shape[]): Shape[] =>
      list.flatMap((shape) => (shape.is === 'clip' ? flat(shape.shapes) : [shape]));
    const shapes = flat(
      contactShapes(
        { frame, scale, drawn, rail, watched: [view], theme, measure: (text) => text.length * 6, dpr: 1 },
        rows,
      ),
    );
    const rects = shapes
      .filter((shape): shape is Rects => shape.is === 'rects' && shape.paint === '--chart-contact')
      .flatMap((shape) =>
        Array.from({ length: shape.count }, (_, i) => ({
          x: shape.xywh[4 * i]!,
          width: shape.xywh[4 * i + 2]!,
          height: shape.xywh[4 * i + 3]!,
          opacity: shape.opacity ?? 1,
        })),
      );
    const caps = rects.filter((one) => one.opacity === 1 && one.height > 2 * one.width);
    const faint = rects.filter((one) => one.opacity < 1);
    return { caps, faint, drawn };
  }

  it('have a cap where they were seen, and fade outwards where they were not', () => {
    const [x0, x1] = [scale.x(start + 20 * SECOND), scale.x(start + 60 * SECOND)];
    expect(contact(20, 60)).toMatchObject({ caps: [{}, {}], faint: [] });
    const before = contact(20, 60, 1);
    expect(before.caps.map(({ x }) => Math.round(x - x1))).toEqual([-2]);
    expect(before.faint).toHaveLength(3);
    expect(before.faint.every(({ x, width }) => x + width <= x0)).toBe(true);
    const after = contact(20, 60, 2);
    expect(after.faint.every(({ x }) => x >= x1)).toBe(true);
    expect(contact(20, 60, 3)).toMatchObject({ caps: [], faint: { length: 6 } });
  });

  it('show the error of their clock where it is wider than a pixel', () => {
    const { faint } = contact(20, 60, 0, 2 * SECOND);
    expect(faint.map(({ width }) => width / scale.pxPerUs / SECOND)).toEqual([
      expect.closeTo(4, 1),
      expect.closeTo(4, 1),
    ]);
    expect(contact(20, 60, 0, 50_000).faint).toEqual([]);
    expect(contact(20, 60, 0, null).faint).toEqual([]);
    // A moment too.
    expect(contact(50, 50, 0, 3 * SECOND).faint.map(({ width }) => width / scale.pxPerUs / SECOND)).toEqual([
      expect.closeTo(6, 1),
    ]);
  });

  it('are said under the pointer', () => {
    const { drawn } = contact(20, 60, 3, 2 * SECOND);
    const at = pointContact(drawn, 'a', scale, rail, 1, scale.x(start + 40 * SECOND), 0)!;
    const lines = contactReadOut(drawn, at, utc).lines.map(({ label, value }) => `${label}: ${value}`);
    expect(lines).toEqual([
      'contact: 192.0.2.1:443',
      'began: not known: it was there at the first look',
      'ended: not known: it was there at the last look',
      'times: ± 2 s',
    ]);
  });
});
