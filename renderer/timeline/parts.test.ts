import { describe, expect, it } from 'vitest';
import { DAY, HOUR, microsOf } from '../../shared/base/time.ts';
import { burstsOf, nextBurst } from '../../shared/timeline/bursts.ts';
import { contextRows, toneOf } from '../../shared/timeline/context-rows.ts';
import { coveredSpans, gapsIn } from '../../shared/timeline/coverage.ts';
import { emptyColumns, laneWith, push, SYNTHETIC_START as start } from '../../shared/timeline/fixtures/synthetic.ts';
import {
  bytesInFull,
  durationText,
  fieldText,
  groupedNumber,
  rangeInFull,
  shareText,
} from '../../shared/timeline/formats.ts';
import { seriesOf } from '../../shared/timeline/lane-data.ts';
import { layOut, orderLanes, rowAt, rowsInSight, scrollTo } from '../../shared/timeline/lane-layout.ts';
import { shorten } from '../../shared/timeline/scene.ts';
import { heightOf } from '../../shared/timeline/value-scale.ts';
import { utc, zoneNamed } from '../../shared/timeline/zones.ts';
import type { ContextMark } from '../../shared/types/timeline.ts';
import { readTyped } from './typed-time.ts';

const at = (iso: string) => microsOf(iso)!;

describe('heights', () => {
  it('are true to the scale they name', () => {
    expect(heightOf(50, 100, 'linear', 40)).toBe(20);
    expect(heightOf(25, 100, 'root', 40)).toBe(20);
    expect(heightOf(1, 1e5, 'log', 50)).toBe(1);
    expect(heightOf(1000, 1e5, 'log', 50)).toBeCloseTo(30, 9);
  });
  it('show anything above nothing, nothing as nothing, and never more than there is room', () => {
    for (const curve of ['linear', 'root', 'log'] as const) {
      expect(heightOf(0, 100, curve, 40)).toBe(0);
      expect(heightOf(1e-9, 1e12, curve, 40)).toBe(1);
      expect(heightOf(1e12, 100, curve, 40)).toBe(40);
    }
  });
});

describe('coverage', () => {
  const span = (source: string, from: number, to: number) => ({ source, fromUs: from, toUs: to, evidence: 'E1' });
  it('joins what overlaps and finds the gaps', () => {
    const covered = coveredSpans([
      span('per-app history', 50, 60),
      span('per-app history', 10, 20),
      span('per-app history', 15, 30),
    ]);
    expect(covered).toEqual([
      { fromUs: 10, toUs: 30 },
      { fromUs: 50, toUs: 60 },
    ]);
    expect(gapsIn(covered, 0, 55)).toEqual([
      { fromUs: 0, toUs: 10 },
      { fromUs: 30, toUs: 50 },
    ]);
    expect(gapsIn(covered, 12, 25)).toEqual([]);
    expect(gapsIn([], 3, 9)).toEqual([{ fromUs: 3, toUs: 9 }]);
  });
  it('does not take interface totals for knowledge of apps, unless there is nothing else', () => {
    expect(coveredSpans([span('interface totals', 0, 90), span('per-app history', 10, 20)])).toEqual([
      { fromUs: 10, toUs: 20 },
    ]);
    expect(coveredSpans([span('interface totals', 0, 90)])).toEqual([{ fromUs: 0, toUs: 90 }]);
  });
});

describe('bursts', () => {
  it('are runs of the top tenth, and their middle is the highest interval', () => {
    const columns = emptyColumns();
    for (let n = 0; n < 480; n += 1)
      push(
        columns,
        start + n * 2 * HOUR,
        start + (n + 1) * 2 * HOUR,
        n === 100 ? 9e6 : n === 300 || n === 301 ? 5e6 : 1000 + n,
      );
    const bursts = burstsOf([seriesOf(laneWith('a', columns))], start, start + 40 * DAY, 'sent').filter(
      (b) => b.bytes > 1e6,
    );
    expect(bursts).toHaveLength(2);
    expect(Math.abs(bursts[0]!.topUs - (start + 201 * HOUR))).toBeLessThan(HOUR);
    const first = nextBurst(bursts, start, 1);
    expect(first).toBe(bursts[0]);
    expect(nextBurst(bursts, first!.topUs, 1)).toBe(bursts[1]);
    expect(nextBurst(bursts, first!.topUs, -1)).toBeNull();
  });
  it('are none where nothing was sent', () => {
    expect(burstsOf([seriesOf(laneWith('a', emptyColumns()))], start, start + DAY, 'sent')).toEqual([]);
  });
});

