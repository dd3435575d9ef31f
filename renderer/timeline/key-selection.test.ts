import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, microsOf, SECOND } from '../../shared/base/time.ts';
import {
  bareOverview,
  emptyColumns,
  laneWith,
  push,
  SYNTHETIC_START as start,
  windowWith,
} from '../../shared/timeline/fixtures/synthetic.ts';
import { DataSet } from '../../shared/timeline/lane-data.ts';
import { plainLook } from '../../shared/timeline/look.ts';
import { utc, zoneNamed } from '../../shared/timeline/zones.ts';
import type { OverviewView } from '../../shared/types/timeline.ts';
import type { InstrumentHooks } from './instrument-hooks.ts';
import { InstrumentKeys } from './instrument-keys.ts';
import { nextFull, selectStep } from './key-selection.ts';
import { pressKey } from './keys.ts';
import { Stage } from './stage.ts';

const look = plainLook('App', utc);
const mark = (kind: 'boot' | 'acquisition', us: number, name: string) => ({
  kind,
  fromUs: us,
  toUs: us,
  name,
  detail: null,
  evidence: null,
});
const overview: OverviewView = {
  ...bareOverview(40),
  context: [mark('boot', start + 2 * DAY, 'Phone started'), mark('acquisition', start + 30 * DAY, 'Acquisition 1')],
};

let stage: Stage;
let keys: InstrumentKeys;
let said: string[];
let told: { selection: unknown; settled: boolean }[];

beforeEach(() => {
  stage = new Stage(look);
  stage.resize(1276, 700, 1);
  stage.setOverview(overview);
  const columns = emptyColumns();
  for (let n = 0; n < 6; n += 1) push(columns, start + n * 4 * HOUR, start + (n * 4 + 2) * HOUR, 1000 * (n + 1), 10);
  stage.setDrawn({
    subject: { by: 'app', filter: {} },
    whole: new DataSet(windowWith([laneWith('a', columns, 'Lane')], start, start + 40 * DAY)),
    detail: null,
  });
  stage.motion.jump({ fromUs: start, toUs: start + DAY });
  said = [];
  told = [];
  const hooks: InstrumentHooks = {
    onView: () => {},
    onLanes: () => {},
    onSelection: (selection, settled) => told.push({ selection, settled }),
    onOpen: () => {},
    onPin: () => {},
    onOnly: () => {},
    onFold: () => {},
    onFreed: () => {},
    onFollowKey: () => {},
    onMakeKey: () => {},
    onSay: (text) => said.push(text),
  };
  keys = new InstrumentKeys(stage, hooks, {
    goTo: (view) => stage.motion.jump(view),
    burst: () => {},
    follow: () => {},
    changed: () => {},
  });
});

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey', boolean>> = {}) =>
  pressKey(
    {
      key,
      shiftKey: false,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      getModifierState: () => false,
      ...held,
    } as unknown as KeyboardEvent,
    keys,
  );
const shift = { shiftKey: true };
const hours = () => stage.selection && [stage.selection.fromUs, stage.selection.toUs].map((us) => (us - start) / HOUR);

