import { z } from 'zod';

export const laneKeys = ['app', 'network', 'country', 'organisation', 'service', 'host'] as const;
export type LaneBy = (typeof laneKeys)[number];

/** A span that a source could have seen. Outside of all of them nothing is known. */
export const coverageSpan = z.object({
  source: z.string(),
  fromUs: z.number(),
  toUs: z.number(),
  evidence: z.string(),
});
export type CoverageSpan = z.infer<typeof coverageSpan>;

/** Parallel columns, one entry an interval, sorted by `from`. Microseconds and bytes. */
export const intervalColumns = z.object({
  from: z.array(z.number()),
  to: z.array(z.number()),
  sent: z.array(z.number()),
  received: z.array(z.number()),
  sentBackground: z.array(z.number()),
  receivedBackground: z.array(z.number()),
  /** How many events stand behind the interval, and the largest of them (its id, for the click). */
  events: z.array(z.number()),
  top: z.array(z.string()),
  /** Where intervals were merged: bytes an hour of the highest of them, so that no peak is lost. Absent: none were. */
  peakSent: z.array(z.number()).optional(),
  peakReceived: z.array(z.number()).optional(),
  /** How far either end may lie from where it stands; one number where all are alike. Absent: not told. */
  error: z.union([z.number(), z.array(z.number())]).optional(),
});
export type IntervalColumns = z.infer<typeof intervalColumns>;

/** Parallel columns of contacts, sorted by `from`: a peer of the lane over a span (a moment where both are equal). */
export const contactColumns = z.object({
  from: z.array(z.number()),
  to: z.array(z.number()),
  /** How many contacts were merged into the mark, and the id of the first of them (for the click). */
  count: z.array(z.number()),
  first: z.array(z.string()),
  /** `address:port` or host of the first; null where several peers were merged. */
  peer: z.array(z.string().nullable()),
  /** Two letters, or null where it is not known or several. */
  country: z.array(z.string().nullable()),
  /** Bytes each way as the contacts' source tells them; null where it tells none. Absent: none of the lane does. */
  sent: z.array(z.number().nullable()).optional(),
  received: z.array(z.number().nullable()).optional(),
  /** 1: some contact of the mark was there before the first look; 2: some still at the last; 3: both. Absent: none of the lane. */
  open: z.array(z.number().int()).optional(),
  /** How far either end may lie from where it stands, microseconds; null where nothing tells it. Absent: nowhere told. */
  error: z.array(z.number().nullable()).optional(),
});
export type ContactColumns = z.infer<typeof contactColumns>;

/** Parallel columns of look-ups, sorted by `at`: questions to name servers and their answers, each a moment. */
export const lookUpColumns = z.object({
  at: z.array(z.number()),
  /** How many were merged into the mark, and the id of the first of them (for the click). */
  count: z.array(z.number()),
  first: z.array(z.string()),
  /** What was asked for; null where several names were merged. */
  name: z.array(z.string().nullable()),
});
export type LookUpColumns = z.infer<typeof lookUpColumns>;

export const laneView = z.object({
  key: z.string(),
  name: z.string(),
  detail: z.string().nullable(),
  system: z.boolean(),
  service: z.string().nullable(),
  sent: z.number(),
  received: z.number(),
  sentBackground: z.number(),
  receivedBackground: z.number(),
  events: z.number().int(),
  firstUs: z.number(),
  lastUs: z.number(),
  intervals: intervalColumns,
  /** The same in one text (`shared/timeline/packed.ts`) where the question asked for it; `intervals` is empty then. */
  packed: z.string().optional(),
  contacts: contactColumns.optional(),
  /** By app and by host only: of the rest a look-up says nothing. They enter no sum and no count of the lane. */
  lookUps: lookUpColumns.optional(),
});
export type LaneView = z.infer<typeof laneView>;

export const contextMark = z.object({
  kind: z.enum(['network', 'screen', 'boot', 'clock', 'install', 'acquisition', 'permission']),
  fromUs: z.number(),
  toUs: z.number(),
  name: z.string(),
  detail: z.string().nullable(),
  evidence: z.string().nullable(),
  /** How far it may lie from where it stands, microseconds; absent or null where nothing tells it. */
  errorUs: z.number().nullable().optional(),
});
export type ContextMark = z.infer<typeof contextMark>;

/** The whole span, which no filter changes. Bins are equal steps; bytes of an interval are spread by overlap for drawing only. */
export const overviewView = z.object({
  fromUs: z.number(),
  toUs: z.number(),
  stepUs: z.number(),
  sent: z.array(z.number()),
  received: z.array(z.number()),
  sentBackground: z.array(z.number()),
  receivedBackground: z.array(z.number()),
  coverage: z.array(coverageSpan),
  context: z.array(contextMark),
  /** The phone's own zone, or null where it is not known. */
  zone: z.string().nullable(),
});
export type OverviewView = z.infer<typeof overviewView>;

/** Orders in which lanes can be told; those of the whole answer, not of what is in sight. */
export const laneOrders = ['sent', 'background', 'received', 'first', 'name'] as const;
export type LaneOrder = (typeof laneOrders)[number];

/** Lanes that are told in full where there are very many of them. */
export const laneChoice = z.object({
  /** So many lanes, those that are kept among them. */
  most: z.number().int().min(1).max(1000),
  order: z.enum(laneOrders),
  /** Keys of lanes that are told wherever they stand in the order. */
  keep: z.array(z.string().max(1000)).max(1000),
});
export type LaneChoice = Readonly<z.infer<typeof laneChoice>>;

/** The lanes that an answer does not tell, added up. With those that it tells they make its sums. */
export const laneRest = z.object({
  lanes: z.number().int(),
  /** How many of them have counted bytes. */
  counted: z.number().int(),
  events: z.number().int(),
  /** How many of the events are contacts. */
  contacts: z.number().int(),
  sent: z.number(),
  received: z.number(),
  sentBackground: z.number(),
  receivedBackground: z.number(),
});
export type LaneRest = Readonly<z.infer<typeof laneRest>>;

export const windowView = z.object({
  by: z.enum(laneKeys),
  fromUs: z.number(),
  toUs: z.number(),
  /** Intervals shorter than this were merged with their neighbours. */
  resolutionUs: z.number(),
  lanes: z.array(laneView),
  sent: z.number(),
  received: z.number(),
  sentBackground: z.number(),
  receivedBackground: z.number(),
  events: z.number().int(),
  /** Lanes beyond those that were asked to be told (`first`). Absent: all are told. */
  rest: laneRest.optional(),
});
export type WindowView = z.infer<typeof windowView>;

/** What a window draws of a case that was opened just now. */
export const firstPicture = z.object({
  overview: overviewView,
  /**
   * The whole span by app. So many lanes as `bars` says, the first of the answer, have their intervals; each other one is told in one
   * step. Null: it is to be asked for.
   */
  window: windowView.nullable(),
  bars: z.number().int(),
});
export type FirstPicture = z.infer<typeof firstPicture>;