describe('lanes', () => {
  const lane = (key: string, sent: number, firstUs: number, name: string) => ({
    ...laneWith(key, emptyColumns(), name),
    sent,
    firstUs,
    sentBackground: -sent,
  });
  const lanes = [lane('1', 5, 30, 'b10'), lane('2', 50, 20, 'b9'), lane('3', 50, 10, 'Ä')];
  it('stand in the order asked for', () => {
    expect(orderLanes(lanes, 'sent')).toEqual(['3', '2', '1']);
    expect(orderLanes(lanes, 'first')).toEqual(['3', '2', '1']);
    expect(orderLanes(lanes, 'name')).toEqual(['3', '2', '1']);
    expect(orderLanes(lanes, 'background')).toEqual(['1', '3', '2']);
    expect(orderLanes(lanes, 'window', (key) => Number(key === '1'))).toEqual(['1', '3', '2']);
  });
  it('of contacts alone stand after those with bytes, the most contacts first', () => {
    const peers = (key: string, count: number[]) => ({
      ...lane(key, 0, 0, key),
      contacts: {
        from: count.map(() => 0),
        to: count.map(() => 0),
        count,
        first: count.map(() => ''),
        peer: count.map(() => null),
        country: count.map(() => null),
      },
    });
    const all = [lane('none', 0, 0, 'none'), peers('few', [1, 1]), peers('many', [9]), lane('bytes', 1, 0, 'bytes')];
    expect(orderLanes(all, 'sent')).toEqual(['bytes', 'many', 'few', 'none']);
  });
  it('are laid out so that only those in sight are touched, pins on top', () => {
    const order = Array.from({ length: 400 }, (_, n) => `k${n}`);
    const layout = layOut(order, ['k7', 'gone'], 40, 500);
    expect(layout.pinned).toEqual(['k7']);
    expect(layout.maxScroll).toBe(399 * 40 - 460);
    const rows = rowsInSight(layout, 1000);
    expect(rows.length).toBeLessThan(15);
    expect(rows.at(-1)).toEqual({ key: 'k7', y: 0, height: 40, pinned: true, folded: false });
    expect(rowAt(layout, 1000, 20)?.key).toBe('k7');
    expect(rowAt(layout, 1000, 45)?.key).toBe('k26');
    expect(scrollTo(layout, 0, 'k399')).toBe(layout.maxScroll);
    expect(rowsInSight(layout, layout.maxScroll).some((row) => row.key === 'k399')).toBe(true);
  });
  it('leave half of the room to what can be scrolled', () => {
    const order = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(layOut(order, order, 50, 200).pinned).toEqual(['a', 'b']);
  });
});

describe('the context band', () => {
  const network = (name: string, from: number, to: number, detail: string | null = 'wifi'): ContextMark => ({
    kind: 'network',
    fromUs: from * HOUR,
    toUs: to * HOUR,
    name,
    detail,
    evidence: null,
  });
  it('joins stretches of one network and parts those that were up together', () => {
    const rows = contextRows([
      network('Home', 0, 2),
      network('Home', 2, 4),
      network('LTE', 3, 5, 'mobile'),
      network('Home', 6, 7),
    ]);
    expect(rows.map((row) => row.marks.map((mark) => [mark.name, mark.fromUs / HOUR, mark.toUs / HOUR]))).toEqual([
      [
        ['Home', 0, 4],
        ['Home', 6, 7],
      ],
      [['LTE', 3, 5]],
    ]);
  });
  it('tells kinds of networks by what the source said', () => {
    expect(toneOf(network('x', 0, 1, 'vpn'))).toBe('vpn');
    expect(toneOf(network('Wi-Fi cafe', 0, 1, null))).toBe('wifi');
    expect(toneOf(network('Jio 4G', 0, 1, null))).toBe('mobile');
    expect(toneOf(network('eth0', 0, 1, null))).toBe('other');
  });
});

