import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/time.ts';
import type { OverviewView } from '../types/timeline.ts';
import { layersOf } from './block-layers.ts';
import {
  emptyColumns,
  laneWith,
  push,
  SYNTHETIC_START as start,
  syntheticWindow,
  windowWith,
} from './fixtures/synthetic.ts';
import { svgOf } from './paint-svg.ts';
import { readSvg } from './read-svg.ts';
import { type Box, clip, rect, type Shape } from './scene.ts';
import { staticView } from './static-view.ts';
import { lightTheme } from './themes.ts';
import { viewScene } from './view-scene.ts';
import { utc } from './zones.ts';

const size = { width: 400, height: 200 };
const look = {
  laneWord: 'App',
  sorting: 'sent',
  pins: [],
  size: 'large',
  curve: 'linear',
  full: 'all',
  direction: 'both',
  zone: utc,
} as const;
const measure = (text: string) => text.length * 6;

function overviewOf(fromUs: number, toUs: number): OverviewView {
  const coverage = [{ source: 'per-app history', fromUs, toUs: toUs - DAY, evidence: 'E1' }];
  const values = [100, 0, 400, 200];
  return {
    fromUs,
    toUs,
    stepUs: (toUs - fromUs) / 4,
    sent: values,
    received: values,
    sentBackground: [50, 0, 0, 0],
    receivedBackground: [0, 0, 0, 0],
    coverage,
    context: [
      { kind: 'network', fromUs, toUs: fromUs + DAY, name: 'Heimnetz <5G> & co', detail: 'Wi-Fi', evidence: null },
      { kind: 'boot', fromUs: fromUs + HOUR, toUs: fromUs + HOUR, name: 'Phone started', detail: null, evidence: null },
    ],
    zone: null,
  };
}

interface Area extends Box {
  readonly fill: string;
  readonly opacity: string;
}

/** Rectangles of every path of an SVG, read by another way than they were written. */
function rectanglesIn(svg: string): Area[] {
  const found: Area[] = [];
  const body = svg.replace(/<defs>.*<\/defs>/s, '');
  for (const [, attributes, d] of body.matchAll(/<path([^>]*) d="([^"]*)"/g)) {
    if (/[lL]/.test(d!)) continue;
    let x = 0;
    let y = 0;
    for (const [, move, dx, dy, w, h] of d!.matchAll(/([Mm])(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h-?[\d.]+z/g)) {
      x = (move === 'M' ? 0 : x) + Number(dx);
      y = (move === 'M' ? 0 : y) + Number(dy);
      const fill = /fill="([^"]*)"/.exec(attributes!)?.[1] ?? '';
      const opacity = /fill-opacity="([^"]*)"/.exec(attributes!)?.[1] ?? '1';
      found.push({ x, y, width: Number(w), height: Number(h), fill, opacity });
    }
  }
  return found;
}

/** Rectangles of a scene in plain colours, cut at the boxes that they are seen in. */
function rectanglesOf(shapes: readonly Shape[], seen: Box): Area[] {
  const cut = (a: Box, b: Box): Box => {
    const x = Math.max(a.x, b.x);
    const y = Math.max(a.y, b.y);
    return {
      x,
      y,
      width: Math.min(a.x + a.width, b.x + b.width) - x,
      height: Math.min(a.y + a.height, b.y + b.height) - y,
    };
  };
  return shapes.flatMap((shape): Area[] => {
    if (shape.is === 'clip') return rectanglesOf(shape.shapes, cut(shape, seen));
    if (shape.is === 'flat') {
      const ground = rect(shape.x, shape.y, shape.width, shape.height, shape.ground);
      return rectanglesOf([ground, ...shape.shapes], cut(shape, seen));
    }
    if (shape.is === 'blocks') return rectanglesOf(layersOf(shape), cut(shape, seen));
    if (shape.is !== 'rects' || typeof shape.paint !== 'string') return [];
    const { paint, xywh: v, count } = shape;
    return Array.from({ length: count }, (_, i) => ({
      ...cut({ x: v[4 * i]!, y: v[4 * i + 1]!, width: v[4 * i + 2]!, height: v[4 * i + 3]! }, seen),
      fill: paint,
      opacity: String(Math.round((shape.opacity ?? 1) * 100) / 100),
    })).filter(({ width, height }) => width > 0.01 && height > 0.01);
  });
}

