import { z } from 'zod';

/**
 * One host, or one address that no name is known for, over all contacts and look-ups of a case. Bytes are those of captured
 * frames and enter no sum of the phone's own counters; null where no source tells them.
 */
export const hostView = z.object({
  host: z.string().nullable(),
  /** How the name is known, each way once. */
  hostFrom: z.array(z.string()),
  addresses: z.array(z.string()),
  /** `tcp/443` */
  ports: z.array(z.string()),
  /** Apps by name, or `uid N`; empty where nobody named one. */
  apps: z.array(z.string()),
  /** `sockets`, `capture`, … */
  sources: z.array(z.string()),
  contacts: z.number().int(),
  lookUps: z.number().int(),
  sent: z.number().nullable(),
  received: z.number().nullable(),
  sentPackets: z.number().nullable(),
  receivedPackets: z.number().nullable(),
  first: z.string(),
  last: z.string(),
  /** What lists and databases know of it: countries of its addresses, who runs their networks, whose host it is. */
  countries: z.array(z.string()),
  operators: z.array(z.object({ name: z.string(), state: z.string().nullable() })),
  domain: z.string().nullable(),
  owner: z.object({ name: z.string(), state: z.string().nullable() }).nullable(),
  service: z
    .object({
      id: z.string(),
      name: z.string(),
      vendor: z.string().nullable(),
      optional: z.boolean().nullable(),
      confidence: z.enum(['high', 'medium', 'low']),
    })
    .nullable(),
  tracker: z.object({ name: z.string(), category: z.string().nullable() }).nullable(),
});
export type HostView = z.infer<typeof hostView>;
