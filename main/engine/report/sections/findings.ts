import { type LimitsInList, limitsInList } from '../../../../shared/text/finding-limits.ts';
import { type Block, cell, heading, note, para, type Run, strong, user } from '../document.ts';
import { bytes, count, grouped } from '../format.ts';
import type { CitedEvent, ReportFinding } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import type { SectionMaker } from './section.ts';

/** Events shown of a finding: in a table where the examiner accepted it, in a line where it is only proposed. */
const IN_TABLE = 10;
const IN_LINE = 3;

function place(event: CitedEvent): string {
  if (event.line !== null) return `${event.evidence},\u00a0line\u00a0${event.line}`;
  return event.offset === null ? event.evidence : `${event.evidence},\u00a0byte\u00a0${grouped(event.offset)}`;
}

const interval = (event: CitedEvent, zone: Zone) => `${zone.time(event.fromUs)} – ${zone.time(event.toUs)}`;
const figure = (value: number | null) => (value === null ? wording.notKnown : bytes(value));

function table(events: readonly CitedEvent[], zone: Zone): Block {
  const { columns } = wording;
  return {
    kind: 'table',
    columns: [
      { title: columns.event, width: 16 },
      { title: columns.interval, width: zone.constant ? 54 : 74 },
      { title: columns.sent, width: 20, align: 'right' },
      { title: columns.received, width: 20, align: 'right' },
      { title: columns.place, width: 'rest' },
    ],
    rows: events.map((event) => [
      cell(event.id),
      cell(interval(event, zone)),
      cell(figure(event.sent)),
      cell(figure(event.received)),
      cell(`${place(event)} · `, user(event.section)),
    ]),
  };
}

function citations(finding: ReportFinding, zone: Zone): Block[] {
  if (finding.events.length === 0) return [note(wording.findingNoEvents)];
  const accepted = finding.state === 'accepted';
  const shown = finding.cited.slice(0, accepted ? IN_TABLE : IN_LINE);
  const rests = wording.findingEvents(grouped(shown.length), count(finding.events.length, 'event', 'events'));
  if (accepted && shown.length > 0) {
    return [{ kind: 'para', look: 'small', keep: true, runs: [rests] }, table(shown, zone)];
  }
  const events = shown.map((event) => wording.findingEvent(place(event), figure(event.sent), interval(event, zone)));
  return [note(`${rests} ${events.join('; ')}.`)];
}

function blocksOf(finding: ReportFinding, limits: LimitsInList, zone: Zone): Block[] {
  const { asIn, said } = limits;
  const same: Run[] = asIn === null ? [] : [` ${wording.findingSameLimits(asIn)}`];
  return [
    heading(`${finding.id}  `, user(finding.title)),
    {
      kind: 'para',
      look: 'small',
      keep: true,
      runs: [wording.findingState[finding.state], ' · ', user(wording.findingBy(finding.rule))],
    },
    para(user(finding.text)),
    {
      kind: 'para',
      look: 'dense',
      runs: [strong(wording.findingLimits), ...same, ...said.flatMap((one) => [' ', user(one)])],
    },
    ...citations(finding, zone),
  ];
}

export const findings: SectionMaker = {
  id: 'findings',
  title: wording.sections.findings,
  required: false,
  make(data, zone) {
    if (data.findings.length === 0) return [para(wording.findingsNone)];
    const limits = limitsInList(data.findings);
    return [
      para(wording.findingsIntro),
      ...data.findings.flatMap((finding, index) => blocksOf(finding, limits[index]!, zone)),
    ];
  },
};
