import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/time.ts';
import type { Drawn } from './drawn.ts';
import {
  emptyColumns,
  laneWith,
  push,
  seeded,
  SYNTHETIC_START as start,
  syntheticWindow,
  windowWith,
} from './fixtures/synthetic.ts';
import { DataSet, entriesIn, seriesOf, totalsIn } from './lane-data.ts';
import { laneSum, piecesOf, wholeSum } from './picture.ts';
import { selectionOf, totalsOf } from './selection.ts';

const subject = { by: 'app', filter: {} } as const;
const drawnFrom = (whole: DataSet, detail: DataSet | null = null): Drawn => ({ subject, whole, detail });

describe('sums', () => {
  it('of a stretch are those of every interval that touches it, whole, also where intervals overlap', () => {
    const random = seeded(9);
    const columns = emptyColumns();
    let us = start;
    for (let n = 0; n < 300; n += 1) {
      us += Math.floor(random() * 2 * HOUR);
      push(
        columns,
        us,
        us + Math.floor((0.2 + random() * 5) * HOUR),
        Math.floor(random() * 1e6),
        Math.floor(random() * 1e6),
      );
    }
    const series = seriesOf(laneWith('a', columns));
    expect(series.overlapping).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 24 }), fc.integer({ min: 1, max: 200 }), (hour, hours) => {
        const fromUs = start + hour * HOUR;
        const toUs = fromUs + hours * HOUR;
        const touching = columns.from
          .map((_, i) => i)
          .filter((i) => columns.from[i]! < toUs && columns.to[i]! > fromUs);
        expect(totalsIn(series, fromUs, toUs).sent).toBe(touching.reduce((sum, i) => sum + columns.sent[i]!, 0));
        expect(totalsIn(series, fromUs, toUs).events).toBe(touching.length);
        expect(entriesIn(series, fromUs, toUs)).toEqual(touching);
      }),
    );
  });

  it('of all lanes over the whole span equal those of the engine', () => {
    const window = syntheticWindow({ lanes: 20, days: 30 });
    const sum = wholeSum(drawnFrom(new DataSet(window)), window.fromUs, window.toUs);
    expect(sum).toEqual({
      sent: window.sent,
      received: window.received,
      sentBackground: window.sentBackground,
      receivedBackground: window.receivedBackground,
      events: window.events,
      exact: true,
    });
  });

  it('say so when an interval that was merged lies across an edge', () => {
    const columns = emptyColumns();
    push(columns, start, start + 6 * HOUR, 900);
    columns.events[0] = 3;
    const drawn = drawnFrom(new DataSet(windowWith([laneWith('a', columns)], start, start + DAY, 6 * HOUR)));
    expect(laneSum(drawn, 'a', start + 3 * HOUR, start + DAY).exact).toBe(false);
    expect(laneSum(drawn, 'a', start, start + DAY).exact).toBe(true);
  });
});

describe('pieces', () => {
  const coarse = new DataSet(syntheticWindow({ lanes: 2, days: 30 }));
  const window = syntheticWindow({ lanes: 2, days: 30 });
  const fine = new DataSet({ ...window, fromUs: start + 10 * DAY, toUs: start + 13 * DAY });

  it('take the fine answer where it reaches and the coarse one elsewhere', () => {
    const pieces = piecesOf(drawnFrom(coarse, fine), start + 9 * DAY, start + 12 * DAY);
    expect(
      pieces.map((piece) => [piece.data === fine, (piece.fromUs - start) / DAY, (piece.toUs - start) / DAY]),
    ).toEqual([
      [false, 9, 10],
      [true, 10, 12],
    ]);
  });

  it('are one where the fine answer reaches to the ends of all there is', () => {
    const all = new DataSet(window);
    const pieces = piecesOf(drawnFrom(coarse, all), start - 5 * DAY, start + 40 * DAY);
    expect(pieces).toEqual([{ data: all, fromUs: start - 5 * DAY, toUs: start + 40 * DAY }]);
  });
});

describe('a selection', () => {
  it('adds up what touches it, and counts what reaches beyond', () => {
    const columns = emptyColumns();
    push(columns, start, start + 2 * HOUR, 100, 1);
    push(columns, start + 2 * HOUR, start + 4 * HOUR, 200, 2);
    push(columns, start + 4 * HOUR, start + 6 * HOUR, 400, 4);
    const quiet = emptyColumns();
    push(quiet, start + 20 * HOUR, start + 22 * HOUR, 5);
    const lanes = [laneWith('a', columns), laneWith('b', quiet)];
    const drawn = drawnFrom(new DataSet(windowWith(lanes, start, start + DAY)));
    const selection = selectionOf(start + 5 * HOUR, start + 2 * HOUR)!;
    const totals = totalsOf(drawn, selection);
    expect(selection).toEqual({ fromUs: start + 2 * HOUR, toUs: start + 5 * HOUR });
    expect(totals.sum).toMatchObject({ sent: 600, received: 6, events: 2, exact: true });
    expect(totals.lanes.map((lane) => lane.key)).toEqual(['a']);
    expect(totals.across).toBe(1);
    expect(selectionOf(start, start)).toBeNull();
  });
});
