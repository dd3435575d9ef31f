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

/** What a live acquisition has seen so far. Times in microseconds of UTC by the phone's clock, bytes since it began. */
export const liveView = z.object({
  state: z.enum(['watching', 'waiting', 'ending']),
  startedUs: z.number(),
  /** The last answer; null before the first. */
  lastUs: z.number().nullable(),
  rounds: z.number().int(),
  /** Connections open at the last look, and the uids that hold them; null while none was had, as where the phone refuses. */
  sockets: z.number().int().nullable(),
  uids: z.number().int().nullable(),
  /** Null where the phone shows no counters. */
  sent: z.number().nullable(),
  received: z.number().nullable(),
  /** Spans without answers; `toUs` null: it is going on. */
  gaps: z.array(z.object({ fromUs: z.number(), toUs: z.number().nullable() })),
  /** Those that moved most in the last while, the largest sender first. */
  busiest: z.array(z.object({ uid: z.number().int(), name: z.string(), sent: z.number(), received: z.number() })),
  /** Bytes of packets that were streamed; null where none are asked for. */
  packetBytes: z.number().nullable(),
});
export type LiveView = z.infer<typeof liveView>;

/** Long work. The caller chooses `task` (a random text) so that it can cancel before the first answer. */
export const taskView = z.object({
  task: z.string(),
  kind: z.enum([
    'acquire',
    'look',
    'import',
    'report',
    'verify',
    'rebuild',
    'sample',
    'sign',
    'seal',
    'unseal',
    'packets',
  ]),
  case: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0 to 1, or null while it cannot be known. */
  fraction: z.number().nullable(),
  now: z.string(),
  steps: z.array(stepView),
  live: liveView.optional(),
});
export type TaskView = z.infer<typeof taskView>;
