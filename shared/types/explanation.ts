import { z } from 'zod';
import { addressView, confidences, organisationView } from './destination.ts';

/** A reason, with what it rests on: an event of the case, a piece of evidence, or a source of general knowledge. */
export const reason = z.object({
  text: z.string(),
  /** Event id (`v1`, `c2`, …) or evidence id (`E3`); null where it rests on a list. */
  evidence: z.string().nullable(),
  /** The list or publication, with its date; null where it rests on the case alone. */
  source: z.string().nullable(),
});
export type Reason = z.infer<typeof reason>;

/** A known service as it is described in the catalogue. */
export const serviceView = z.object({
  id: z.string(),
  name: z.string(),
  vendor: z.string(),
  purpose: z.string(),
  /** What it is known to report. */
  data: z.array(z.string()),
  optional: z.boolean().nullable(),
  optionalBasis: z.string().nullable(),
  switchOff: z.object({ how: z.string(), basis: z.string() }).nullable(),
  sources: z.array(z.object({ title: z.string(), url: z.string().nullable(), date: z.string().nullable() })),
  /** Who said or measured what of it, on which day. */
  published: z.array(z.object({ date: z.string(), by: z.string(), says: z.string() })),
  /** Changes of where its servers stand, as announced: a plan, and no observation. */
  announced: z.array(z.object({ date: z.string(), by: z.string(), plan: z.string(), due: z.string().nullable() })),
});
export type ServiceView = z.infer<typeof serviceView>;

/** One service that may explain what was seen, in the order of how much speaks for it. */
export const candidate = z.object({
  service: serviceView,
  confidence: confidences,
  /** What the phone's own state says of it: switched on, off, or nothing. */
  on: z.enum(['on', 'off', 'not known']),
  for: z.array(reason),
  against: z.array(reason),
  /** What would decide it. */
  decides: z.array(z.string()),
  doesNotProve: z.array(z.string()),
});
export type Candidate = z.infer<typeof candidate>;

/** An act that reaches a place or an operator. Information, and no advice. */
export const lawView = z.object({
  /** `place`: the server stands there. `operator`: the state can command who runs the network. `owner`: … who owns the host. */
  because: z.enum(['place', 'operator', 'owner']),
  country: z.string(),
  countryName: z.string(),
  act: z.string(),
  citation: z.string(),
  date: z.string().nullable(),
  /** Two lines: what it obliges to, and whom it reaches. */
  obligation: z.string(),
  reach: z.string(),
  source: z.string().nullable(),
  checked: z.string(),
});
export type LawView = z.infer<typeof lawView>;

/** What an app was permitted to read, and when it last did. Times ISO 8601 UTC. */
export const atStake = z.object({
  permission: z.string(),
  category: z.string(),
  /** What it opens, in one sentence. */
  opens: z.string(),
  granted: z.boolean().nullable(),
  lastUsed: z.string().nullable(),
  evidence: z.string().nullable(),
  /** The first transmission of the app within the time after that use: a sequence, and no cause. */
  followedBy: z.object({ event: z.string(), seconds: z.number(), sent: z.number() }).nullable(),
});
export type AtStake = z.infer<typeof atStake>;

/** What is known of one event, app, host or address beyond what was seen. */
export const explanation = z.object({
  subject: z.object({
    kind: z.enum(['event', 'app', 'host', 'address', 'service']),
    key: z.string(),
    name: z.string(),
  }),
  candidates: z.array(candidate),
  addresses: z.array(addressView),
  owner: organisationView.extend({ domain: z.string(), source: z.string(), date: z.string() }).nullable(),
  tracker: z.object({ owner: z.string(), category: z.string(), source: z.string(), date: z.string() }).nullable(),
  laws: z.array(lawView),
  atStake: z.array(atStake),
  /** What all of this does not prove. */
  limits: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanation>;
