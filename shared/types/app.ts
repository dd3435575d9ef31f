import { z } from 'zod';

/** One uid of one user: an app, or several that share it. Bytes are counted rows only. */
export const appView = z.object({
  key: z.string(),
  uid: z.number().int(),
  user: z.number().int(),
  userName: z.string().nullable(),
  name: z.string(),
  packages: z.array(z.string()),
  kind: z.enum(['app', 'system', 'removed', 'tethering', 'unknown']),
  preinstalled: z.boolean().nullable(),
  installer: z.string().nullable(),
  firstInstall: z.string().nullable(),
  service: z
    .object({ id: z.string(), name: z.string(), vendor: z.string(), optional: z.boolean().nullable() })
    .nullable(),
  sent: z.number(),
  received: z.number(),
  sentPackets: z.number(),
  receivedPackets: z.number(),
  sentBackground: z.number(),
  sentNight: z.number().nullable(),
  sentMobile: z.number(),
  sentRoaming: z.number(),
  events: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
});
export type AppView = z.infer<typeof appView>;
