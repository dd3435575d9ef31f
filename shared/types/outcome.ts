import { z } from 'zod';
import { signatureView } from './custody.ts';

/** One user of the phone, and whether what concerns them was had. `running` null: the phone did not say. */
export const userCoverage = z.object({
  id: z.number().int(),
  name: z.string().nullable(),
  running: z.boolean().nullable(),
  covered: z.enum(['yes', 'partly', 'no']),
  /** One sentence, null for `yes`. */
  why: z.string().nullable(),
});
export type UserCoverage = z.infer<typeof userCoverage>;

export const acquireOutcome = z.object({
  evidence: z.number().int(),
  events: z.number().int(),
  warnings: z.number().int(),
  refused: z.array(z.object({ id: z.string(), command: z.string(), state: z.string(), why: z.string() })),
  durationMs: z.number(),
  offsetMs: z.number().nullable(),
  offsetErrorMs: z.number().nullable(),
  /** By how much that offset changed from before to after the acquisition, with the error of this figure; null: not known. */
  driftMs: z.number().nullable().optional(),
  driftErrorMs: z.number().nullable().optional(),
  state: z.enum(['complete', 'partial', 'interrupted', 'cancelled']),
  /** Every user that the phone listed. */
  users: z.array(userCoverage).optional(),
  /** Sentences that an examiner must read: clocks that moved, a phone that was started anew, answers that were cut. */
  notes: z.array(z.string()).optional(),
  /** Of the live profile: how long was watched, and how often each row was answered. */
  live: z
    .object({
      ms: z.number(),
      rows: z.array(
        z.object({
          id: z.string(),
          answers: z.number().int(),
          /** Answers that did not come to their end. */
          broken: z.number().int(),
          gaps: z.number().int(),
          bytes: z.number().int(),
        }),
      ),
    })
    .optional(),
});
export type AcquireOutcome = z.infer<typeof acquireOutcome>;

/** `failures` are paths that could not be taken, each with its one sentence; the others were. */
export const importOutcome = z.object({
  evidence: z.array(
    z.object({
      id: z.string(),
      sha256: z.string(),
      bytes: z.number().int(),
      name: z.string(),
      sections: z.array(z.string()),
      already: z.boolean(),
    }),
  ),
  events: z.number().int(),
  warnings: z.number().int(),
  failures: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type ImportOutcome = z.infer<typeof importOutcome>;

export const verifyOutcome = z.object({
  ok: z.boolean(),
  checked: z.number().int(),
  failures: z.array(z.object({ what: z.string(), expected: z.string(), found: z.string() })),
  /** The last signature of the case; what of it does not hold is among the failures. */
  signature: signatureView.optional(),
  /** What is no difference and should be known. */
  notes: z.array(z.string()).optional(),
});
export type VerifyOutcome = z.infer<typeof verifyOutcome>;

export const reportOutcome = z.object({
  path: z.string(),
  pages: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
});
export type ReportOutcome = z.infer<typeof reportOutcome>;

export const reportPreview = z.object({ pages: z.array(z.object({ svg: z.string() })), truncated: z.boolean() });
export type ReportPreview = z.infer<typeof reportPreview>;

export const exportOutcome = z.object({
  files: z.array(z.object({ path: z.string(), rows: z.number().int(), sha256: z.string() })),
});
export type ExportOutcome = z.infer<typeof exportOutcome>;
