import { z } from 'zod';
import { eventFilter } from './event.ts';
import { laneKeys } from './timeline.ts';

/** How much one finding may hold. */
export const findingLimits = { title: 200, text: 10_000, reason: 2000, events: 500, lanes: 40, picture: 2_000_000 };

const span = z.object({ fromUs: z.number().int(), toUs: z.number().int() });

/** The view of the timeline that a finding was made from. Microseconds of UTC. */
export const findingWindow = span.extend({
  by: z.enum(laneKeys),
  filter: eventFilter,
  /** The stretch that was selected; null: the whole window counts. */
  selection: span.nullable(),
  /** Name of the zone that the picture writes its times in. */
  zone: z.string().max(100),
  /** The query of the timeline's address, by which the window opens the view again. */
  address: z.record(z.string().max(40), z.string().max(4000)),
});
export type FindingWindow = z.infer<typeof findingWindow>;

const sums = {
  sent: z.number(),
  received: z.number(),
  sentBackground: z.number(),
  receivedBackground: z.number(),
  /** Events that enter the sums. */
  events: z.number().int(),
};

/** What the stretch added up to when the finding was made. Intervals that touch it count whole. Bytes. */
export const findingTotals = z.object({
  ...sums,
  fromUs: z.number(),
  toUs: z.number(),
  /** Contacts and look-ups in it; they enter no sum. */
  others: z.number().int(),
  /** The lanes with most sent first; `lanesMore`: so many are left out. */
  lanes: z.array(z.object({ key: z.string(), name: z.string(), ...sums })),
  lanesMore: z.number().int(),
});
export type FindingTotals = z.infer<typeof findingTotals>;

/** An event by its place in the evidence, which no deriving anew changes, and as it was read then. */
export const citation = z.object({
  kind: z.enum(['volume', 'contact', 'lookup', 'context']),
  /** SHA-256 of the evidence file. */
  sha256: z.string(),
  /** Number of the evidence at that time. */
  evidence: z.string(),
  section: z.string(),
  member: z.string().nullable(),
  /** From 1; null where the place is an offset in bytes. */
  line: z.number().int().nullable(),
  offset: z.number().int().nullable(),
  fromUs: z.number(),
  toUs: z.number(),
  sent: z.number().nullable(),
  received: z.number().nullable(),
  uid: z.number().int().nullable(),
  /** App and peer in words. */
  app: z.string().nullable(),
  peer: z.string().nullable(),
});
export type Citation = z.infer<typeof citation>;

/** `id`: the event that stands there now; null where none does. `same`: it says what it said then. */
export const citedEvent = citation.extend({ id: z.string().nullable(), same: z.boolean() });
export type CitedEventView = z.infer<typeof citedEvent>;

/** The picture of the view, kept in the case as an SVG of plain shapes and texts. CSS pixels. */
export const findingPicture = z.object({
  file: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  width: z.number(),
  height: z.number(),
});
export type FindingPicture = z.infer<typeof findingPicture>;

export const findingStates = ['open', 'accepted', 'rejected', 'withdrawn'] as const;
export type FindingState = (typeof findingStates)[number];

/** What the examiner decided of it last. */
export const findingDecision = z.object({
  state: z.enum(findingStates),
  at: z.string(),
  who: z.string(),
  reason: z.string().nullable(),
  /** The rule says something else now than what was decided of: then the finding is open again. */
  outdated: z.boolean(),
});
export type FindingDecision = z.infer<typeof findingDecision>;

export const findingView = z.object({
  /** `f` and a number for what a rule proposes, which deriving anew may change; `m` and a number for the examiner's own, which stays. */
  id: z.string(),
  /** The name that never changes: rule and key, or that of the examiner's own. */
  key: z.string(),
  rule: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  limits: z.string(),
  state: z.enum(findingStates),
  events: z.array(z.string()),
  app: z.string().nullable(),
  /** Null for what no decision was made of. */
  decision: findingDecision.nullable(),
  /** A sentence on how it stands to the case of today; null where nothing is to be said. */
  note: z.string().nullable(),
  /** The rest is of the examiner's own; null and empty for what a rule proposes. Times ISO 8601 UTC. */
  made: z.object({ at: z.string(), who: z.string() }).nullable(),
  changed: z.object({ at: z.string(), who: z.string() }).nullable(),
  window: findingWindow.nullable(),
  totals: findingTotals.nullable(),
  cited: z.array(citedEvent),
  picture: findingPicture.nullable(),
  /** Lines of the custody log that tell of it. */
  lines: z.array(z.number().int()),
});
export type FindingView = z.infer<typeof findingView>;

/** Which events a finding cites: the largest of the stretch by bytes, or those that are named. */
export const citeChoice = z.union([
  z.object({ largest: z.number().int().min(0).max(findingLimits.events) }),
  z.object({ ids: z.array(z.string().max(40)).max(findingLimits.events) }),
]);
export type CiteChoice = z.infer<typeof citeChoice>;

/** What a finding would hold if it were made now. `available`: so many events the stretch has. */
export const findingDraft = z.object({
  totals: findingTotals.nullable(),
  cited: z.array(citedEvent),
  available: z.number().int(),
});
export type FindingDraft = z.infer<typeof findingDraft>;

/** What the examiner gives for a finding. `picture`: an SVG, checked before it is kept. */
export const newFinding = z.object({
  title: z.string().max(findingLimits.title),
  text: z.string().max(findingLimits.text),
  window: findingWindow.nullable(),
  cite: citeChoice,
  picture: z.string().max(findingLimits.picture).nullable(),
});
export type NewFinding = z.infer<typeof newFinding>;
