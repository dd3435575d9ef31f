import { describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import type { ContactColumns, LaneView } from '../types/timeline.ts';
import { type ContactSeries, contactCount, contactsIn, contactsOf, nextContact } from './contact-data.ts';
import { contactOf, contactReadOut, pointContact, seenText, trackAt } from './contact-point.ts';
import { layOutContacts, type RailChoice, railBox, railOf } from './contact-rail.ts';
import { contactSpans, coveredSpans, coversAny } from './coverage.ts';
import { describeWindow } from './describe.ts';
import { emptyColumns, laneWith, push, SYNTHETIC_START as start, windowWith } from './fixtures/synthetic.ts';
import { frameOf } from './frame.ts';
import { DataSet } from './lane-data.ts';
import { layOut } from './lane-layout.ts';
import type { Shape } from './scene.ts';
import { gridOf } from './scene-axis.ts';
import { LaneBrush, lanesScene } from './scene-lanes.ts';
import { readTheme } from './theme.ts';
import { timeScale } from './time-scale.ts';
import { utc } from './zones.ts';

type Row = readonly [from: number, to: number, peer?: string | null, country?: string | null, count?: number];

/** Seconds from the start; ids are k0, k1, … */
function columnsOf(rows: readonly Row[]): ContactColumns {
  return {
    from: rows.map(([from]) => start + from * SECOND),
    to: rows.map(([, to]) => start + to * SECOND),
    count: rows.map((row) => row[4] ?? 1),
    first: rows.map((_, i) => `k${i}`),
    peer: rows.map((row) => (row[2] === undefined ? 'peer.example:443' : row[2])),
    country: rows.map((row) => row[3] ?? null),
  };
}
const laneOf = (rows: readonly Row[], key = 'a', name = key): LaneView => ({
  ...laneWith(key, emptyColumns(), name),
  contacts: columnsOf(rows),
});
const seriesOf = (rows: readonly Row[]): ContactSeries => contactsOf(laneOf(rows))!;
/** Ten pixels a second. */
const pxPerUs = 10 / SECOND;

const shows = (over: Partial<RailChoice>): RailChoice => ({
  bytes: true,
  contacts: true,
  watchedUs: 60 * SECOND,
  spanUs: 100 * SECOND,
  ...over,
});

describe('contacts of a lane', () => {
  it('are found where they touch, a moment too, and counted as many as were merged', () => {
    const series = seriesOf([
      [0, 100],
      [10, 10],
      [20, 30, null, null, 7],
    ]);
    const at = (from: number, to: number) => contactsIn(series, start + from * SECOND, start + to * SECOND);
    expect(at(10, 10)).toEqual([0, 1]);
    expect(at(11, 19)).toEqual([0]);
    expect(at(101, 200)).toEqual([]);
    expect(contactCount(series, start, start + 100 * SECOND)).toBe(9);
    expect([nextContact(series, start, 1), nextContact(series, start + 10 * SECOND, -1)]).toEqual([1, 0]);
    expect(nextContact(series, start + 20 * SECOND, 1)).toBe(-1);
  });
});

describe('the rail', () => {
  it('stands at the foot of every lane, and is the lane where no source counts bytes', () => {
    expect(railOf('medium', 1, 48, shows({ contacts: false })).height).toBe(0);
    const rail = railOf('medium', 1, 48, shows({}));
    expect([rail.tracks, rail.alone]).toEqual([2, false]);
    const box = railBox(100, 48, rail);
    expect(box.y + box.height).toBe(147);
    const alone = railOf('medium', 1, 48, shows({ bytes: false }));
    expect([alone.alone, alone.height, alone.tracks > 2]).toEqual([true, 46, true]);
  });

  it('takes no room from the bars where all that was watched is a sliver of the window', () => {
    const far = railOf('medium', 1, 48, shows({ spanUs: 60 * 26 * SECOND }));
    expect([far.far, far.kept, far.tracks]).toEqual([true, 0, 1]);
    expect(railOf('medium', 1, 48, shows({ spanUs: 60 * 24 * SECOND })).far).toBe(false);
    // A single look covers no time: its marks stand over the bars' foot, and the bars keep their lane.
    expect(railOf('medium', 1, 48, shows({ watchedUs: 0, spanUs: 1e15 })).kept).toBe(0);
  });

  it('gives those that are open at once tracks of their own, and keeps them there through time', () => {
    const rows: Row[] = [
      [0, 60],
      [5, 15],
      [20, 30],
    ];
    const marks = layOutContacts(seriesOf(rows), pxPerUs, 2, 1);
    expect(marks.map((mark) => [mark.track, mark.entries])).toEqual([
      [0, [0]],
      [1, [1]],
      [1, [2]],
    ]);
    const later = layOutContacts(seriesOf([...rows, [40, 50]]), pxPerUs, 2, 1);
    expect(later.slice(0, 3).map((mark) => mark.track)).toEqual([0, 1, 1]);
  });

  it('lets moments that touch share a mark with their number, and loses none', () => {
    const rows: Row[] = Array.from({ length: 40 }, (_, i) => [i * 0.3, i * 0.3]);
    const marks = layOutContacts(seriesOf(rows), pxPerUs, 2, 1);
    expect(marks.length).toBeLessThan(12);
    expect(marks.length).toBeGreaterThan(3);
    expect(marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(40);
    expect(marks.flatMap((mark) => mark.entries).sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
  });

  it('stacks those that find no track over the last, by when they were first seen', () => {
    const rows: Row[] = [
      [0, 100],
      [0, 100],
      [10, 90],
      [11, 95],
      [60, 70],
    ];
    const marks = layOutContacts(seriesOf(rows), pxPerUs, 2, 1);
    const over = marks.filter((mark) => mark.over);
    expect(over.map((mark) => [mark.track, mark.count, (mark.lastUs - start) / SECOND])).toEqual([
      [1, 2, 95],
      [1, 1, 70],
    ]);
    // It is drawn where they begin, so that a long one does not hide all after it.
    expect((over[0]!.toUs - start) / SECOND).toBe(11);
    expect(marks[1]!.clear).toBeCloseTo(100, 6);
  });
});

const frame = frameOf({ width: 1306, height: 700, unit: 1, size: 'medium', contextRows: 0, gutter: 0 });
const theme = readTheme((name) => name);

function draw(
  lane: LaneView,
  watched: readonly (readonly [number, number])[],
  counted: readonly (readonly [number, number])[],
  comingUs: number | null = null,
) {
  const view = { fromUs: start, toUs: start + 100 * SECOND };
  const spans = (list: readonly (readonly [number, number])[]) =>
    list.map(([from, to]) => ({ fromUs: start + from * SECOND, toUs: start + to * SECOND }));
  const scale = timeScale(view, frame.left, frame.plotWidth);
  const drawn = {
    subject: { by: 'app' as const, filter: {} },
    whole: new DataSet(windowWith([lane], view.fromUs, view.toUs)),
    detail: null,
  };
  const rail = railOf('medium', 1, frame.laneHeight, shows({}));
  const shapes = lanesScene(
    {
      frame,
      layout: layOut([lane.key], [], frame.laneHeight, frame.lanes.height),
      scroll: 0,
      scale,
      grid: gridOf(scale, utc, 1),
      nights: null,
      moments: [],
      drawn,
      covered: spans(counted),
      watched: spans(watched),
      comingUs,
      rail,
      heights: { curve: 'root', full: 'lane', direction: 'both', topOf: () => ({ sent: 1, received: 1 }) },
      theme,
      measure: (text) => text.length * 6,
      dpr: 1,
    },
    [new LaneBrush(), new LaneBrush()],
  );
  const flat = (list: readonly Shape[]): Shape[] =>
    list.flatMap((shape) => (shape.is === 'clip' ? flat(shape.shapes) : [shape]));
  return { shapes: flat(shapes), scale, drawn, rail };
}

const rectsOf = (shapes: readonly Shape[], match: (paint: unknown) => boolean) =>
  shapes.flatMap((shape) => {
    if (shape.is !== 'rects' || !match(shape.paint)) return [];
    return Array.from({ length: shape.count }, (_, i) =>
      Array.from({ length: 4 }, (__, n) => shape.xywh[4 * i + n]!),
    ) as [number, number, number, number][];
  });

describe('contacts on the screen', () => {
  it('are a line with a cap at either end, over the time that they were seen', () => {
    const { shapes, scale } = draw(laneOf([[20, 60, 'x:1', 'DE']]), [[0, 100]], [[0, 100]]);
    const lines = rectsOf(shapes, (paint) => paint === '--chart-contact');
    const left = Math.min(...lines.map(([x]) => x));
    const right = Math.max(...lines.map(([x, , width]) => x + width));
    expect(left).toBeCloseTo(scale.x(start + 20 * SECOND), 0);
    expect(right).toBeCloseTo(scale.x(start + 60 * SECOND), 0);
    const caps = lines.filter(([, , width, height]) => height > 2 * width);
    expect(caps).toHaveLength(2);
    expect(shapes.some((shape) => shape.is === 'text' && shape.text === 'DE')).toBe(true);
  });

  it('are a diamond where they are a moment, and an open box with a number where they are several', () => {
    const { shapes } = draw(
      laneOf([
        [10, 10],
        [50, 50, null, null, 12],
      ]),
      [[0, 100]],
      [[0, 100]],
    );
    expect(shapes.filter((shape) => shape.is === 'poly' && shape.fill === '--chart-contact')).toHaveLength(1);
    expect(shapes.some((shape) => shape.is === 'text' && shape.text === '12')).toBe(true);
  });

  it('have letters only where there is room', () => {
    const { shapes } = draw(
      laneOf([
        [10, 10.1, 'x:1', 'DE'],
        [11.5, 40, 'y:1', 'FR'],
      ]),
      [[0, 100]],
      [[0, 100]],
    );
    const texts = shapes.flatMap((shape) => (shape.is === 'text' ? [shape.text] : []));
    expect(texts).toContain('FR');
    expect(texts).not.toContain('DE');
  });

  it('are hatched where nobody looked, bars where nobody counted, each by itself', () => {
    const { shapes, scale, rail } = draw(
      laneOf([[1, 9]]),
      [
        [0, 40],
        [60, 100],
      ],
      [[0, 100]],
    );
    const hatched = rectsOf(shapes, (paint) => typeof paint !== 'string');
    const foot = railBox(frame.lanes.y, frame.laneHeight, rail);
    expect(hatched.map(([x, y, width]) => [x, y, width])).toEqual([
      [scale.x(start + 40 * SECOND), foot.y, Math.round(20 * SECOND * scale.pxPerUs)],
    ]);
    // An end that is still to come, because the phone is watched, is no gap.
    const awaited = draw(laneOf([[1, 9]]), [[0, 96]], [[0, 90]], start + 85 * SECOND);
    expect(rectsOf(awaited.shapes, (paint) => typeof paint !== 'string')).toEqual([]);
    const none = draw(laneOf([[1, 9]]), [[0, 100]], []);
    const bars = rectsOf(none.shapes, (paint) => typeof paint !== 'string');
    expect(bars).toHaveLength(1);
    expect(bars[0]![1] + bars[0]![3]).toBeLessThanOrEqual(foot.y + 1);
  });
});

describe('coverage', () => {
  it('of bytes and of connections are told apart by their sources', () => {
    const span = (source: string, fromUs: number, toUs: number) => ({ source, fromUs, toUs, evidence: 'E1' });
    const coverage = [
      span('per-app history', 0, 10),
      span('live sockets', 20, 40),
      span('live counters', 22, 38),
      span('live sockets', 50, 60),
    ];
    expect(coveredSpans(coverage)).toEqual([
      { fromUs: 0, toUs: 10 },
      { fromUs: 22, toUs: 38 },
    ]);
    expect(contactSpans(coverage)).toEqual([
      { fromUs: 20, toUs: 40 },
      { fromUs: 50, toUs: 60 },
    ]);
    expect(coveredSpans([span('live sockets', 0, 9), span('packet capture', 4, 12)])).toEqual([]);
    expect(contactSpans([span('live sockets', 0, 9), span('packet capture', 4, 12)])).toEqual([
      { fromUs: 0, toUs: 12 },
    ]);
    expect([coversAny(coveredSpans(coverage), 38, 60), coversAny(coveredSpans(coverage), 30, 60)]).toEqual([
      false,
      true,
    ]);
  });
});

describe('pointing at contacts', () => {
  const lane = laneOf(
    [
      [20, 60, 'one.example:443', 'DE'],
      [30, 30, 'two.example:80'],
      [30.2, 30.2, 'three.example:80'],
    ],
    'a',
    'Browser',
  );
  it('finds the mark of the track under the pointer, and names every one of them', () => {
    const { drawn, scale, rail } = draw(lane, [[0, 100]], []);
    const row = { key: 'a', y: 0, height: frame.laneHeight, pinned: false };
    const foot = railBox(0, frame.laneHeight, rail);
    expect(trackAt(row, rail, foot.y - 2)).toBeNull();
    expect([trackAt(row, rail, foot.y + 2), trackAt(row, rail, foot.y + foot.height - 2)]).toEqual([0, 1]);
    const x = scale.x(start + 30 * SECOND);
    const upper = pointContact(drawn, 'a', scale, rail, 1, x, 0)!;
    expect([upper.top, upper.count]).toEqual(['k0', 1]);
    const lower = pointContact(drawn, 'a', scale, rail, 1, x, 1)!;
    expect([lower.top, lower.count]).toEqual(['k1', 2]);
    const words = contactReadOut(drawn, lower, utc);
    expect(words.title).toBe('Browser');
    expect(words.lines.map((line) => line.value)).toEqual(['two.example:80', 'three.example:80']);
    expect(words.note).toContain('2 contacts share this place');
    expect(pointContact(drawn, 'a', scale, rail, 1, scale.x(start + 80 * SECOND), 0)).toBeNull();
  });

  it('tells one of several by itself where the keyboard stands at it', () => {
    const { drawn, scale, rail } = draw(lane, [[0, 100]], []);
    const one = contactOf(drawn, 'a', scale, rail, 1, 'k2', start + 30.2 * SECOND)!;
    expect([one.count, one.top, one.entries[0]!.peer]).toEqual([1, 'k2', 'three.example:80']);
    expect(contactReadOut(drawn, one, utc).note).toBe('1 contact · click opens it');
  });

  it('says when it was first and last seen', () => {
    expect(seenText({ fromUs: start, toUs: start + 131 * SECOND }, utc)).toBe(
      'seen from Sun 1 March 2026, 00:00:00 – 00:02:11 (2\u00a0min\u00a011\u00a0s)',
    );
    expect(seenText({ fromUs: start, toUs: start }, utc)).toBe('seen once: Sun 1 March 2026, 00:00:00');
  });

  it('is heard: the window counts contacts beside bytes', () => {
    const columns = emptyColumns();
    push(columns, start, start + 10 * SECOND, 100, 10);
    const lanes = [laneWith('b', columns, 'Bytes'), lane];
    const drawn = {
      subject: { by: 'app' as const, filter: {} },
      whole: new DataSet(windowWith(lanes, start, start + 100 * SECOND)),
      detail: null,
    };
    const text = describeWindow(drawn, { fromUs: start, toUs: start + 100 * SECOND }, utc, 'app');
    expect(text).toContain('1 of 2 lanes by app have traffic.');
    expect(text).toMatch(/3 contacts in 1 lane: Browser 3\.$/);
  });
});