describe('a scene as SVG', () => {
  it('has every rectangle of the scene, where it stands and no other', () => {
    const window = syntheticWindow({ lanes: 6, days: 9 });
    const picture = staticView(overviewOf(window.fromUs, window.toUs), window, {
      width: 900,
      look,
      lanes: 5,
      theme: lightTheme,
      measure,
      dpr: 2,
    });
    const { width, height } = picture.frame;
    const shapes = viewScene(picture);
    const wanted = rectanglesOf(shapes, { x: 0, y: 0, width, height });
    const found = rectanglesIn(svgOf(shapes, { width, height, dpr: 2 })).filter((one) => !one.fill.startsWith('url'));
    expect(wanted.length).toBeGreaterThan(700);
    expect(found).toHaveLength(wanted.length);
    found.forEach((one, i) => {
      const other = wanted[i]!;
      expect([one.fill, one.opacity]).toEqual([other.fill, other.opacity]);
      for (const key of ['x', 'y', 'width', 'height'] as const)
        expect(Math.abs(one[key] - other[key])).toBeLessThan(0.011);
    });
  });

  it('holds as much area as the data holds bytes', () => {
    const columns = emptyColumns();
    for (let n = 0; n < 48; n += 1) {
      push(columns, start + n * HOUR, start + (n + 1) * HOUR, 40_000 + 7000 * (n % 9), 90_000, 40_000, 0);
    }
    const window = windowWith([laneWith('a', columns)], start, start + 2 * DAY);
    const picture = staticView(overviewOf(window.fromUs, window.toUs), window, {
      width: 1400,
      look: { ...look, full: 'way' },
      lanes: 1,
      theme: lightTheme,
      measure,
      dpr: 4,
    });
    const { frame, scale, heights } = picture;
    const svg = svgOf(viewScene(picture), { width: frame.width, height: frame.height, dpr: 4 });
    const inLanes = rectanglesIn(svg).filter((one) => one.y >= frame.lanes.y && one.opacity === '1');
    const area = (fill: string) =>
      inLanes.filter((one) => one.fill === fill).reduce((sum, one) => sum + one.width * one.height, 0);
    const half = frame.laneHeight / 2 - Math.max(2, frame.laneHeight * 0.07);
    const bytes = (fill: string, top: number) => ((area(fill) / half) * top) / (scale.pxPerUs * HOUR);
    const sum = (cell: readonly number[]) => cell.reduce((a, b) => a + b, 0);
    const top = heights.topOf('a');
    const sent = bytes(lightTheme.sent, top.sent) + bytes(lightTheme.sentDark, top.sent);
    expect(sent / sum(columns.sent)).toBeCloseTo(1, 2);
    expect(bytes(lightTheme.sentDark, top.sent) / sum(columns.sentBackground)).toBeCloseTo(1, 2);
    expect(bytes(lightTheme.received, top.received) / sum(columns.received)).toBeCloseTo(1, 2);
  });

  it('cuts rectangles at the box that they are seen in, and leaves out what is not seen', () => {
    const box = { x: 10, y: 10, width: 50, height: 20 };
    const svg = svgOf(
      [
        clip(box, [
          rect(0, 0, 400, 15, '#ff0000'),
          rect(70, 0, 9, 9, '#00ff00'),
          { is: 'poly', points: [0, 12, 30, 12, 30, 18], fill: '#0000ff', closed: true },
          { is: 'text', text: 'far away', x: 300, y: 100, font: '400 12px Inter', fill: '#000000' },
        ]),
      ],
      size,
    );
    expect(svg).toContain('d="M10 10h50v5h-50z"');
    expect(svg).not.toContain('#00ff00');
    expect(svg).not.toContain('far away');
    expect(svg).toContain('<clipPath id="c0"><path d="M10 10h50v20h-50z"/></clipPath>');
    expect(svg).toContain('<g clip-path="url(#c0)"><path fill="#0000ff" d="M0 12L30 12L30 18z"/></g>');
  });

  it('writes thousands of rectangles of one colour as one path, without adding up what rounding leaves', () => {
    const xywh = Array.from({ length: 5000 }, (_, i) => [i / 13, 10, 0.07, 5]).flat();
    const svg = svgOf([{ is: 'rects', paint: '#ff0000', xywh, count: 5000 }], size);
    expect(svg.match(/<path/g)).toHaveLength(1);
    const last = rectanglesIn(svg).at(-1)!;
    expect(Math.abs(last.x - 4999 / 13)).toBeLessThan(0.006);
    expect(svg.length).toBeLessThan(5000 * 32);
  });

  it('reads half-transparent colours and moves hatching with the time', () => {
    const hatched = { hatch: '#111111', ground: '#eeeeee', phase: -3 };
    const svg = svgOf([rect(0, 0, 9, 9, 'rgb(11 107 97 / 14%)'), rect(0, 20, 90, 9, hatched)], size);
    expect(svg).toContain('fill="#0b6b61" fill-opacity="0.14"');
    expect(svg).toContain('patternTransform="translate(4 0)"');
    expect(svg).toContain('fill="url(#h0)"');
  });

  it('takes names from a phone as text, whatever they hold', () => {
    const name = '<script>alert("1")</script> & \u0000 \ud800 a  b';
    const svg = svgOf([{ is: 'text', text: name, x: 5, y: 20, font: '500 12px Inter', fill: '#000' }], size);
    expect(svg).not.toContain('<script');
    expect(readSvg(svg)?.texts[0]).toMatchObject({
      text: '<script>alert("1")</script> & \ufffd \ufffd a  b',
      weight: 500,
      size: 12,
      fill: '#000000',
    });
  });

  it('comes apart into art and texts, and nothing else comes through', () => {
    const window = syntheticWindow({ lanes: 3, days: 3 });
    const overview = overviewOf(window.fromUs, window.toUs);
    const picture = staticView(overview, window, { width: 800, look, lanes: 3, theme: lightTheme, measure, dpr: 1 });
    const { width, height } = picture.frame;
    const texts: string[] = [];
    const shapes = viewScene(picture, { fromUs: start + HOUR, toUs: start + DAY });
    const art = svgOf(shapes, { width, height, texts: (one) => texts.push(one.text) });
    const svg = svgOf(shapes, { width, height, title: 'A & B' });
    const read = readSvg(svg)!;
    expect(read).toMatchObject({ width, height });
    expect(read.texts.map((one) => one.text)).toEqual(texts);
    expect(texts).toContain('Heimnetz <5G> & co');
    expect(rectanglesIn(read.art)).toEqual(rectanglesIn(art));
    for (const foreign of [
      svg.replace('<defs>', '<defs><script>1</script>'),
      svg.replace('<path', '<path onclick="1"'),
      svg.replace('<path', '<image href="http://example.org/a.png"/><path'),
      svg.replace(/fill="#[0-9a-f]{6}"/, 'fill="url(http://example.org/#a)"'),
      svg.replace('</svg>', ''),
      `${svg}<svg></svg>`,
      'no picture',
      '',
    ])
      expect(readSvg(foreign)).toBeNull();
  });
});
