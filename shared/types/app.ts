import { z } from 'zod';

/** A certificate by which a package of an app is signed, as the package itself carries it. Times are ISO 8601 UTC. */
export const appCertificate = z.object({
  package: z.string(),
  version: z.string().nullable(),
  sha256: z.string(),
  /** `past`: the app was signed by it before, by the word of the present one. */
  role: z.enum(['signer', 'chain', 'past']),
  subject: z.string().nullable(),
  issuer: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** `v1` to `v3.1`. */
  schemes: z.array(z.string()),
  /** Signature and content were checked and hold; false: one does not; null: nothing was checked. */
  holds: z.boolean().nullable(),
});
export type AppCertificate = z.infer<typeof appCertificate>;

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
  /** Absent where no package of the app was taken. */
  certificates: z.array(appCertificate).optional(),
});
export type AppView = z.infer<typeof appView>;
