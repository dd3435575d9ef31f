import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../shared/base/time.ts';
import { railBox } from '../../shared/timeline/contact-rail.ts';
import { describeWindow } from '../../shared/timeline/describe.ts';
import {
  bareOverview,
  emptyColumns,
  laneWith,
  push,
  SYNTHETIC_START as start,
  windowWith,
} from '../../shared/timeline/fixtures/synthetic.ts';
import { DataSet } from '../../shared/timeline/lane-data.ts';
import { steadyOrder } from '../../shared/timeline/lane-layout.ts';
import { plainLook } from '../../shared/timeline/look.ts';
import { emptyReadOut, intervalReadOut, pointAt } from '../../shared/timeline/read-out.ts';
import { spanOf, wholeOf } from '../../shared/timeline/viewport.ts';
import { utc, zoneNamed } from '../../shared/timeline/zones.ts';
import type { ContactColumns, OverviewView } from '../../shared/types/timeline.ts';
import { InstrumentHand } from './instrument-hand.ts';
import type { InstrumentHooks } from './instrument-hooks.ts';
import { InstrumentKeys } from './instrument-keys.ts';
import { Stage } from './stage.ts';

const look = plainLook('App', utc);
const overview: OverviewView = {
  ...bareOverview(40),
  coverage: [{ source: 'per-app history', fromUs: start, toUs: start + 30 * DAY, evidence: 'E1' }],
  context: [
    {
      kind: 'acquisition',
      fromUs: start + 30 * DAY,
      toUs: start + 30 * DAY,
      name: 'Acquired',
      detail: null,
      evidence: 'E1',
    },
  ],
  zone: 'Asia/Kolkata',
};

let stage: Stage;
let hand: InstrumentHand;
let keys: InstrumentKeys;
let heard: { said: string[]; opened: string[]; pinned: string[]; only: string[]; selected: unknown[] };

beforeEach(() => {
  stage = new Stage(look);
  stage.resize(1276, 700, 1);
  stage.setOverview(overview);
  const small = emptyColumns();
  push(small, start + DAY, start + DAY + 2 * HOUR, 100, 10, 60, 5, 'v1');
  push(small, start + 20 * DAY, start + 20 * DAY + 2 * HOUR, 300, 10, 0, 0, 'v2');
  const big = emptyColumns();
  for (let n = 0; n < 12; n += 1)
    push(
      big,
      start + 10 * DAY + n * 2 * HOUR,
      start + 10 * DAY + (n + 1) * 2 * HOUR,
      n === 6 ? 9e6 : 1000,
      50,
      0,
      0,
      `b${n}`,
    );
  const lanes = [laneWith('s', small, 'Small'), laneWith('b', big, 'Big')];
  stage.setDrawn({
    subject: { by: 'app', filter: {} },
    whole: new DataSet(windowWith(lanes, start, start + 40 * DAY)),
    detail: null,
  });
  heard = { said: [], opened: [], pinned: [], only: [], selected: [] };
  const hooks: InstrumentHooks = {
    onView: () => {},
    onLanes: () => {},
    onSelection: (selection) => heard.selected.push(selection),
    onOpen: (event) => heard.opened.push(event),
    onPin: (key) => heard.pinned.push(key),
    onOnly: (key) => heard.only.push(key),
    onFold: () => {},
    onFreed: () => {},
    onFollowKey: () => {},
    onMakeKey: () => {},
    onSay: (text) => heard.said.push(text),
  };
  const moves = {
    goTo: (view: { fromUs: number; toUs: number }) => stage.motion.jump(view),
    jump: (view: { fromUs: number; toUs: number }) => stage.motion.jump(view),
    scrollLanes: (px: number) => stage.scrollBy(px),
    burst: () => {},
    follow: () => {},
    changed: () => {},
  };
  hand = new InstrumentHand(stage, hooks, moves);
  keys = new InstrumentKeys(stage, hooks, moves);
});

const xOf = (us: number) => stage.scale().x(us);
const rowY = (key: string) => stage.frame.lanes.y + stage.rowOf(key)!.y + 10;

