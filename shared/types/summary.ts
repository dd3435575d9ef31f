import { z } from 'zod';
import { coverageSpan } from './timeline.ts';

export const phoneView = z.object({
  serial: z.string().nullable(),
  maker: z.string().nullable(),
  model: z.string().nullable(),
  product: z.string().nullable(),
  android: z.string().nullable(),
  sdk: z.number().int().nullable(),
  build: z.string().nullable(),
  securityPatch: z.string().nullable(),
  vendorSystem: z.string().nullable(),
  zone: z.string().nullable(),
  users: z.array(z.object({ id: z.number().int(), name: z.string().nullable(), kind: z.string().nullable() })),
});
export type PhoneView = z.infer<typeof phoneView>;

/** One acquisition or import: what was asked, when, and what came of it. Offsets in milliseconds, phone minus host. */
export const batchView = z.object({
  id: z.number().int(),
  kind: z.enum(['acquisition', 'import']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  state: z.enum(['complete', 'partial', 'interrupted', 'cancelled']),
  serial: z.string().nullable(),
  profile: z.string().nullable(),
  offsetBeforeMs: z.number().nullable(),
  offsetBeforeErrorMs: z.number().nullable(),
  offsetAfterMs: z.number().nullable(),
  offsetAfterErrorMs: z.number().nullable(),
  missing: z.array(z.string()),
  /** Number of the acquisition that this one goes on with; null or absent: none. */
  continues: z.number().int().nullable().optional(),
  /** Steps that were cut short though asking again may help: it can be gone on with. Null or absent: not known. */
  unfinished: z.number().int().nullable().optional(),
});
export type BatchView = z.infer<typeof batchView>;

export const evidenceStates = ['complete', 'refused', 'unavailable', 'truncated', 'timed out', 'interrupted'] as const;
/** One capture of packets in a file of the evidence, or in a member of it. Times ISO 8601 by the capturing clock. */
export const captureView = z.object({
  name: z.string(),
  /** `pcap`, or `pcapng` and the program that wrote it. */
  form: z.string().nullable(),
  packets: z.number().int().nullable(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** LINKTYPE_ numbers of tcpdump.org. */
  links: z.array(z.number().int()),
  /** Frames that carry no IP, are encrypted, cut or damaged; each kind has its warning. */
  unread: z.number().int().nullable(),
});
export type CaptureView = z.infer<typeof captureView>;

export const evidenceView = z.object({
  id: z.string(),
  batch: z.number().int(),
  sha256: z.string(),
  bytes: z.number().int(),
  name: z.string(),
  obtained: z.string(),
  command: z.string().nullable(),
  state: z.enum(evidenceStates),
  exit: z.number().int().nullable(),
  hostBefore: z.string(),
  hostAfter: z.string(),
  offsetMs: z.number().nullable(),
  offsetErrorMs: z.number().nullable(),
  sections: z.array(z.string()),
  recognised: z.boolean(),
  /** Captures of packets in it; absent where there are none. */
  captures: z.array(captureView).optional(),
});
export type EvidenceView = z.infer<typeof evidenceView>;

export const warningView = z.object({
  evidence: z.string(),
  section: z.string().nullable(),
  line: z.number().int().nullable(),
  offset: z.number().int().nullable(),
  text: z.string().nullable(),
  reason: z.string(),
});
export type WarningView = z.infer<typeof warningView>;

export const summaryView = z.object({
  device: phoneView,
  batches: z.array(batchView),
  span: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  events: z.object({ volume: z.number(), contact: z.number(), lookup: z.number(), context: z.number() }),
  bytes: z.object({ sent: z.number(), received: z.number() }),
  apps: z.number().int(),
  hosts: z.number().int(),
  countries: z.number().int(),
  warnings: z.number().int(),
  coverage: z.array(coverageSpan),
});
export type SummaryView = z.infer<typeof summaryView>;
