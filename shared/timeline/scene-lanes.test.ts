import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/time.ts';
import type { LaneView } from '../types/timeline.ts';
import { layersOf } from './block-layers.ts';
import { noRail } from './contact-rail.ts';
import {
  emptyColumns,
  laneWith,
  push,
  SYNTHETIC_START as start,
  syntheticWindow,
  windowWith,
} from './fixtures/synthetic.ts';
import { frameOf } from './frame.ts';
import { DataSet } from './lane-data.ts';
import { layOut } from './lane-layout.ts';
import type { Blocks, Shape } from './scene.ts';
import { gridOf } from './scene-axis.ts';
import { type HeightRule, LaneBrush, lanesScene } from './scene-lanes.ts';
import { readTheme } from './theme.ts';
import { timeScale } from './time-scale.ts';
import { utc } from './zones.ts';

const dpr = 2;
const frame = frameOf({ width: 1464, height: 900, unit: 1, size: 'large', contextRows: 0, gutter: 0 });
/** Every token its own colour, so that shapes can be told apart. */
const theme = readTheme((name) => name);

function draw(
  lanes: LaneView[],
  fromUs: number,
  toUs: number,
  pins: string[] = [],
  heights: Partial<HeightRule> = {},
  covered = [{ fromUs, toUs }],
) {
  const window = windowWith(lanes, fromUs, toUs);
  const scale = timeScale({ fromUs, toUs }, frame.left, frame.plotWidth);
  const layout = layOut(
    lanes.map((lane) => lane.key),
    pins,
    frame.laneHeight,
    frame.lanes.height,
  );
  const shapes = lanesScene(
    {
      frame,
      layout,
      scroll: 0,
      scale,
      grid: gridOf(scale, utc, 1),
      nights: null,
      moments: [],
      drawn: { subject: { by: 'app', filter: {} }, whole: new DataSet(window), detail: null },
      covered,
      watched: [],
      comingUs: null,
      rail: noRail,
      heights: {
        curve: 'linear',
        full: 'lane',
        direction: 'both',
        topOf: () => ({ sent: 1e6, received: 1e6 }),
        ...heights,
      },
      theme,
      measure: (text) => text.length * 6,
      dpr,
    },
    [new LaneBrush(), new LaneBrush()],
  );
  return { shapes, scale, layout };
}

function blocksIn(shapes: readonly Shape[]): Blocks[] {
  return shapes.flatMap((shape) =>
    shape.is === 'clip' ? blocksIn(shape.shapes) : shape.is === 'blocks' ? [shape] : [],
  );
}

/** Area of a layer in CSS pixels, of all rectangles or of those between two heights. */
function areaOf(blocks: readonly Blocks[], paint: string, opacity = 1): number {
  let area = 0;
  for (const layer of blocks.flatMap(layersOf)) {
    if (layer.paint !== paint || (layer.opacity ?? 1) !== opacity) continue;
    for (let i = 0; i < layer.count * 4; i += 4) area += layer.xywh[i + 2]! * layer.xywh[i + 3]!;
  }
  return area;
}

describe('the lanes on the screen', () => {
  it('hold, on a linear scale, as much area as the data holds bytes, background and foreground apart', () => {
    const columns = emptyColumns();
    // Heights on the grid of pixels, so that nothing is lost to rounding: a full lane is 1 MB/h.
    const half = frame.laneHeight / 2 - Math.max(2, frame.laneHeight * 0.07);
    const perPixel = 1e6 / half;
    for (let n = 0; n < 12; n += 1) {
      const sent = Math.round(2 * perPixel * (4 + n));
      push(columns, start + n * 2 * HOUR, start + (n + 1) * 2 * HOUR, sent, 2 * sent, Math.round(2 * perPixel * 2), 0);
    }
    const { shapes, scale } = draw([laneWith('a', columns)], start, start + DAY);
    const blocks = blocksIn(shapes);
    const bytesPerArea = (1 / (scale.pxPerUs * HOUR)) * perPixel;
    const sum = (cell: readonly number[]) => cell.reduce((a, b) => a + b, 0);
    const dark = areaOf(blocks, '--sent-dark') * bytesPerArea;
    const light = areaOf(blocks, '--sent') * bytesPerArea;
    expect(Math.abs(dark / sum(columns.sentBackground) - 1)).toBeLessThan(0.01);
    expect(Math.abs((dark + light) / sum(columns.sent) - 1)).toBeLessThan(0.01);
    const received = (areaOf(blocks, '--received') + areaOf(blocks, '--received-dark')) * bytesPerArea;
    expect(Math.abs(received / sum(columns.received) - 1)).toBeLessThan(0.01);
  });

  it('put sent above the line and received below it, the darker background next to the line', () => {
    const columns = emptyColumns();
    push(columns, start, start + 2 * HOUR, 1e6, 1e6, 4e5, 4e5);
    const { shapes } = draw([laneWith('a', columns)], start, start + DAY);
    const box = (paint: string) => {
      const layer = layersOf(blocksIn(shapes)[0]!).find((one) => one.paint === paint && (one.opacity ?? 1) === 1)!;
      return { top: layer.xywh[1]!, bottom: layer.xywh[1]! + layer.xywh[3]! };
    };
    expect(box('--sent').bottom).toBe(box('--sent-dark').top);
    expect(box('--sent-dark').bottom).toBeLessThan(box('--received-dark').top);
    expect(box('--received-dark').bottom).toBe(box('--received').top);
  });

  it('show the highest of merged intervals pale above their mean', () => {
    const columns = emptyColumns();
    push(columns, start + HOUR, start + 3 * HOUR, 2e6);
    const { shapes } = draw([laneWith('a', columns)], start - 2000 * DAY, start + 2000 * DAY);
    const peak = layersOf(blocksIn(shapes)[0]!)[0]!;
    expect([peak.paint, peak.opacity, peak.count]).toEqual(['--sent', 0.36, 1]);
    expect(peak.xywh[3]).toBeGreaterThan(30);
    expect(peak.xywh[2]).toBe(1 / dpr);
  });

  it('paint only what is in sight, however many lanes there are', () => {
    const window = syntheticWindow({ lanes: 300, days: 5 });
    const { shapes, layout } = draw(window.lanes, window.fromUs, window.toUs, ['10299']);
    const drawn = blocksIn(shapes)
      .flatMap(layersOf)
      .reduce((sum, layer) => sum + layer.count, 0);
    const inSight = Math.ceil(frame.lanes.height / frame.laneHeight) + 1;
    expect(layout.free).toHaveLength(299);
    expect(drawn).toBeLessThan(inSight * 60 * 4);
    expect(blocksIn(shapes)).toHaveLength(2);
  });

  it('hatch what no source covers, under everything else', () => {
    const columns = emptyColumns();
    push(columns, start, start + 2 * HOUR, 10);
    const { shapes, scale } = draw([laneWith('a', columns)], start - DAY, start + DAY, [], {}, [
      { fromUs: start, toUs: start + DAY },
    ]);
    const inside = shapes.flatMap((shape) => (shape.is === 'clip' ? shape.shapes : []));
    const at = inside.findIndex((shape) => shape.is === 'rects' && typeof shape.paint !== 'string');
    const hatch = inside[at]!;
    expect(at).toBeLessThan(inside.findIndex((shape) => shape.is === 'blocks'));
    expect(hatch.is === 'rects' && [hatch.count, hatch.xywh[0], hatch.xywh[2]]).toEqual([
      1,
      frame.left,
      scale.x(start) - frame.left,
    ]);
  });
});