describe('the hand', () => {
  it('begins with the whole span, the largest sender on top', () => {
    expect(stage.view).toEqual(wholeOf(overview));
    expect(stage.rowOf('b')!.y).toBe(0);
  });

  it('opens the event of the interval that it clicks, and nothing where there is none', () => {
    stage.motion.jump({ fromUs: start, toUs: start + 2 * DAY });
    hand.click(xOf(start + DAY + HOUR), rowY('s'));
    hand.click(xOf(start + 0.4 * DAY), rowY('s'));
    expect(heard.opened).toEqual(['v1']);
    expect(stage.focusKey).toBe('s');
  });

  it('moves the picture with it, pixel for pixel', () => {
    stage.motion.jump({ fromUs: start + 5 * DAY, toUs: start + 15 * DAY });
    const x = xOf(start + 10 * DAY);
    hand.panPixels(-130, 0);
    expect(xOf(start + 10 * DAY)).toBeCloseTo(x - 130, 6);
  });

  it('zooms about the pixel under it', () => {
    stage.motion.jump({ fromUs: start + 5 * DAY, toUs: start + 15 * DAY });
    const us = stage.scale().us(700);
    hand.zoomAtPixel(0.5, 700);
    expect(stage.scale().us(700)).toBeCloseTo(us, -1);
    expect(spanOf(stage.view)).toBeCloseTo(5 * DAY, 0);
  });

  it('drags the window on the strip, and resizes it by its edges', () => {
    stage.motion.jump({ fromUs: start + 5 * DAY, toUs: start + 15 * DAY });
    const strip = stage.overviewScale()!;
    const y = stage.frame.overview.y + 10;
    expect(hand.hitAt(strip.x(start + 10 * DAY), y)).toEqual({ on: 'overview', grip: 'window' });
    expect(hand.hitAt(strip.x(start + 5 * DAY), y)).toEqual({ on: 'overview', grip: 'from' });
    expect(hand.hitAt(strip.x(start + 15 * DAY) + 3, y)).toEqual({ on: 'overview', grip: 'to' });
    hand.overviewGrab('window', strip.x(start + 10 * DAY))(strip.x(start + 12 * DAY));
    expect((stage.view.fromUs - start) / DAY).toBeCloseTo(7, 6);
    hand.overviewGrab('to', strip.x(start + 17 * DAY))(strip.x(start + 20 * DAY));
    expect((stage.view.toUs - start) / DAY).toBeCloseTo(20, 6);
    expect((stage.view.fromUs - start) / DAY).toBeCloseTo(7, 6);
  });

  it('selects between two pixels, moves an edge no further than the other, and lets go by a click beside', () => {
    hand.select(xOf(start + 4 * DAY), xOf(start + 2 * DAY), true);
    expect(stage.selection!.fromUs).toBeCloseTo(start + 2 * DAY, -1);
    hand.moveEdge('from', xOf(start + 9 * DAY), true);
    expect(stage.selection!.toUs - stage.selection!.fromUs).toBe(1);
    hand.click(xOf(start + 35 * DAY), rowY('s'));
    expect(stage.selection).toBeNull();
    expect(heard.selected.at(-1)).toBeNull();
  });
});

describe('the keyboard', () => {
  it('goes from lane to lane and from interval to interval, says where it is, and opens', () => {
    keys.moveFocus(1);
    keys.moveFocus(1);
    expect(stage.focusKey).toBe('s');
    expect(heard.said.at(-1)).toBe('Small: sent 400 B, received 20 B.');
    stage.cellUs = start;
    keys.interval(1);
    keys.interval(1);
    expect(heard.said.at(-1)).toContain('Sat 21 March 2026, 00:00:00 – 02:00:00 (2\u00a0h); sent 300 B');
    keys.open();
    expect(heard.opened).toEqual(['v2']);
    keys.interval(1);
    expect(heard.said.at(-1)).toBe('There is no later interval in this lane.');
  });

  it('opens the highest of the lane where it has no place yet', () => {
    keys.moveFocus(1);
    keys.open();
    expect(heard.opened).toEqual(['b6']);
  });

  it('pins, narrows to one lane, selects the window, and lets go in steps', () => {
    keys.moveFocus(1);
    keys.pin();
    keys.only();
    keys.selectWindow();
    expect([heard.pinned, heard.only]).toEqual([['b'], ['b']]);
    expect(stage.selection).not.toBeNull();
    expect(keys.escape()).toBe(true);
    expect(stage.selection).toBeNull();
    expect(keys.escape()).toBe(true);
    expect(stage.focusKey).toBeNull();
    expect(keys.escape()).toBe(false);
  });

  it('goes to both ends of the data', () => {
    stage.motion.jump({ fromUs: start + 5 * DAY, toUs: start + 6 * DAY });
    keys.toEnd('last');
    expect(stage.view.toUs).toBeGreaterThanOrEqual(overview.toUs);
    expect(stage.view.fromUs).toBeLessThan(overview.toUs);
    keys.toEnd('first');
    expect(stage.view.fromUs).toBeLessThanOrEqual(overview.fromUs);
  });
});

