import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import { DAY, HOUR, MINUTE } from '../../shared/base/time.ts';
import { layersOf as rectsOf } from '../../shared/timeline/block-layers.ts';
import { noRail } from '../../shared/timeline/contact-rail.ts';
import { coveredSpans } from '../../shared/timeline/coverage.ts';
import type { Drawn } from '../../shared/timeline/drawn.ts';
import { type Frame, frameOf } from '../../shared/timeline/frame.ts';
import { addTotals, DataSet, entriesIn, noTotals, rateOf, type Totals } from '../../shared/timeline/lane-data.ts';
import { layOut } from '../../shared/timeline/lane-layout.ts';
import { laneSum, wholeSum } from '../../shared/timeline/picture.ts';
import {
  detailQuestion,
  type Subject,
  sumQuestion,
  wholeQuestion,
  withinBounds,
} from '../../shared/timeline/questions.ts';
import type { Rects, Shape } from '../../shared/timeline/scene.ts';
import { gridOf } from '../../shared/timeline/scene-axis.ts';
import { LaneBrush, laneBox, lanesScene } from '../../shared/timeline/scene-lanes.ts';
import { totalsOf } from '../../shared/timeline/selection.ts';
import { readTheme } from '../../shared/timeline/theme.ts';
import { type TimeScale, timeScale, type Viewport } from '../../shared/timeline/time-scale.ts';
import { utc } from '../../shared/timeline/zones.ts';
import type { OverviewView } from '../../shared/types/timeline.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

