import { z } from 'zod';

export const eventKinds = ['volume', 'contact', 'lookup', 'context'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Where in the evidence a thing stands: the file or member as received, line from 1, offset in bytes from 0. */
export const placeView = z.object({
  id: z.string(),
  section: z.string(),
  line: z.number().int().nullable(),
  offset: z.number().int().nullable(),
});

export const networkView = z.object({
  type: z.string(),
  name: z.string().nullable(),
  roaming: z.boolean().nullable(),
  metered: z.boolean().nullable(),
  vpn: z.boolean(),
});
export type NetworkView = z.infer<typeof networkView>;

/** One event as the command line prints it; absent knowledge is null. Names are a contract with scripts. */
export const eventView = z.object({
  id: z.string(),
  kind: z.enum(eventKinds),
  from: z.string(),
  to: z.string(),
  errorUs: z.number().nullable(),
  uid: z.number().int().nullable(),
  user: z.number().int().nullable(),
  packages: z.array(z.string()),
  app: z.string().nullable(),
  direction: z.enum(['sent', 'received', 'both']).nullable(),
  sent: z.number().nullable(),
  received: z.number().nullable(),
  sentPackets: z.number().nullable(),
  receivedPackets: z.number().nullable(),
  foreground: z.boolean().nullable(),
  tag: z.number().int().nullable(),
  network: networkView.nullable(),
  remote: z
    .object({
      ip: z.string(),
      port: z.number().int().nullable(),
      protocol: z.string().nullable(),
      host: z.string().nullable(),
      hostFrom: z.string().nullable(),
    })
    .nullable(),
  place: z.object({ country: z.string(), source: z.string(), date: z.string(), disputed: z.boolean() }).nullable(),
  operator: z.object({ asn: z.number().int().nullable(), name: z.string(), state: z.string().nullable() }).nullable(),
  service: z
    .object({
      id: z.string(),
      name: z.string(),
      optional: z.boolean().nullable(),
      confidence: z.enum(['high', 'medium', 'low']),
    })
    .nullable(),
  evidence: placeView,
  counted: z.boolean(),
  /** How a contact was seen by looks that followed each other; absent for all else. */
  seen: z
    .object({
      /** It was listed already at the first look, and still at the last: it may have begun before, or gone on after. */
      openAtFirst: z.boolean(),
      openAtLast: z.boolean(),
      /** The kernel's words for its states, in the order in which they were seen. */
      state: z.string().nullable(),
      /** `address:port` on the phone's side. */
      local: z.string().nullable(),
    })
    .optional(),
});
export type EventView = z.infer<typeof eventView>;

/** What narrows a view. Every field is optional; all that are given must hold. Times in microseconds of UTC. */
export const eventFilter = z.object({
  kind: z.enum(eventKinds).optional(),
  text: z.string().max(200).optional(),
  app: z.string().max(300).optional(),
  uid: z.number().int().optional(),
  fromUs: z.number().optional(),
  toUs: z.number().optional(),
  direction: z.enum(['sent', 'received']).optional(),
  backgroundOnly: z.boolean().optional(),
  optionalOnly: z.boolean().optional(),
  network: z.string().max(300).optional(),
  service: z.string().max(300).optional(),
  country: z.string().max(2).optional(),
  host: z.string().max(300).optional(),
  minBytes: z.number().optional(),
  countedOnly: z.boolean().optional(),
});
export type EventFilter = z.infer<typeof eventFilter>;

export const labelView = z.object({
  kind: z.string(),
  value: z.string(),
  source: z.string(),
  date: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  why: z.string(),
});
export type LabelView = z.infer<typeof labelView>;

/** The raw bytes around a place, as text. `hit` marks the line that the event was read from. */
export const rawView = z.object({
  evidence: z.string(),
  name: z.string(),
  sha256: z.string(),
  section: z.string(),
  obtained: z.string(),
  lines: z.array(z.object({ n: z.number().int().nullable(), text: z.string(), hit: z.boolean() })),
});
export type RawView = z.infer<typeof rawView>;

export const eventDetail = z.object({
  event: eventView,
  artifact: z.string(),
  labels: z.array(labelView),
  proves: z.array(z.string()),
  doesNotProve: z.array(z.string()),
  /** Why the row is not counted, in plain words; null when it is. */
  notCounted: z.string().nullable(),
  raw: rawView,
});
export type EventDetail = z.infer<typeof eventDetail>;
