import { z } from 'zod';

export const stepStates = [
  'waiting',
  'running',
  'complete',
  'refused',
  'unavailable',
  'truncated',
  'timed out',
  'interrupted',
  'skipped',
] as const;

/** One step of long work, as shown while it runs. Bytes and milliseconds so far. */
export const stepView = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(stepStates),
  bytes: z.number(),
  ms: z.number(),
  note: z.string().nullable(),
});
export type StepView = z.infer<typeof stepView>;

/** Long work. The caller chooses `task` (a random text) so that it can cancel before the first answer. */
export const taskView = z.object({
  task: z.string(),
  kind: z.enum(['acquire', 'import', 'report', 'verify', 'rebuild', 'sample', 'sign', 'seal', 'unseal']),
  case: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0 to 1, or null while it cannot be known. */
  fraction: z.number().nullable(),
  now: z.string(),
  steps: z.array(stepView),
});
export type TaskView = z.infer<typeof taskView>;
