import { type Block, cell, heading, leadIn, note, para } from '../document.ts';
import { sumOf } from '../drawing/bins.ts';
import { lanesDrawing, overviewDrawing } from '../drawing/timeline-drawing.ts';
import { bytes, count, duration } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import type { SectionMaker } from './section.ts';

function coverage(data: ReportData, zone: Zone): Block[] {
  const { columns } = wording;
  if (data.coverage.length === 0) return [heading(wording.coverageTitle), para(wording.coverageNone)];
  return [
    heading(wording.coverageTitle),
    {
      kind: 'table',
      columns: [
        { title: columns.source, width: 'rest' },
        { title: columns.from, width: 42 },
        { title: columns.to, width: 42 },
        { title: columns.evidence, width: 24 },
      ],
      rows: data.coverage.map((span) => [
        cell(span.source),
        // What was watched lasted for seconds or hours, a history for weeks.
        cell(zone.time(span.fromUs, span.source.startsWith('live '))),
        cell(zone.time(span.toUs, span.source.startsWith('live '))),
        cell(span.evidence),
      ]),
    },
    note(wording.coverageNote),
  ];
}

export const timeline: SectionMaker = {
  id: 'timeline',
  title: wording.sections.timeline,
  required: false,
  make(data, zone) {
    const drawn = data.timeline;
    if (drawn === null) return [para(wording.timelineNothing), ...coverage(data, zone)];
    const sum = sumOf(drawn.overview);
    const totals = new Map(data.apps.map((app) => [app.uid, app]));
    const blocks: Block[] = [
      leadIn(wording.timelineIntro(zone.label)),
      {
        kind: 'drawing',
        title: wording.overviewTitle,
        drawing: overviewDrawing(drawn, zone),
        alt: wording.overviewAlt,
        caption: [wording.overviewCaption(duration(drawn.overview.stepUs), bytes(sum.sent), bytes(sum.received))],
      },
    ];
    if (drawn.strays.intervals > 0) {
      const { intervals, sent, received } = drawn.strays;
      blocks.push(note(wording.strays(count(intervals, 'interval', 'intervals'), bytes(sent), bytes(received))));
    }
    blocks.push(...coverage(data, zone));
    const [first] = drawn.lanes;
    if (first) {
      blocks.push({
        kind: 'drawing',
        title: wording.lanesTitle(count(drawn.lanes.length, 'app', 'apps')),
        drawing: lanesDrawing(drawn, zone, totals),
        alt: wording.lanesAlt,
        caption: [wording.lanesCaption(duration(first.bins.stepUs))],
      });
    }
    return blocks;
  },
};
