import { z } from 'zod';

export const acquireOutcome = z.object({
  evidence: z.number().int(),
  events: z.number().int(),
  warnings: z.number().int(),
  refused: z.array(z.object({ id: z.string(), command: z.string(), state: z.string(), why: z.string() })),
  durationMs: z.number(),
  offsetMs: z.number().nullable(),
  offsetErrorMs: z.number().nullable(),
  state: z.enum(['complete', 'partial', 'interrupted', 'cancelled']),
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
