import { describe, expect, it } from 'vitest';
import type { LaneChoice, LaneView, OverviewView, WindowView } from '../types/timeline.ts';
import type { Drawn } from './drawn.ts';
import { syntheticWindow } from './fixtures/synthetic.ts';
import { choiceOf, choiceServes, MOST_LANES, tellLanes } from './lane-choice.ts';
import { DataSet } from './lane-data.ts';
import { layOut, noFolds, orderLanes, REST_KEY, restInSight, rowAt, rowsInSight, scrollTo } from './lane-layout.ts';
import { svgOf } from './paint-svg.ts';
import { lacksRest, wholeContacts, wholeSum } from './picture.ts';
import { restWords } from './rest-words.ts';
import { staticView } from './static-view.ts';
import { lightTheme } from './themes.ts';
import { viewScene } from './view-scene.ts';
import { utc } from './zones.ts';

const all = syntheticWindow({ lanes: 20, days: 30 });

/** The window with five of its lanes, the others added up. */
function some(): WindowView {
  const { told, rest } = tellLanes(all.lanes, { most: 5, order: 'sent', keep: [] });
  return { ...all, lanes: [...told], ...(rest && { rest }) };
}

const drawnFrom = (window: WindowView): Drawn => ({
  subject: { by: window.by, filter: {} },
  whole: new DataSet(window),
  detail: null,
});

describe('lanes that are not told', () => {
  it('belong to the sums of the whole span, and are known to be missing from those of a part', () => {
    const [few, every] = [drawnFrom(some()), drawnFrom(all)];
    const { fromUs, toUs } = all;
    expect(wholeSum(few, fromUs, toUs)).toEqual(wholeSum(every, fromUs, toUs));
    expect(wholeContacts(few, fromUs, toUs)).toBe(wholeContacts(every, fromUs, toUs));
    expect([lacksRest(few, fromUs, toUs), lacksRest(few, fromUs + 1, toUs)]).toEqual([false, true]);
    expect(wholeSum(few, fromUs + 1, toUs)).toMatchObject({ exact: false, lacks: true });
    expect(wholeSum(every, fromUs + 1, toUs).lacks).toBeUndefined();
  });

  it('have one line below the last lane, which is scrolled to and which no lane stands on', () => {
    const order = ['a', 'b', 'c', 'd'];
    const layout = layOut(order, ['c'], 50, 120, { folds: noFolds, height: 10, rest: 30 });
    expect(layout.maxScroll).toBe(150 + 30 - 70);
    expect(restInSight(layout, 0)).toBeNull();
    expect(scrollTo(layout, 0, REST_KEY)).toBe(layout.maxScroll);
    expect(restInSight(layout, layout.maxScroll)).toMatchObject({ y: 90, height: 30 });
    expect(rowAt(layout, layout.maxScroll, 100)).toBeNull();
    expect(rowsInSight(layout, layout.maxScroll).map(({ key }) => key)).not.toContain(REST_KEY);
    expect(layOut(order, [], 50, 120).maxScroll).toBe(200 - 120);
  });

  it('are said on paper with what the picture has no room for, and nothing is asked of the reader', () => {
    const overview: OverviewView = {
      fromUs: all.fromUs,
      toUs: all.toUs,
      stepUs: all.toUs - all.fromUs,
      sent: [1],
      received: [1],
      sentBackground: [0],
      receivedBackground: [0],
      coverage: [],
      context: [],
      zone: null,
    };
    const look = { laneWord: 'App', sorting: 'sent', pins: [], size: 'medium', curve: 'root', full: 'lane' } as const;
    const choice = {
      width: 800,
      look: { ...look, direction: 'both', zone: utc } as const,
      lanes: 3,
      theme: lightTheme,
      measure: (text: string) => text.length * 6,
      dpr: 1,
    };
    const draw = (window: WindowView) => {
      const picture = staticView(overview, window, choice);
      const { width, height } = picture.frame;
      return { picture, svg: svgOf(viewScene(picture), { width, height, dpr: 1, title: 'all' }) };
    };
    const { picture, svg } = draw(some());
    const { rest } = picture.drawn!.whole.window;
    expect(rest).toMatchObject({ lanes: 17 });
    const shown = orderLanes(all.lanes, 'sent').slice(0, 3);
    const others = all.lanes.filter(({ key }) => !shown.includes(key));
    expect(rest!.sent).toBe(others.reduce((sum, lane) => sum + lane.sent, 0));
    expect(svg).toContain(restWords(rest!, 'app'));
    expect(svg).not.toContain('narrow the filter');
    const plain = draw(all);
    expect(plain.picture.frame.height).toBe(picture.frame.height - picture.frame.restHeight);
    expect(plain.svg).not.toContain('more apps');
  });

  it('are asked for anew where the order is another one or a pinned lane is missing', () => {
    const told = new Map<string, LaneView>(all.lanes.slice(0, 5).map((lane) => [lane.key, lane]));
    const { rest } = some();
    const asked: LaneChoice = choiceOf('sent', []);
    expect(choiceServes(told, rest, asked, choiceOf('window', []))).toBe(true);
    expect(choiceServes(told, rest, asked, choiceOf('name', []))).toBe(false);
    expect(choiceServes(told, undefined, asked, choiceOf('name', []))).toBe(true);
    const far = all.lanes[12]!.key;
    expect(choiceServes(told, rest, asked, choiceOf('sent', [all.lanes[0]!.key]))).toBe(true);
    expect(choiceServes(told, rest, asked, choiceOf('sent', [far]))).toBe(false);
    expect(choiceServes(told, rest, choiceOf('sent', [far]), choiceOf('sent', [far]))).toBe(true);
    expect(asked.most).toBe(MOST_LANES);
  });
});
