import { type Block, cell, heading, note, para, type Run, strong, user } from '../document.ts';
import { bytes, count, grouped } from '../format.ts';
import type { CitedEvent, ReportFinding } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import type { SectionMaker } from './section.ts';

const SHOWN = 5;

function place(event: CitedEvent): string {
  if (event.line !== null) return `${event.evidence}, line ${event.line}`;
  return event.offset === null ? event.evidence : `${event.evidence}, byte ${grouped(event.offset)}`;
}

function citations(finding: ReportFinding, zone: Zone): Block[] {
  if (finding.events.length === 0) return [note(wording.findingNoEvents)];
  const shown = finding.cited.slice(0, SHOWN);
  const rests = wording.findingEvents(grouped(shown.length), count(finding.events.length, 'event', 'events'));
  if (shown.length === 0) return [note(rests)];
  const { columns } = wording;
  const figure = (value: number | null) => cell(value === null ? wording.notKnown : bytes(value));
  return [
    { kind: 'para', look: 'small', keep: true, runs: [rests] },
    {
      kind: 'table',
      columns: [
        { title: columns.event, width: 16 },
        { title: columns.interval, width: 54 },
        { title: columns.sent, width: 20, align: 'right' },
        { title: columns.received, width: 20, align: 'right' },
        { title: columns.place, width: 'rest' },
      ],
      rows: shown.map((event) => [
        cell(event.id),
        cell(`${zone.time(event.fromUs)} – ${zone.time(event.toUs)}`),
        figure(event.sent),
        figure(event.received),
        cell(`${place(event)} · `, user(event.section)),
      ]),
    },
  ];
}

function blocksOf(finding: ReportFinding, before: readonly ReportFinding[], zone: Zone): Block[] {
  // A rule proposes many findings with the same limits: they are said in full once, and referred to after that.
  const same = before.find((one) => one.limits === finding.limits);
  const limits: Run = same ? wording.findingSameLimits(same.id) : user(finding.limits);
  return [
    heading(`${finding.id}  `, user(finding.title)),
    {
      kind: 'para',
      look: 'small',
      keep: true,
      runs: [wording.findingState[finding.state], ' · ', user(wording.findingBy(finding.rule))],
    },
    para(user(finding.text)),
    para(strong(wording.findingLimits), ' ', limits),
    ...citations(finding, zone),
  ];
}

export const findings: SectionMaker = {
  id: 'findings',
  title: wording.sections.findings,
  required: false,
  make(data, zone) {
    if (data.findings.length === 0) return [para(wording.findingsNone)];
    return [
      para(wording.findingsIntro),
      ...data.findings.flatMap((finding, index) => blocksOf(finding, data.findings.slice(0, index), zone)),
    ];
  },
};