describe('following', () => {
  const grown = (toUs: number): OverviewView => ({ ...overview, toUs });

  it('keeps the right edge at the newest time, further back than the case where it is young', () => {
    stage.follow(50 * DAY);
    expect(stage.followed).toEqual({ fromUs: start - 10 * DAY, toUs: start + 40 * DAY });
    stage.setOverview(grown(start + 41 * DAY));
    expect(stage.followed!.toUs).toBe(start + 41 * DAY);
    stage.newestUs = start + 42 * DAY;
    expect(stage.followed).toEqual({ fromUs: start - 8 * DAY, toUs: start + 42 * DAY });
    stage.follow(null);
    expect(stage.followed).toBeNull();
    stage.follow(50 * DAY);
    stage.newestUs = null;
    // A bucket of the history ends later than the phone was last heard of: what comes in is at the phone's own now.
    stage.heardUs = start + 40 * DAY;
    expect(stage.followed).toEqual({ fromUs: start - 10 * DAY, toUs: start + 40 * DAY });
    stage.newestUs = start + 40.5 * DAY;
    expect(stage.followed!.toUs).toBe(start + 40.5 * DAY);
    stage.newestUs = start + 42 * DAY;
    stage.heardUs = null;
    stage.follow(null);
    // The window that was followed to may stay as wide as it was.
    expect(stage.bounds.fromUs).toBe(start - 8 * DAY);
  });

  it('does not move lanes when the case grows, and puts new ones last', () => {
    stage.follow(2 * DAY);
    stage.burst = { fromUs: start, toUs: start + 1, topUs: start, bytes: 1 };
    const more = emptyColumns();
    push(more, start + DAY, start + 2 * DAY, 1e9);
    const lanes = [...stage.drawn!.whole.lanes.values(), laneWith('n', more, 'New')];
    const whole = new DataSet(windowWith(lanes, start, start + 40 * DAY));
    stage.setDrawn({ subject: { by: 'app', filter: {} }, whole, detail: null });
    expect(stage.layout!.free).toEqual(['b', 's', 'n']);
    expect(stage.burst).not.toBeNull();
    stage.follow(null);
    stage.setDrawn({ subject: { by: 'app', filter: {} }, whole: new DataSet(whole.window), detail: null });
    expect(stage.layout!.free).toEqual(['n', 'b', 's']);
  });

  it('lets lanes that fell silent make room where the order is that of the window', () => {
    expect(steadyOrder(['a', 'b', 'c'], ['c', 'n', 'a', 'b'], (key) => key === 'c' || key === 'n')).toEqual([
      'c',
      'n',
      'a',
      'b',
    ]);
    expect(steadyOrder(['a', 'gone', 'c'], ['c', 'a'], null)).toEqual(['a', 'c']);
  });
});

