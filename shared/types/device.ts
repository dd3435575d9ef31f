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
  'detached',
  'host',
  'other',
] as const;

/**
 * Why a phone is not ready, or needs a word although it is: stable names, by which a window chooses its picture. The
 * sentence is `advice`, the acts one by one are `steps`.
 */
export const phoneProblems = [
  'unauthorized',
  'authorizing',
  'connecting',
  'offline',
  /** Ready by adb's word, and answers nothing. */
  'silent',
  /** Linux: no rule opens the phone's USB port; or a rule does, for a group that this user is not in. */
  'udev-rule',
  'udev-group',
  'recovery',
  'sideload',
  'rescue',
  'bootloader',
  'detached',
  'not-a-phone',
  'unknown-state',
  /** Two phones give the same serial: adb cannot tell them apart. */
  'same-serial',
  /** Ready, and listed a second time under another name: by cable and over the network. */
  'listed-twice',
  /** On the USB bus and not in adb's list: it offers no debugging; or it offers it and adb does not list it. */
  'debugging-off',
  'unseen',
  /** On the USB bus in a mode without Android, that of the maker's tools. */
  'download-mode',
  /** On the USB bus, and there is no adb that works. */
  'no-adb',
] as const;
export type PhoneProblem = (typeof phoneProblems)[number];

/** Why adb does not work, or needs a word although it does. */
export const bridgeProblems = [
  'adb-missing',
  'adb-path-wrong',
  /** The program that was found cannot be run: another processor, a library that is missing, held by the system. */
  'adb-cannot-run',
  'adb-not-started',
  /** Something that is no adb server holds its port. */
  'port-taken',
  /** Something holds the port and says nothing: an adb server that hangs. */
  'server-silent',
  'server-refuses',
  /** It works, and is of another version than the adb that was found. */
  'server-version',
  /** It is ended again and again. */
  'server-killed',
  /** The environment names a server that this program does not use. */
  'server-elsewhere',
] as const;
export type BridgeProblem = (typeof bridgeProblems)[number];

/** A phone that adb sees. `advice` is one sentence on what to do, or null when it is ready. */
export const deviceView = z.object({
  serial: z.string(),
  state: z.enum(deviceStates),
  model: z.string().nullable(),
  android: z.string().nullable(),
  maker: z.string().nullable(),
  practice: z.boolean(),
  advice: z.string().nullable(),
  /** The name under which it is sold, where the phone says one that is not its model; absent: it says none. */
  marketName: z.string().optional(),
  /** Absent: none. */
  problem: z.enum(phoneProblems).optional(),
  /** What to try, one act a line, in order; absent: nothing. */
  steps: z.array(z.string()).optional(),
  /** How it is reached; absent: not known. */
  link: z.enum(['usb', 'network', 'emulator']).optional(),
});
export type DeviceView = z.infer<typeof deviceView>;

/** What the bridge to phones itself is doing: without it no phone can appear. */
export const bridgeView = z.object({
  state: z.enum(['ready', 'starting', 'missing', 'failed']),
  adbPath: z.string().nullable(),
  version: z.string().nullable(),
  advice: z.string().nullable(),
  problem: z.enum(bridgeProblems).optional(),
  steps: z.array(z.string()).optional(),
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

/** Why pairing or connecting over the network did not work, by stable names. */
export const connectFailures = [
  'bad-address',
  'bad-code',
  'no-server',
  'server-too-old',
  'wrong-code',
  'unreachable',
  'refused',
  'no-such-host',
  'not-authorised',
  'server-died',
  'no-answer',
  'other',
] as const;
export type ConnectFailure = (typeof connectFailures)[number];

/** What came of pairing or connecting over the network: one sentence either way. */
export const connectOutcome = z.object({
  ok: z.boolean(),
  sentence: z.string(),
  serial: z.string().nullable(),
  /** Absent where it worked. */
  failure: z.enum(connectFailures).optional(),
});
export type ConnectOutcome = z.infer<typeof connectOutcome>;

/** A phone on the USB bus that adb does not list, as the computer's own list of USB devices tells it (Linux only). */
export const usbPhoneView = z.object({
  /** Its place on the bus as the kernel names it, `1-2`. */
  port: z.string(),
  /** USB ids, four hexadecimal digits each. */
  vendorId: z.string(),
  productId: z.string(),
  /** Who has that vendor id, and what the device calls itself. */
  maker: z.string().nullable(),
  product: z.string().nullable(),
  serial: z.string().nullable(),
  problem: z.enum(phoneProblems),
  advice: z.string(),
  steps: z.array(z.string()),
});
export type UsbPhoneView = z.infer<typeof usbPhoneView>;

export const phonesView = z.object({
  bridge: bridgeView,
  devices: z.array(deviceView),
  /** Phones on the cable that adb does not list; absent: this computer does not tell. */
  usb: z.array(usbPhoneView).optional(),
  /** What else a person should know, one sentence each: a setting of the environment, what this system cannot tell. */
  notes: z.array(z.string()).optional(),
});
export type PhonesView = z.infer<typeof phonesView>;
