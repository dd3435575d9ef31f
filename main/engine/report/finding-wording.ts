import type { LaneBy } from '../../../shared/types/timeline.ts';

const lanesBy: Readonly<Record<LaneBy, string>> = {
  app: 'app',
  network: 'network',
  country: 'country',
  organisation: 'organisation',
  service: 'service',
  host: 'host',
};

/** What the report says of findings that the examiner made or decided of. */
export const findingWording = {
  made: (at: string, who: string) => `made ${at} by ${who}`,
  changed: (at: string, who: string) => `words changed ${at} by ${who}`,
  decided: (state: string, at: string, who: string) => `${state} ${at} by ${who}`,
  states: { open: 'opened again', accepted: 'accepted', rejected: 'rejected', withdrawn: 'withdrawn' },
  reason: 'Reason:',
  note: 'Note:',
  logged: (lines: string, many: boolean) => `custody log, ${many ? 'lines' : 'line'} ${lines}`,
  /** Before the sums of the stretch. */
  stretch: (from: string, to: string, selected: boolean) =>
    `${selected ? 'The selected stretch' : 'The window'}, ${from} – ${to}, as it stood then:`,
  sums: (sent: string, sentBackground: string, received: string, receivedBackground: string, events: string) =>
    `${sent} sent, of it ${sentBackground} in the background; ${received} received, of it ${receivedBackground} in the background; ${events}. An interval that reaches beyond an edge counts whole.`,
  other: ['contact or look-up', 'contacts and look-ups'],
  others: (contacts: string) => `Besides ${contacts}, which enter no sum.`,
  filters: (filters: string) => `Only what these filters let through: ${filters}.`,
  lane: (by: LaneBy) => `Lane, by ${lanesBy[by]}`,
  lanesMore: (lanes: string) => `and ${lanes} more`,
  pictureAlt: (title: string) => `Picture of the timeline for the finding “${title}”.`,
  picture: (from: string, to: string, zone: string, by: LaneBy) =>
    `The timeline as the examiner saw it, ${from} – ${to}, lanes by ${lanesBy[by]}; times in the picture in ${zone}. SHA-256 of the picture in the case: `,
  pictureBare: 'The picture of the timeline. SHA-256 of the picture in the case: ',
  pictureFault: (sentence: string) => `The picture is not printed. ${sentence}`,
  evidence: 'Evidence that these events stand in, with its SHA-256:',
  what: 'App, peer',
  lost: 'not found again',
  filterNames: {
    kind: 'kind',
    text: 'text',
    app: 'app',
    uid: 'uid',
    direction: 'direction',
    backgroundOnly: 'background only',
    optionalOnly: 'optional services only',
    network: 'network',
    service: 'service',
    country: 'country',
    state: 'state',
    whose: 'whose',
    organisation: 'organisation',
    host: 'host',
    minBytes: 'at least so many bytes',
  } as Readonly<Record<string, string>>,
} as const;