describe('selecting with shift and the arrows', () => {
  it('begins with the interval where the keyboard stands, and grows by round steps', () => {
    press('ArrowDown');
    press('.');
    expect(said.at(-1)).toContain('sent 4.00 kB');
    press('ArrowRight', shift);
    expect(hours()).toEqual([12, 14]);
    expect(said.at(-1)).toMatch(/^Selected 2 h: .*12:00:00 – 14:00:00; sent 4\.00 kB, received 10 B\.$/);
    press('ArrowRight', shift);
    expect(hours()).toEqual([12, 15]);
    press('ArrowLeft', shift);
    press('ArrowLeft', shift);
    expect(hours()).toEqual([12, 13]);
    // Past the edge that stays it grows the other way, through nothing.
    press('ArrowLeft', shift);
    expect([hours(), said.at(-1)]).toEqual([null, 'Nothing is selected.']);
    press('ArrowLeft', shift);
    expect(hours()).toEqual([11, 12]);
  });

  it('begins in the middle of the window where the keyboard stands nowhere', () => {
    press('ArrowRight', shift);
    expect(hours()).toEqual([11, 12]);
    press('Escape');
    press('ArrowLeft', shift);
    expect(hours()).toEqual([10, 11]);
  });

  it('moves the far edge of what is selected already, and brings it into sight', () => {
    stage.selection = { fromUs: start + 20 * HOUR, toUs: start + 23 * HOUR };
    press('ArrowRight', shift);
    press('ArrowRight', shift);
    expect(hours()).toEqual([20, 25]);
    expect(stage.view.toUs).toBeGreaterThan(start + 25 * HOUR);
    expect(stage.view.fromUs).toBeGreaterThan(start);
  });

  it('goes on from the same edge after it was written into the address', () => {
    press('ArrowRight', shift);
    press('ArrowRight', shift);
    keys.settleSelection();
    stage.selection = { ...stage.selection! };
    press('ArrowLeft', shift);
    expect(hours()).toEqual([11, 12]);
  });

  it('tells what is selected for good once, when the hand lets go', () => {
    press('ArrowRight', shift);
    press('ArrowRight', shift);
    expect(told.map((one) => one.settled)).toEqual([false, false]);
    keys.settleSelection();
    keys.settleSelection();
    expect(told.map((one) => one.settled)).toEqual([false, false, true]);
    expect(told.at(-1)!.selection).toEqual(stage.selection);
  });

  it('has steps that fit the window, on full hours of the zone', () => {
    expect([selectStep(DAY), selectStep(40 * DAY), selectStep(4 * SECOND), selectStep(HOUR)]).toEqual([
      HOUR,
      DAY,
      SECOND,
      2 * MINUTE,
    ]);
    const kolkata = zoneNamed('Asia/Kolkata')!;
    const at = (iso: string) => microsOf(iso)!;
    expect(nextFull(at('2026-03-01T10:10:00Z'), HOUR, 1, kolkata)).toBe(at('2026-03-01T10:30:00Z'));
    expect(nextFull(at('2026-03-01T10:30:00Z'), HOUR, -1, kolkata)).toBe(at('2026-03-01T09:30:00Z'));
    // The hour that a summer time leaves out is no trap.
    const berlin = zoneNamed('Europe/Berlin')!;
    let us = at('2026-03-29T00:30:00Z');
    for (let n = 0; n < 4; n += 1) {
      const next = nextFull(us, HOUR, 1, berlin);
      expect(next).toBeGreaterThan(us);
      us = next;
    }
    expect(us).toBeGreaterThanOrEqual(at('2026-03-29T03:00:00Z'));
  });
});

describe('other ways without a mouse', () => {
  it('move by a whole window with ctrl, or with < and >', () => {
    press('ArrowRight', { ctrlKey: true });
    expect((stage.view.fromUs - start) / DAY).toBe(1);
    press('>', shift);
    expect((stage.view.fromUs - start) / DAY).toBe(2);
    press('<', shift);
    press('ArrowLeft', { ctrlKey: true });
    expect(stage.view.fromUs).toBe(start);
    // Keys of the browser stay the browser’s.
    expect([press('c', { ctrlKey: true }), press('ArrowLeft', { altKey: true }), press('Tab')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('go to what the band marks, say it and bring it into sight', () => {
    press('x');
    expect(said.at(-1)).toMatch(/Phone started\.$/);
    expect(stage.view.fromUs).toBeLessThan(start + 2 * DAY);
    expect(stage.view.toUs).toBeGreaterThan(start + 2 * DAY);
    press('x');
    expect(said.at(-1)).toMatch(/Acquisition 1\.$/);
    press('x');
    expect(said.at(-1)).toBe('There is no later mark in the band.');
    press('X', shift);
    expect(said.at(-1)).toMatch(/Phone started\.$/);
  });
});