/** What the window draws and writes of the practice phone’s case, held against the table of its events. */
describe('bytes on the timeline', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let open: OpenCase;
  let overview: OverviewView;
  let end: number;
  const theme = readTheme((name) => name);
  const subject: Subject = { by: 'app', filter: {} };

  beforeAll(async () => {
    folder = await temporaryFolder();
    const path = join(folder.path, 'case.phonehome');
    await buildSampleCase(path, { version: 'test', resources: checkout.resources }, work());
    open = await testEngine().openCase(path);
    overview = await open.overview(600);
    end = overview.toUs;
  });
  afterAll(async () => {
    await open?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  /** Windows from everything to a bucket, on the grid of the buckets and across it. */
  const views = (): readonly (readonly [string, Viewport])[] => [
    ['the whole span', { fromUs: overview.fromUs, toUs: end }],
    ['a month', { fromUs: end - 31 * DAY, toUs: end - DAY }],
    ['a month, across buckets', { fromUs: end - 31 * DAY + 17 * MINUTE, toUs: end - DAY + 41 * MINUTE }],
    ['three days', { fromUs: end - 5 * DAY, toUs: end - 2 * DAY }],
    ['ten hours', { fromUs: end - 40 * HOUR, toUs: end - 30 * HOUR }],
    ['an hour, within a bucket', { fromUs: end - 35.4 * HOUR, toUs: end - 34.4 * HOUR }],
  ];

  async function drawnFor(view: Viewport, widthPx: number): Promise<Drawn> {
    const bounds = { fromUs: overview.fromUs, toUs: overview.toUs };
    const ask = async (question: Parameters<OpenCase['window']>[0]) => new DataSet(await open.window(question));
    return {
      subject,
      whole: await ask(wholeQuestion(subject, bounds)),
      detail: withinBounds(view, bounds) ? await ask(detailQuestion(subject, view, widthPx, bounds)) : null,
    };
  }

  /** Sums of the table of events that touch a stretch, by uid. */
  async function tableOf(view: Viewport): Promise<Map<string, Totals>> {
    const sums = new Map<string, Totals>();
    const filter = { kind: 'volume', countedOnly: true, fromUs: view.fromUs, toUs: view.toUs } as const;
    for await (const page of open.eventStream(filter)) {
      for (const event of page) {
        const [sent, received] = [event.sent ?? 0, event.received ?? 0];
        const back = event.foreground === false ? 1 : 0;
        const one = { sent, received, sentBackground: sent * back, receivedBackground: received * back, events: 1 };
        const key = String(event.uid);
        sums.set(key, addTotals(sums.get(key) ?? noTotals, one));
      }
    }
    return sums;
  }
  const plain = ({ sent, received, sentBackground, receivedBackground, events }: Totals): Totals => ({
    sent,
    received,
    sentBackground,
    receivedBackground,
    events,
  });

  it('add up in lanes, window and selection to what the table of events holds, to the byte', async () => {
    let asked = 0;
    for (const [name, view] of views()) {
      const drawn = await drawnFor(view, 900);
      const table = await tableOf(view);
      const all = [...table.values()].reduce(addTotals, noTotals);
      expect(all.events, name).toBeGreaterThan(0);
      const sum = wholeSum(drawn, view.fromUs, view.toUs);
      const selection = totalsOf(drawn, view);
      expect(plain(selection.sum), name).toEqual(plain(sum));
      const sums = await open.window(sumQuestion(subject, view));
      const exact = new Map(sums.lanes.map((lane) => [lane.key, lane]));
      for (const key of drawn.whole.lanes.keys()) {
        const inTable = table.get(key) ?? noTotals;
        const lane = laneSum(drawn, key, view.fromUs, view.toUs);
        // Where merged intervals lie across an edge the window says ≈ and asks for the exact sums.
        if (lane.exact) expect(plain(lane), `${name}, ${key}`).toEqual(inTable);
        else asked += 1;
        const told = exact.get(key);
        const { sent, received, sentBackground, receivedBackground } = told ?? noTotals;
        expect([sent, received, sentBackground, receivedBackground], `${name}, ${key}`).toEqual([
          inTable.sent,
          inTable.received,
          inTable.sentBackground,
          inTable.receivedBackground,
        ]);
      }
      if (sum.exact) expect(plain(sum), name).toEqual(all);
      expect([sums.sent, sums.received], name).toEqual([all.sent, all.received]);
    }
    // Buckets of two hours are told apart at all of these zooms: nothing had to be asked for.
    expect(asked).toBe(0);
  });

  function paint(drawn: Drawn, view: Viewport, frame: Frame, dpr: number) {
    const scale = timeScale(view, frame.left, frame.plotWidth);
    const keys = [...drawn.whole.lanes.keys()].filter((key) => !drawn.whole.series(key)?.overlapping);
    const layout = layOut(keys, [], frame.laneHeight, frame.lanes.height);
    const tops = new Map(keys.map((key) => [key, topOf(drawn, key, view)]));
    const shapes = lanesScene(
      {
        frame,
        layout,
        scroll: 0,
        scale,
        grid: gridOf(scale, utc, 1),
        nights: null,
        drawn,
        covered: coveredSpans(overview.coverage),
        watched: [],
        comingUs: null,
        rail: noRail,
        moments: [],
        heights: { curve: 'linear', full: 'way', direction: 'both', topOf: (key) => tops.get(key)! },
        theme,
        measure: (text) => text.length * 6,
        dpr,
      },
      [new LaneBrush(), new LaneBrush()],
    );
    return { scale, keys, tops, layers: layersOf(shapes) };
  }

  /** Full height is the highest of the window here, so that what a pixel stands for is little. */
  function topOf(drawn: Drawn, key: string, view: Viewport) {
    const series = (drawn.detail ?? drawn.whole).series(key);
    const top = { sent: 0, received: 0 };
    for (const i of series ? entriesIn(series, view.fromUs, view.toUs) : []) {
      const us = series!.to[i]! - series!.from[i]!;
      top.sent = Math.max(top.sent, rateOf(series!.columns.sent[i]!, us));
      top.received = Math.max(top.received, rateOf(series!.columns.received[i]!, us));
    }
    return top;
  }

  function layersOf(shapes: readonly Shape[]): Rects[] {
    return shapes.flatMap((shape) =>
      shape.is === 'clip' ? layersOf(shape.shapes) : shape.is === 'blocks' ? rectsOf(shape) : [],
    );
  }

  /** Bytes that rectangles of these colours stand for between two heights, and how much half a device pixel at every edge may hide. */
  function bytesOf(layers: readonly Rects[], paints: readonly string[], from: number, to: number, value: Value) {
    let area = 0;
    let doubt = 0;
    for (const { paint, opacity, xywh, count } of layers) {
      if (!paints.includes(String(paint)) || (opacity ?? 1) !== 1) continue;
      for (let i = 0; i < count * 4; i += 4) {
        const [, y, width, height] = [xywh[i]!, xywh[i + 1]!, xywh[i + 2]!, xywh[i + 3]!];
        if (y < from - 1e-6 || y + height > to + 1e-6) continue;
        area += width * height;
        // What is above nothing is a pixel high at least.
        const high = height <= 1 ? 1 : 0.5 / value.dpr;
        doubt += width * high + height / value.dpr;
      }
    }
    return { bytes: area * value.bytesPerArea, doubt: doubt * value.bytesPerArea };
  }
  interface Value {
    readonly dpr: number;
    readonly bytesPerArea: number;
  }

  /** Bytes of a lane within the window, an interval across an edge by its share: what the eye sees of it. */
  function inSight(drawn: Drawn, key: string, { view }: TimeScale, way: 'sent' | 'received'): number {
    const series = (drawn.detail ?? drawn.whole).series(key);
    let bytes = 0;
    for (let i = 0; series && i < series.count; i += 1) {
      const [from, to] = [series.from[i]!, series.to[i]!];
      const share = (Math.min(to, view.toUs) - Math.max(from, view.fromUs)) / (to - from);
      if (share > 0) bytes += series.columns[way][i]! * share;
    }
    return bytes;
  }

  it.each([1, 2])('are found again in the areas that are painted, at %i device pixels a pixel', async (dpr) => {
    // Lanes as high as a hand, so that half a pixel hides little.
    const usual = frameOf({ width: 2304, height: 8000, unit: 1, size: 'large', contextRows: 0, gutter: 0 });
    const frame: Frame = { ...usual, laneHeight: 400 };
    for (const [name, view] of views()) {
      const drawn = await drawnFor(view, frame.plotWidth);
      const { scale, keys, tops, layers } = paint(drawn, view, frame, dpr);
      let [seen, held] = [0, 0];
      let lanes = 0;
      keys.slice(0, Math.floor(frame.lanes.height / frame.laneHeight)).forEach((key, row) => {
        const y = frame.lanes.y + row * frame.laneHeight;
        const box = laneBox(y, frame.laneHeight, 'both', dpr);
        const hoursPerPixel = 1 / (scale.pxPerUs * HOUR);
        const read = (way: 'sent' | 'received') => {
          const top = tops.get(key)![way];
          if (top === 0) return;
          const room = way === 'sent' ? box.up : box.down;
          const value = { dpr, bytesPerArea: (top / room) * hoursPerPixel };
          const [from, to] = way === 'sent' ? [y, box.zero] : [box.zero, y + frame.laneHeight];
          const found = bytesOf(layers, [`--${way}`, `--${way}-dark`], from, to, value);
          const bytes = inSight(drawn, key, scale, way);
          expect(Math.abs(found.bytes - bytes), `${name}, ${key}, ${way}`).toBeLessThanOrEqual(found.doubt + 1);
          seen += found.bytes;
          held += bytes;
          if (bytes > 0) lanes += 1;
        };
        read('sent');
        read('received');
      });
      expect(lanes, name).toBeGreaterThan(4);
      // All lanes share the edges of their buckets, so that roundings of widths do not quite even out.
      expect(Math.abs(seen / held - 1), name).toBeLessThan(0.05);
    }
  });

  it('stand in blocks as wide as their two hours, wherever they are told apart', async () => {
    const frame = frameOf({ width: 1280, height: 4000, unit: 1, size: 'large', contextRows: 0, gutter: 0 });
    for (const [, view] of views().slice(3, 5)) {
      const drawn = await drawnFor(view, frame.plotWidth);
      for (const dpr of [1, 2]) {
        const { scale, layers } = paint(drawn, view, frame, dpr);
        const edges = [frame.left, frame.left + frame.plotWidth];
        const widths = layers
          .flatMap(({ xywh, count }) =>
            Array.from({ length: count }, (_, i) => [xywh[4 * i]!, xywh[4 * i + 2]!] as const),
          )
          .filter(([x, width]) => !edges.includes(x) && !edges.includes(x + width))
          .map(([, width]) => width);
        expect(widths.length).toBeGreaterThan(20);
        const off = widths.map((width) => Math.abs(width - 2 * HOUR * scale.pxPerUs));
        expect(Math.max(...off)).toBeLessThanOrEqual(1 / dpr);
      }
    }
  });
});
