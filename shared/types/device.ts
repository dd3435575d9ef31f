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

export const phonesView = z.object({ bridge: bridgeView, devices: z.array(deviceView) });
export type PhonesView = z.infer<typeof phonesView>;
