import { z } from 'zod';

/** States as adb names them; `other` keeps a word that we do not know. */
export const deviceStates = [
  'device',
  'unauthorized',
  'authorizing',
  'connecting',
  'offline',
  'no permissions',
  'recovery',
  'sideload',
  'rescue',
  'bootloader',
  'host',
  'other',
] as const;

/** A phone that adb sees. `advice` is one sentence on what to do, or null when it is ready. */
export const deviceView = z.object({
  serial: z.string(),
  state: z.enum(deviceStates),
  model: z.string().nullable(),
  android: z.string().nullable(),
  maker: z.string().nullable(),
  practice: z.boolean(),
  advice: z.string().nullable(),
});
export type DeviceView = z.infer<typeof deviceView>;

/** What the bridge to phones itself is doing: without it no phone can appear. */
export const bridgeView = z.object({
  state: z.enum(['ready', 'starting', 'missing', 'failed']),
  adbPath: z.string().nullable(),
  version: z.string().nullable(),
  advice: z.string().nullable(),
});
export type BridgeView = z.infer<typeof bridgeView>;

/** A file that the owner of the phone made, by what it is. */
export const ownerFileKinds = ['intrusion log', 'capture', 'capture table', 'bugreport'] as const;
export const ownerFile = z.object({
  path: z.string(),
  kind: z.enum(ownerFileKinds),
  bytes: z.number().nullable(),
  /** ISO 8601 UTC as the phone says it, or null. */
  modified: z.string().nullable(),
});
export type OwnerFile = z.infer<typeof ownerFile>;

/** What a phone offers beyond the usual: nothing of it has been taken yet. */
export const phoneLook = z.object({
  serial: z.string(),
  /** How root could be had, with one sentence; `not asked`: a root shell was not tried for. */
  root: z.object({ state: z.enum(['adbd', 'su', 'none', 'refused', 'not asked']), sentence: z.string() }),
  files: z.array(ownerFile),
  /** Apps whose packages can be taken, by package name. */
  apps: z.array(z.object({ package: z.string(), name: z.string().nullable(), system: z.boolean() })),
  /** What could not be looked for. */
  notes: z.array(z.string()),
});
export type PhoneLook = z.infer<typeof phoneLook>;

/** What came of pairing or connecting over the network: one sentence either way. */
export const connectOutcome = z.object({ ok: z.boolean(), sentence: z.string(), serial: z.string().nullable() });
export type ConnectOutcome = z.infer<typeof connectOutcome>;

export const phonesView = z.object({ bridge: bridgeView, devices: z.array(deviceView) });
export type PhonesView = z.infer<typeof phonesView>;
