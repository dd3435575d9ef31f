import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { humanBytes } from '../../../../shared/base/bytes.ts';
import { DAY, HOUR } from '../../../../shared/base/time.ts';
import { coveredSpans, gapsIn } from '../../../../shared/timeline/coverage.ts';
import { orderLanes } from '../../../../shared/timeline/lane-layout.ts';
import { staticView } from '../../../../shared/timeline/static-view.ts';
import { type MemoryCase, memoryCase } from '../../../../test/support/memory-case.ts';
import { paperChoice, timelineDrawing } from '../drawing/timeline-drawing.ts';
import { evenLetters } from '../fixtures/letters.ts';
import { fillSample, reportDataOf, start } from '../fixtures/sample-case.ts';
import type { ReportData } from '../report-data.ts';

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
    const { lanes, overview } = data.plot!;
    const of = ({ sent, received, sentBackground }: typeof lanes) => ({ sent, received, sentBackground });
    expect(of(lanes)).toEqual(of(data.totals as unknown as typeof lanes));
    const strip = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(strip(overview.sent)).toBeCloseTo(data.totals.sent, 0);
    expect(strip(overview.sentBackground)).toBeCloseTo(data.totals.sentBackground, 0);
    expect(lanes.lanes).toHaveLength(data.apps.filter((app) => app.events > 0).length);
    for (const lane of lanes.lanes) {
      const app = data.apps.find((one) => String(one.uid) === lane.key)!;
      expect([lane.sent, lane.received, lane.sentBackground]).toEqual([app.sent, app.received, app.sentBackground]);
    }
  });

  it('of the drawing are written on it, lane by lane, and what no source covers is hatched', () => {
    const { labels, svg } = timelineDrawing(data.plot!, data.zone, evenLetters);
    const texts = labels.map((label) => label.text);
    for (const lane of orderLanes(data.plot!.lanes.lanes, 'sent').slice(0, 12)) {
      const { sent, received } = data.plot!.lanes.lanes.find((one) => one.key === lane)!;
      expect(texts).toContain(`↑ ${humanBytes(sent)}`);
      expect(texts).toContain(`↓ ${humanBytes(received)}`);
    }
    expect(texts.filter((text) => text.startsWith('↑ '))).toHaveLength(13);
    const hatched = [...svg.matchAll(/<path fill="url\(#h\d+\)" d="([^"]+)"/g)].flatMap((one) => [
      ...one[1]!.matchAll(/[Mm](-?[\d.]+) (-?[\d.]+)h([\d.]+)v([\d.]+)/g),
    ]);
    // Before, after and the gap of a day and a half: on the strip and on the lanes; and the sign of the legend.
    expect(hatched).toHaveLength(7);
    const picture = staticView(data.plot!.overview, data.plot!.lanes, paperChoice(data.zone, evenLetters));
    const gap = picture.scale.x(start + 17 * DAY);
    const width = picture.scale.x(start + 18.5 * DAY) - gap;
    const found = hatched.filter((one) => Math.abs(Number(one[3]) - width) < 0.3);
    expect(found).toHaveLength(2);
  });

  it('name the phone’s zone, its gaps and its practice serial', () => {
    expect([data.zone, data.zoneFrom, data.practice]).toEqual(['Asia/Kolkata', 'phone', true]);
    const covered = coveredSpans(data.coverage);
    const span = data.timeline!;
    expect(gapsIn(covered, span.fromUs, span.countedToUs)).toEqual([
      { fromUs: start + 17 * DAY, toUs: start + 18.5 * DAY },
    ]);
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
    expect(with7.plot!.lanes.sent + 7).toBe(with7.totals.sent);
    expect(with7.plot!.overview.fromUs).toBe(start);
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
