import { type LimitsInList, limitsInList } from '../../../../shared/text/finding-limits.ts';
import { type Block, cell, heading, note, para, type Run, strong, user } from '../document.ts';
import { findingWording } from '../finding-wording.ts';
import { bytes, count, grouped } from '../format.ts';
import type { CitedEvent, ReportData, ReportFinding } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import { evidenceOf, marksOf, ownParts, reasonOf } from './own-finding.ts';
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

function table(events: readonly CitedEvent[], zone: Zone, own: boolean): Block {
  const { columns } = wording;
  return {
    kind: 'table',
    columns: [
      own ? { title: findingWording.what, width: 34 } : { title: columns.event, width: 16 },
      { title: columns.interval, width: zone.constant ? 54 : 74 },
      { title: columns.sent, width: 20, align: 'right' },
      { title: columns.received, width: 20, align: 'right' },
      { title: columns.place, width: 'rest' },
    ],
    rows: events.map((event) => [
      own ? cell(user(event.who ?? wording.notKnown)) : cell(event.id),
      cell(interval(event, zone)),
      cell(figure(event.sent)),
      cell(figure(event.received)),
      cell(`${place(event)} · `, user(event.section), ...(event.lost ? [` · ${findingWording.lost}`] : [])),
    ]),
  };
}

function citations(finding: ReportFinding, zone: Zone): Block[] {
  const total = finding.rule === null ? finding.cited.length : finding.events.length;
  if (total === 0) return [note(wording.findingNoEvents)];
  const accepted = finding.state === 'accepted' || (finding.rule === null && finding.state === 'open');
  const shown = finding.cited.slice(0, accepted ? IN_TABLE : IN_LINE);
  const rests = wording.findingEvents(grouped(shown.length), count(total, 'event', 'events'));
  if (accepted && shown.length > 0) {
    return [
      { kind: 'para', look: 'small', keep: true, runs: [rests] },
      table(shown, zone, finding.rule === null),
      ...evidenceOf(shown),
    ];
  }
  const events = shown.map((event) => wording.findingEvent(place(event), figure(event.sent), interval(event, zone)));
  return [note(`${rests} ${events.join('; ')}.`)];
}

/** How it stands and whose it is. One's own that nothing was decided of is no proposal that waits. */
function standing({ state, rule, decision }: ReportFinding): Run[] {
  const whose = user(wording.findingBy(rule));
  if (rule === null && decision === null) return [whose];
  if (rule === null && state === 'open') return [findingWording.states.open, ' · ', whose];
  return [wording.findingState[state], ' · ', whose];
}

function blocksOf(finding: ReportFinding, limits: LimitsInList, data: ReportData, zone: Zone): Block[] {
  const { asIn, said } = limits;
  const same: Run[] = asIn === null ? [] : [` ${wording.findingSameLimits(asIn.toUpperCase())}`];
  const head: Block[] = [
    heading(`${finding.id}  `, user(finding.title)),
    {
      kind: 'para',
      look: 'small',
      keep: true,
      runs: [...standing(finding), ...marksOf(finding)],
    },
  ];
  const words = finding.text.split(/\n\s*\n/).flatMap((text) => (text.trim() === '' ? [] : [para(user(text))]));
  // What was put aside stays in the list, with why.
  if (finding.state === 'rejected' || finding.state === 'withdrawn') return [...head, ...reasonOf(finding), ...words];
  return [
    ...head,
    ...words,
    ...reasonOf(finding),
    ...ownParts(finding, data, zone),
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
    // Limits that a finding refers to must be printed with the one that it names.
    const printed = data.findings.filter(({ state }) => state !== 'rejected' && state !== 'withdrawn');
    const limits = new Map(limitsInList(printed).map((one, at) => [printed[at]!.id, one]));
    return [
      para(wording.findingsIntro),
      ...data.findings.flatMap((finding) =>
        blocksOf(finding, limits.get(finding.id) ?? { asIn: null, said: [] }, data, zone),
      ),
    ];
  },
};
