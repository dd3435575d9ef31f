import { z } from 'zod';

/** A database or list that speaks of destinations: one of the program's own, or one that the examiner imported. */
export const databaseView = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['location', 'registration', 'networks', 'cloud regions', 'owners', 'catalogue', 'laws']),
  date: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  licence: z.string(),
  attribution: z.string().nullable(),
  shipped: z.boolean(),
});
export type DatabaseView = z.infer<typeof databaseView>;
