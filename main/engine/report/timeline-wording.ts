import type { ContextMark } from '../../../shared/types/timeline.ts';

/** What a report says of the timeline and of what the sources cover. */
export const timelineWording = {
  timelineNothing: 'There is nothing to draw: no interval was counted and no contact was seen.',
  timelineIntro: (zone: string) =>
    `The drawing is the window’s own. Sent is drawn above the line of a lane, received below it; the dark part was counted in the background. A block is as wide as the interval that the phone counted, and its height follows the square root of its bytes an hour. Times are in ${zone}. Where no source counted bytes the ground is hatched: nothing is known there.`,
  drawingTitle: (apps: string, more: boolean) => (more ? `The ${apps} that sent most` : 'All apps'),
  drawingAlt:
    'Timeline: bytes sent and received over time, all apps together and each of the largest senders; the table of apps gives the figures.',
  drawingCaption: (sent: string, received: string, apps: string) =>
    `The strip at the top shows all ${apps} together: ${sent} sent, ${received} received. Every lane has a scale of its own, written at its left: full height is its highest interval, so lanes cannot be compared by height. Intervals too narrow to be told apart share a column, which shows their mean, and paler above it the highest of them. An interval with any byte in it is drawn at least as a thin line; one that reaches beyond what its source covers fades there. “backgr.” is the share that was counted in the background.`,
  drawingContacts: (apps: string) =>
    `The strip at the top shows the whole span. Signs at the foot of a lane are contacts and look-ups; ${apps} had any. No source of the case counted bytes.`,
  lane: 'App',
  legend: {
    sent: 'sent, foreground',
    sentDark: 'sent, background',
    received: 'received, foreground',
    receivedDark: 'received, background',
    peak: 'highest within a column',
    uncovered: 'no source looked',
    contact: 'contact, first to last seen; an end that fades is not known',
    moment: 'contact seen once',
    several: 'several contacts',
    lookUp: 'look-up',
  },
  marks: {
    network: 'network',
    screen: 'screen on',
    boot: 'phone started',
    clock: 'clock changed',
    install: 'installed',
    acquisition: 'acquired',
    permission: 'permission last used',
  } satisfies Record<ContextMark['kind'], string>,
  strays: (intervals: string, sent: string, received: string) =>
    `Outside of this span: ${intervals} more than 120 days away from the rest, as happens when a phone’s clock stood wrong. The bytes there (${sent} sent, ${received} received) are in the sums and not in the drawing.`,
  coverageTitle: 'What the sources cover',
  coverageNone: 'No source says which span it covers.',
  coverageNote: 'Outside of these spans a source says nothing: no data and no traffic are not the same.',
} as const;