describe('contacts', () => {
  const contacts: ContactColumns = {
    from: [start + HOUR, start + 2 * HOUR, start + 2 * HOUR],
    to: [start + 3 * HOUR, start + 2 * HOUR, start + 2.5 * HOUR],
    count: [1, 1, 1],
    first: ['c1', 'c2', 'c3'],
    peer: ['one.example:443', 'two.example:443', null],
    country: ['DE', null, null],
  };
  beforeEach(() => {
    const lanes = [{ ...laneWith('p', emptyColumns(), 'Peers'), contacts }];
    stage.setDrawn({
      subject: { by: 'app', filter: {} },
      whole: new DataSet(windowWith(lanes, start, start + DAY)),
      detail: null,
    });
    stage.motion.jump({ fromUs: start, toUs: start + 5 * HOUR });
  });

  it('are gone to with the keyboard one by one, said, and opened', () => {
    keys.moveFocus(1);
    expect(heard.said.at(-1)).toBe('Peers: 3 contacts.');
    keys.contact(1);
    expect(heard.said.at(-1)).toContain('Peers: contact with one.example:443, country DE, seen from');
    keys.contact(1);
    keys.contact(1);
    keys.open();
    expect(heard.opened).toEqual(['c3']);
    keys.contact(1);
    expect(heard.said.at(-1)).toBe('There is no later contact in this lane.');
    keys.contact(-1);
    keys.open();
    expect(heard.opened.at(-1)).toBe('c2');
  });

  it('are opened at once where a lane has nothing else', () => {
    keys.moveFocus(1);
    keys.open();
    expect(heard.opened).toEqual(['c1']);
  });

  it('are opened by a click on their track, and the bars above them are not', () => {
    const row = stage.rowOf('p')!;
    const foot = railBox(row.y, row.height, stage.rail);
    const y = stage.frame.lanes.y + foot.y + foot.track / 2;
    hand.click(xOf(start + 1.5 * HOUR), y);
    expect([heard.opened, stage.cellContact]).toEqual([['c1'], 'c1']);
    hand.click(xOf(start + 1.5 * HOUR), stage.frame.lanes.y + row.y + 4);
    expect(heard.opened).toHaveLength(1);
  });

  it('are told of a lane that has none', () => {
    stage.setDrawn({
      subject: { by: 'app', filter: {} },
      whole: new DataSet(windowWith([laneWith('s', emptyColumns(), 'Small')], start, start + DAY)),
      detail: null,
    });
    stage.focusKey = 's';
    keys.contact(1);
    expect(heard.said.at(-1)).toBe('This lane has no contacts.');
  });
});

describe('scales', () => {
  it('stand on the highest interval of the lane, of either way, or of all lanes', () => {
    const top = () => stage.heights().topOf('s');
    expect(top()).toEqual({ sent: 150, received: 150 });
    stage.setLook({ ...look, full: 'way' });
    expect(top()).toEqual({ sent: 150, received: 5 });
    stage.setLook({ ...look, full: 'all' });
    expect(top().sent).toBe(4.5e6);
    stage.setLook({ ...look, direction: 'received' });
    expect(top()).toEqual({ sent: 5, received: 5 });
  });
});

describe('words', () => {
  it('name the interval in full, with foreground and background apart', () => {
    const us = start + DAY + HOUR;
    const pointed = pointAt(stage.drawn!, 's', stage.scale(), us)!;
    const words = intervalReadOut(stage.drawn!, pointed, zoneNamed('Asia/Kolkata')!);
    expect(words.when).toBe('Mon 2 March 2026, 05:30:00 – 07:30:00 (2\u00a0h)');
    expect(words.lines[0]).toEqual({
      tone: 'sent',
      label: '↑ sent',
      value: '100 B',
      split: 'foreground 40 B, background 60 B',
    });
  });

  it('tell no traffic and no source apart', () => {
    const note = (day: number) => emptyReadOut(stage.drawn!, 's', start + day * DAY, utc, stage.covered).note;
    expect(note(5)).toContain('counted no traffic');
    expect(note(35)).toContain('No source covers this time');
  });

  it('sum up the window for those who hear it', () => {
    const text = describeWindow(stage.drawn!, { fromUs: start, toUs: start + 2 * DAY }, utc, 'app');
    expect(text).toBe(
      'Sun 1 March 2026, 00:00:00 – Tue 3 March 2026, 00:00:00, 2 days, times in UTC. 1 of 2 lanes by app have traffic. ' +
        'Sent 100 B, of which 60 B in the background; received 10 B. Most sent: Small 100 B.',
    );
  });
});
