import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../../shared/base/time.ts';
import { type MemoryCase, memoryCase } from '../../../../test/support/memory-case.ts';
import { sumOf } from '../drawing/bins.ts';
import { fillSample, reportDataOf, start } from '../fixtures/sample-case.ts';
import type { ReportData } from '../report-data.ts';
import { gapsOf } from './timeline.ts';

let sample: MemoryCase;
let data: ReportData;
beforeAll(async () => {
  sample = await memoryCase();
  await fillSample(sample, { apps: 30, days: 24, evidence: 20, serial: 'PRACTICE-0001' });
  data = await reportDataOf(sample);
});
afterAll(() => sample.close());

const counted = (column: string, where = '') =>
  sample
    .get<{ sum: number }>(
      `SELECT sum(v.${column}) AS sum FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 1 ${where}`,
    )
    .then((row) => row?.sum ?? 0);

describe('figures of the report', () => {
  it('are the sums of the counted rows, and of no other', async () => {
    expect(data.totals.sent).toBe(await counted('sent'));
    expect(data.totals.received).toBe(await counted('received'));
    expect(data.totals.sentBackground).toBe(await counted('sent', 'AND s.foreground = 0'));
    expect(data.totals.withoutFigure).toBe(1);
    expect(data.notCounted).toEqual([{ reason: 'tag row', rows: 40, sent: 200_000, received: 360_000 }]);
  });

  it('of the apps add up to the totals', () => {
    const sum = (pick: (app: ReportData['apps'][number]) => number) =>
      data.apps.reduce((all, app) => all + pick(app), 0);
    expect(sum((app) => app.sent)).toBe(data.totals.sent);
    expect(sum((app) => app.received)).toBe(data.totals.received);
    expect(sum((app) => app.sentBackground)).toBe(data.totals.sentBackground);
    expect(data.apps.map((app) => app.sent)).toEqual(data.apps.map((app) => app.sent).sort((a, b) => b - a));
  });

  it('of the drawing add up to the same, for all apps and for every lane', () => {
    const drawn = sumOf(data.timeline!.overview);
    expect(drawn).toEqual({
      sent: data.totals.sent,
      received: data.totals.received,
      sentBackground: data.totals.sentBackground,
    });
    expect(data.timeline!.lanes).toHaveLength(12);
    for (const lane of data.timeline!.lanes) {
      const app = data.apps.find((one) => one.uid === lane.uid)!;
      expect(sumOf(lane.bins)).toEqual({ sent: app.sent, received: app.received, sentBackground: app.sentBackground });
    }
  });

  it('name the phone’s zone, its gaps and its practice serial', () => {
    expect([data.zone, data.zoneFrom, data.practice]).toEqual(['Asia/Kolkata', 'phone', true]);
    expect(data.timeline!.uncovered).toEqual([{ fromUs: start + 17 * DAY, toUs: start + 18.5 * DAY }]);
  });

  it('name of a property the first place that said it, file and line of one saying', async () => {
    const zone = (held: ReportData) => held.identity.filter((fact) => fact.key === 'persist.sys.timezone');
    const [said] = zone(data);
    const again = await memoryCase();
    await fillSample(again, { apps: 2, days: 2, evidence: 4 });
    await again.insert('property', [
      { section: 3, line: 1, key: 'persist.sys.timezone', value: 'Asia/Kolkata' },
      { section: 3, line: 2, key: 'persist.sys.timezone', value: 'Asia/Dubai' },
    ]);
    expect(said).toMatchObject({ evidence: 'E2', value: 'Asia/Kolkata' });
    expect(zone(await reportDataOf(again))).toEqual([
      said,
      { key: 'persist.sys.timezone', value: 'Asia/Dubai', evidence: 'E3', line: 2 },
    ]);
    await again.close();
  });

  it('keep stray intervals in the sums and out of the drawing', async () => {
    const stray = await memoryCase();
    await fillSample(stray, { apps: 4, days: 3, evidence: 4 });
    const at = Date.UTC(2010, 0, 1) * 1000;
    await stray.insert('volume', [
      {
        id: 900_000,
        series: 1,
        from_us: at,
        to_us: at + 2 * HOUR,
        sent: 7,
        received: 11,
        sent_packets: 1,
        received_packets: 1,
        counted: 1,
        superseded: 0,
        line: 1,
        offset: 0,
      },
    ]);
    const with7 = await reportDataOf(stray);
    expect(with7.timeline!.strays).toEqual({ intervals: 1, sent: 7, received: 11 });
    expect(sumOf(with7.timeline!.overview).sent + 7).toBe(with7.totals.sent);
    expect(with7.timeline!.fromUs).toBe(start);
    await stray.close();
  });

  it('cite each event with the place in its evidence', () => {
    const [first, second, third] = data.findings;
    expect(first!.cited).toHaveLength(14);
    expect(first!.cited[0]).toMatchObject({ evidence: 'E3', section: 'dumpsys netstats' });
    expect(first!.cited.every((one) => one.line !== null && one.sent !== null)).toBe(true);
    expect([second!.state, third!.cited.length]).toEqual(['accepted', 0]);
  });
});

describe('gaps', () => {
  it('finds what no span covers', () => {
    expect(
      gapsOf(
        [
          { fromUs: 5, toUs: 8 },
          { fromUs: 2, toUs: 6 },
          { fromUs: 9, toUs: 30 },
        ],
        0,
        20,
      ),
    ).toEqual([
      { fromUs: 0, toUs: 2 },
      { fromUs: 8, toUs: 9 },
    ]);
    expect(gapsOf([{ fromUs: -5, toUs: 25 }], 0, 20)).toEqual([]);
    expect(gapsOf([{ fromUs: 30, toUs: 40 }], 0, 20)).toEqual([{ fromUs: 0, toUs: 20 }]);
  });
});