describe('texts', () => {
  const kolkata = zoneNamed('Asia/Kolkata')!;
  it('write intervals in full', () => {
    expect(rangeInFull(at('2026-03-03T08:30Z'), at('2026-03-03T10:30Z'), kolkata)).toBe(
      'Tue 3 March 2026, 14:00:00 – 16:00:00',
    );
    expect(rangeInFull(at('2026-03-03T22:00Z'), at('2026-03-04T00:00Z'), utc)).toBe(
      'Tue 3 March 2026, 22:00:00 – Wed 4 March 2026, 00:00:00',
    );
    expect(fieldText(at('2026-03-03T08:30:05Z'), kolkata)).toBe('2026-03-03 14:00:05');
  });
  it('write lengths of time', () => {
    expect([2 * HOUR, 90 * 60e6, 45 * DAY, 12.5e6, 36 * HOUR, HOUR - 1].map(durationText)).toEqual([
      '2 h',
      '1 h 30 min',
      '45 days',
      '12.5 s',
      '1 day 12 h',
      '1 h',
    ]);
  });
  it('write bytes exactly, and shares that never round something away', () => {
    expect(bytesInFull(1_240_112)).toBe('1.24 MB (1\u202f240\u202f112 B)');
    expect(groupedNumber(100)).toBe('100');
    expect([shareText(1, 1e6), shareText(999_999, 1e6), shareText(0, 5), shareText(5, 5), shareText(0, 0)]).toEqual([
      '<1 %',
      '>99 %',
      '0 %',
      '100 %',
      null,
    ]);
  });
  it('are shortened by whole characters of any script', () => {
    const measure = (text: string) => [...new Intl.Segmenter().segment(text)].length * 10;
    expect(shorten('संदेश सेवा', '', 50, measure).endsWith('…')).toBe(true);
    expect(shorten('short', '', 50, measure)).toBe('short');
    expect(shorten('long enough', '', 50, measure)).toBe('long…');
    expect(shorten('x', '', 1, measure)).toBe('');
  });
});

describe('typed times', () => {
  const kolkata = zoneNamed('Asia/Kolkata')!;
  const us = (text: string, end: 'from' | 'to' = 'from', zone = kolkata) => {
    const read = readTyped(text, zone, end);
    return 'us' in read ? new Date(read.us / 1000).toISOString() : read.problem;
  };
  it('are read in the zone, in the forms that people write', () => {
    expect(us('2026-03-01')).toBe('2026-02-28T18:30:00.000Z');
    expect(us('2026-03-01', 'to')).toBe('2026-03-01T18:30:00.000Z');
    expect(us('2026-03-01 14:30')).toBe('2026-03-01T09:00:00.000Z');
    expect(us('1 March 2026 14:30:05')).toBe('2026-03-01T09:00:05.000Z');
    expect(us('Sun 1 mar 2026, 14:30')).toBe('2026-03-01T09:00:00.000Z');
    expect(us('2026-03-01T14:30Z')).toBe('2026-03-01T14:30:00.000Z');
    expect(us('2026-03-01 24:00')).toBe('2026-03-01T18:30:00.000Z');
  });
  it('that are none are answered with what is wrong', () => {
    expect(us('yesterday')).toMatch(/Write a time as/);
    expect(us('2026-02-30')).toBe('February 2026 has no day 30.');
    expect(us('2026-02-03 25:10')).toBe('“25:10” is not a time of the day.');
    expect(us('2026-13-01')).toMatch(/Write a time as/);
    expect(us('')).toMatch(/Write a time as/);
  });
});
