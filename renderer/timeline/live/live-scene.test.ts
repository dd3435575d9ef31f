import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../shared/base/time.ts';
import { SYNTHETIC_START as start } from '../../../shared/timeline/fixtures/synthetic.ts';
import type { Shape } from '../../../shared/timeline/scene.ts';
import { readTheme } from '../../../shared/timeline/theme.ts';
import { utc } from '../../../shared/timeline/zones.ts';
import { growthOf, type LiveMoment, roundTop, socketSteps } from './live-moments.ts';
import { CELL, type LivePicture, liveScene } from './live-scene.ts';

const at = (second: number, sent: number | null, sockets: number | null = 3): LiveMoment => ({
  us: start + second * SECOND,
  sent,
  received: sent === null ? null : sent * 2,
  sockets,
});
const sum = (list: readonly { sent: number }[]) => list.reduce((all, one) => all + one.sent, 0);

describe('what the counters grew by', () => {
  it('stands on a grid of absolute time, so that rolling never regroups it', () => {
    const moments = Array.from({ length: 61 }, (_, i) => at(i, i * 100));
    const all = growthOf(moments, CELL);
    const later = growthOf(moments.slice(23), CELL);
    expect(sum(all)).toBe(6000);
    expect(all.every((one) => one.fromUs % CELL === 0 && one.toUs - one.fromUs === CELL)).toBe(true);
    for (const one of later.slice(1)) expect(all).toContainEqual(one);
  });

  it('stays one stretch where answers lie far apart: at which moment of it is not known', () => {
    const grown = growthOf([at(0, 0), at(1, 50), at(29, 1050), at(30, 1050)], CELL);
    expect(grown).toContainEqual({ fromUs: start + SECOND, toUs: start + 29 * SECOND, sent: 1000, received: 2000 });
    expect(sum(grown)).toBe(1050);
  });

  it('is nothing, not zero, where the phone shows no counters', () => {
    expect(growthOf([at(0, null), at(1, null)], CELL)).toEqual([]);
  });

  it('never is less than nothing when the counters begin anew', () => {
    expect(growthOf([at(0, 500), at(1, 20)], CELL)).toEqual([
      { fromUs: start, toUs: start + CELL, sent: 0, received: 0 },
    ]);
  });
});

describe('open connections', () => {
  it('hold from look to look, and end where a gap begins', () => {
    const moments = [at(0, 0, 4), at(1, 0, 4), at(2, 0, 6), at(20, 0, 5)];
    const steps = socketSteps(moments, [{ fromUs: start + 2 * SECOND, toUs: start + 20 * SECOND }]);
    expect(steps.map((one) => [(one.fromUs - start) / SECOND, (one.toUs - start) / SECOND, one.count])).toEqual([
      [0, 2, 4],
      [2, 2, 6],
      [20, 20, 5],
    ]);
  });

  it('draws nothing, and no zero, where no table of connections was had', () => {
    expect(socketSteps([at(0, 1, null), at(1, 2, null)], [])).toEqual([]);
  });
});

describe('the rolling drawing', () => {
  const picture = (over: Partial<LivePicture>): LivePicture => ({
    width: 560,
    height: 180,
    unit: 1,
    dpr: 1,
    nowUs: start + 300 * SECOND,
    spanUs: 300 * SECOND,
    startedUs: start,
    lastUs: start + 300 * SECOND,
    moments: Array.from({ length: 301 }, (_, i) => at(i, i * 1000)),
    gaps: [],
    zone: utc,
    theme: readTheme((name) => name),
    measure: (text) => text.length * 6,
    ...over,
  });
  const flat = (list: readonly Shape[]): Shape[] =>
    list.flatMap((shape) => (shape.is === 'clip' ? flat(shape.shapes) : [shape]));
  const hatched = (shapes: readonly Shape[]) =>
    flat(shapes).flatMap((shape) =>
      shape.is === 'rects' && typeof shape.paint !== 'string' && shape.count > 0 ? [shape] : [],
    );
  const countOf = (shapes: readonly Shape[], paint: string) =>
    flat(shapes).reduce((all, shape) => all + (shape.is === 'rects' && shape.paint === paint ? shape.count : 0), 0);

  it('draws sent and received of every step, and hatches nothing while the phone answers', () => {
    const shapes = liveScene(picture({}));
    expect(countOf(shapes, '--sent')).toBe(60);
    expect(countOf(shapes, '--received')).toBe(60);
    expect(hatched(shapes)).toHaveLength(0);
  });

  it('draws no empty band of connections where the phone refuses its table of them', () => {
    const words = (moments: LiveMoment[]) =>
      flat(liveScene(picture({ moments }))).flatMap((shape) => (shape.is === 'text' ? [shape.text] : []));
    expect(words([at(0, 1), at(1, 2)])).toContain('open');
    expect(words([at(0, 1, null), at(1, 2, null)])).not.toContain('open');
    expect(words([at(0, null, null), at(1, null, null)])).toContain('open');
  });

  it('hatches a gap that goes on up to now, and the time before the beginning', () => {
    const open = liveScene(picture({ gaps: [{ fromUs: start + 270 * SECOND, toUs: null }] }));
    const [gap] = hatched(open);
    expect(gap!.xywh[2]! / (560 - 72)).toBeCloseTo(0.1, 1);
    const young = liveScene(picture({ startedUs: start + 150 * SECOND }));
    expect(hatched(young)[0]!.xywh[2]! / (560 - 72)).toBeCloseTo(0.5, 1);
  });

  it('gives connections all of the room where there are no counters, and draws no bytes', () => {
    const shapes = liveScene(picture({ moments: [at(0, null), at(300, null, 9)] }));
    expect(countOf(shapes, '--sent') + countOf(shapes, '--received')).toBe(0);
    expect(flat(shapes).some((shape) => shape.is === 'text' && shape.text.includes('sent'))).toBe(false);
  });

  it('has a scale that does not tremble', () => {
    expect([0.4, 1, 1.5, 3, 7, 40, 1000, 1001].map(roundTop)).toEqual([1, 1, 2, 5, 10, 50, 1000, 2000]);
  });
});
