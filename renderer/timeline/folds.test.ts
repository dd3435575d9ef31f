import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../shared/base/time.ts';
import { railOfRow } from '../../shared/timeline/contact-rail.ts';
import { SYNTHETIC_START as start, syntheticWindow } from '../../shared/timeline/fixtures/synthetic.ts';
import { buttonBoxes } from '../../shared/timeline/hit-test.ts';
import { DataSet } from '../../shared/timeline/lane-data.ts';
import { type Folds, foldOne, layOut, noFolds, rowAt, rowsInSight } from '../../shared/timeline/lane-layout.ts';
import { type Look, plainLook } from '../../shared/timeline/look.ts';
import { utc } from '../../shared/timeline/zones.ts';
import { InstrumentHand } from './instrument-hand.ts';
import type { InstrumentHooks } from './instrument-hooks.ts';
import { InstrumentKeys } from './instrument-keys.ts';
import { pressKey } from './keys.ts';
import { Stage } from './stage.ts';

const look: Look = { ...plainLook('App', utc), sorting: 'name' };
const LANES = 400;
let stage: Stage;
let hand: InstrumentHand;
let keys: InstrumentKeys;
let folds: Folds;
let said: string[];

const put = (next: Folds) => {
  folds = next;
  stage.setLook({ ...stage.look, folds });
};

beforeEach(() => {
  stage = new Stage(look);
  stage.resize(1276, 700, 1);
  folds = noFolds;
  said = [];
  const view = syntheticWindow({ lanes: LANES, days: 4 });
  stage.setDrawn({ subject: { by: 'app', filter: {} }, whole: new DataSet(view), detail: null });
  stage.motion.jump({ fromUs: start, toUs: start + 4 * DAY });
  const hooks: InstrumentHooks = {
    onView: () => {},
    onLanes: () => {},
    onSelection: () => {},
    onOpen: () => {},
    onPin: () => {},
    onOnly: () => {},
    onFold: (key) => put(key === null ? { all: !folds.all, keys: [] } : foldOne(folds, key)),
    onFreed: () => {},
    onFollowKey: () => {},
    onMakeKey: () => {},
    onSay: (text) => said.push(text),
  };
  const moves = {
    goTo: () => {},
    jump: () => {},
    scrollLanes: (px: number) => stage.scrollBy(px),
    burst: () => {},
    follow: () => {},
    changed: () => {},
  };
  hand = new InstrumentHand(stage, hooks, moves);
  keys = new InstrumentKeys(stage, hooks, moves);
});

const press = (key: string, shiftKey = false) =>
  pressKey({ key, shiftKey, getModifierState: () => false } as unknown as KeyboardEvent, keys);

describe('four hundred lanes', () => {
  it('scroll to their end, and only those in sight are touched', () => {
    hand.scrollLanes(1e9);
    expect(stage.scroll).toBe(LANES * stage.frame.laneHeight - stage.frame.lanes.height);
    const rows = rowsInSight(stage.layout!, stage.scroll);
    expect(rows.length).toBeLessThan(16);
    const last = rows.at(-1)!;
    expect(last.y + last.height).toBeCloseTo(stage.frame.lanes.height, 6);
  });

  it('are walked through with the keyboard, and the focus stays in sight and on its lane', () => {
    for (let n = 0; n < LANES; n += 1) {
      press('ArrowDown');
      const row = stage.rowOf(stage.focusKey)!;
      expect(row.y).toBeGreaterThanOrEqual(-1e-6);
      expect(row.y + row.height).toBeLessThanOrEqual(stage.frame.lanes.height + 1e-6);
    }
    const last = stage.focusKey;
    press('ArrowDown');
    expect(stage.focusKey).toBe(last);
    press('PageUp');
    expect(stage.focusKey).not.toBe(last);
    // Folding what stands above moves the lane; the focus goes with it.
    const focused = stage.focusKey;
    put({ all: true, keys: [] });
    expect([stage.focusKey, stage.rowOf(focused)?.folded]).toEqual([focused, true]);
  });
});

