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

const correlation = {
  /** `same connection`, `only sender`; of a host also `look-up before`, `other flow`; of a network `one network of the app`, `one network of the phone`. */
  how: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  why: z.string(),
};

/**
 * What other sources of the case say of a contact: a correlation, and never what its own source said. Several stand beside each
 * other where they disagree.
 */
export const correlated = z.object({
  apps: z.array(z.object({ uid: z.number().int(), app: z.string().nullable(), ...correlation })),
  hosts: z.array(z.object({ host: z.string(), ...correlation })),
  networks: z.array(z.object({ type: z.string(), name: z.string().nullable(), ...correlation })).optional(),
});
export type Correlated = z.infer<typeof correlated>;

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
  /** Who runs the network of the other side, and the state that can command it: a fact apart from the place. */
  operator: z.object({ asn: z.number().int().nullable(), name: z.string(), state: z.string().nullable() }).nullable(),
  /** Whose host it is, as far as lists know: by its name, or of an address without one by a network that carries only its own services. */
  owner: z.object({ name: z.string(), state: z.string().nullable(), from: z.enum(['host', 'network']) }).nullable(),
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
  /** Of a contact, where captures and looks at the phone explain each other; absent for all else. */
  correlated: correlated.optional(),
});
export type EventView = z.infer<typeof eventView>;

/**
 * `owner` of the host, `operator` of its network; `first`: the owner, and where none is known the operator, as the rows of
 * destinations and the lanes of organisations go.
 */
export const filterRoles = ['owner', 'operator', 'first'] as const;
export type FilterRole = (typeof filterRoles)[number];

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
  /** The state that can command whoever runs the network, or whoever owns the host. */
  state: z.string().max(2).optional(),
  organisation: z.string().max(300).optional(),
  /** Whom `state` and `organisation` mean; absent: either of the two. */
  whose: z.enum(filterRoles).optional(),
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

/**
 * The raw bytes around a place, as text. `hit` marks the line that the event was read from. `sha256` is null while the evidence is still
 * being written, and where the event follows from several lines.
 */
export const rawView = z.object({
  evidence: z.string(),
  name: z.string(),
  sha256: z.string().nullable(),
  section: z.string(),
  obtained: z.string(),
  lines: z.array(z.object({ n: z.number().int().nullable(), text: z.string(), hit: z.boolean() })),
});
export type RawView = z.infer<typeof rawView>;

/** What may identify somebody, in text that anybody on the way could read; `key` is the name that stands before it. */
export const personalView = z.object({ kind: z.string(), value: z.string(), key: z.string().nullable() });
export type PersonalView = z.infer<typeof personalView>;

/** What a capture tells of a contact beyond its addresses and sums. Empty lists and null: nothing of the kind was read. */
export const flowView = z.object({
  /** `TLS`, `QUIC`, `HTTP`, … as it was recognised. */
  service: z.string().nullable(),
  openedByPhone: z.boolean(),
  alpn: z.array(z.string()),
  /** Fingerprint of the client's hello, and the flow's name that other tools write too. */
  ja4: z.string().nullable(),
  communityId: z.string().nullable(),
  encryptedHello: z.boolean(),
  /** First requests in the clear, what the client says of itself, and what a protocol says of the device. */
  requests: z.array(z.string()),
  userAgent: z.string().nullable(),
  said: z.array(z.string()),
  personal: z.array(personalView),
  /** Personal values stand there with their middle hidden, in all texts. */
  masked: z.boolean(),
  /** The app as the capture names it. */
  app: z.string().nullable(),
  /** `address:port`. */
  local: z.string().nullable(),
});
export type FlowView = z.infer<typeof flowView>;

/** A question to a name server, or its answer. */
export const lookUpDetail = z.object({
  name: z.string(),
  type: z.string(),
  client: z.string(),
  server: z.string(),
  answered: z.boolean(),
  /** Of an answer: 0 done, 2 the server failed, 3 no such name, 5 refused. */
  code: z.number().int().nullable(),
  answers: z.array(z.object({ name: z.string(), type: z.string(), value: z.string().nullable() })),
});
export type LookUpDetail = z.infer<typeof lookUpDetail>;

/** A capture that was made of the packets of one event. `expected`: so many the case counts. */
export const savedPackets = z.object({
  path: z.string(),
  packets: z.number().int(),
  expected: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
});
export type SavedPackets = z.infer<typeof savedPackets>;

export const eventDetail = z.object({
  event: eventView,
  artifact: z.string(),
  labels: z.array(labelView),
  proves: z.array(z.string()),
  doesNotProve: z.array(z.string()),
  /** Why the row is not counted, in plain words; null when it is. */
  notCounted: z.string().nullable(),
  /** Of a contact that was read from a capture. */
  flow: flowView.optional(),
  /** Of a name that was looked up. */
  lookUp: lookUpDetail.optional(),
  raw: rawView,
});
export type EventDetail = z.infer<typeof eventDetail>;
