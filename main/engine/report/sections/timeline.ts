import { type Block, cell, heading, leadIn, note, para } from '../document.ts';
import type { Letters } from '../drawing/letters.ts';
import { LANES, timelineDrawing } from '../drawing/timeline-drawing.ts';
import { bytes, count } from '../format.ts';
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

function drawing({ plot, timeline: counted }: ReportData, zone: Zone, letters: Letters): Block[] {
  if (plot === null) return [];
  const { lanes, sent, received, rest } = plot.lanes;
  if (lanes.length === 0) return [];
  const shown = count(Math.min(lanes.length, LANES), 'app', 'apps');
  const known = lanes.length + (rest?.lanes ?? 0);
  const all = count(known, 'app', 'apps');
  const caption =
    counted === null ? wording.drawingContacts(all) : wording.drawingCaption(bytes(sent), bytes(received), all);
  return [
    leadIn(wording.timelineIntro(zone.label)),
    {
      kind: 'drawing',
      title: wording.drawingTitle(shown, known > LANES),
      drawing: timelineDrawing(plot, zone.name, letters),
      alt: wording.drawingAlt,
      caption: [caption],
    },
  ];
}

export const timeline: SectionMaker = {
  id: 'timeline',
  title: wording.sections.timeline,
  required: false,
  make(data, zone, letters) {
    const blocks = drawing(data, zone, letters);
    if (blocks.length === 0) return [para(wording.timelineNothing), ...coverage(data, zone)];
    if (data.timeline !== null && data.timeline.strays.intervals > 0) {
      const { intervals, sent, received } = data.timeline.strays;
      blocks.push(note(wording.strays(count(intervals, 'interval', 'intervals'), bytes(sent), bytes(received))));
    }
    return [...blocks, ...coverage(data, zone)];
  },
};