describe('folding', () => {
  it('makes a lane a line; one key folds the lane in focus, with Shift all of them', () => {
    press('ArrowDown');
    const key = stage.focusKey!;
    press('t');
    expect(stage.rowOf(key)).toMatchObject({ height: stage.frame.foldedHeight, folded: true });
    expect(said.at(-1)).toMatch(/folded to a line/);
    press('t');
    expect(stage.rowOf(key)).toMatchObject({ height: stage.frame.laneHeight, folded: false });
    press('T', true);
    expect(rowsInSight(stage.layout!, 0).every((row) => row.folded)).toBe(true);
    press('t');
    expect(
      rowsInSight(stage.layout!, 0)
        .filter((row) => !row.folded)
        .map((row) => row.key),
    ).toEqual([key]);
    press('T', true);
    expect(stage.layout!.folded.size).toBe(0);
  });

  it('of no lane says so', () => {
    press('t');
    expect(said).toEqual(['No lane has the focus: up and down choose one.']);
    expect(folds).toEqual(noFolds);
  });

  it('is one press at the edge of the label, and another unfolds', () => {
    const at = () => {
      const row = rowsInSight(stage.layout!, 0)[2]!;
      const { fold } = buttonBoxes(stage.frame, row);
      return { row, x: fold.x + fold.size / 2, y: fold.y + fold.size / 2 };
    };
    const first = at();
    expect(stage.hit(first.x, first.y)).toMatchObject({ on: 'label', button: 'fold' });
    hand.click(first.x, first.y);
    expect(at().row).toMatchObject({ key: first.row.key, folded: true });
    const folded = at();
    hand.click(folded.x, folded.y);
    expect(at().row).toMatchObject({ key: first.row.key, folded: false });
  });

  it('keeps the lane in focus in sight', () => {
    for (let n = 0; n < 300; n += 1) press('ArrowDown');
    press('T', true);
    const row = stage.rowOf(stage.focusKey);
    expect(row).not.toBeNull();
    expect(row!.y).toBeGreaterThanOrEqual(0);
    press('T', true);
    expect(stage.rowOf(stage.focusKey)!.y).toBeGreaterThanOrEqual(0);
  });
});

describe('the layout of folded lanes', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  it('lays lanes of both heights without gap or overlap, pinned ones too', () => {
    const layout = layOut(order, ['b', 'd'], 50, 400, { folds: { all: false, keys: ['a', 'd'] }, height: 10 });
    expect(layout.pinnedHeight).toBe(60);
    const rows = rowsInSight(layout, 0);
    expect(rows.map(({ key, y, height }) => [key, y, height])).toEqual([
      ['a', 60, 10],
      ['c', 70, 50],
      ['e', 120, 50],
      ['b', 0, 50],
      ['d', 50, 10],
    ]);
    for (const row of rows) expect(rowAt(layout, 0, row.y + 1)?.key).toBe(row.key);
  });

  it('scrolls by what the lanes take', () => {
    const layout = layOut(order, [], 50, 60, { folds: { all: true, keys: ['e'] }, height: 10 });
    expect(layout.maxScroll).toBe(4 * 10 + 50 - 60);
    expect(rowsInSight(layout, layout.maxScroll).map(({ key }) => key)).toEqual(['d', 'e']);
  });

  it('gives contacts of a folded lane one track over the foot of its bars', () => {
    const rail = { height: 26, tracks: 3, kept: 26, alone: false, far: false };
    expect(railOfRow({ folded: false, height: 84 }, rail)).toBe(rail);
    expect(railOfRow({ folded: true, height: 16 }, rail)).toMatchObject({ tracks: 1, kept: 0, height: 9, far: true });
    expect(railOfRow({ folded: true, height: 16 }, { ...rail, alone: true })).toMatchObject({ tracks: 1, height: 14 });
  });
});
