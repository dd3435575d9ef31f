/** The practice phone's one public door. */

export { apkPaths, type Broken } from './apk/apk-bytes.ts';
export { earlierSignerOf, signerOf } from './apk/signers.ts';
export { hostilePhone, type Tricks } from './hostile/hostile-phone.ts';
export { fakeEnds, hostileNames } from './hostile/names.ts';
export { type Bugreport, buildBugreport } from './phone/bugreport.ts';
export { zipBugreport } from './phone/bugreport-zip.ts';
export { createPracticePhone, type OwnPhone, type PhoneOptions } from './phone/create-phone.ts';
export { type Latency, slowPhone, usualLatency } from './phone/latency.ts';
export type { OwnerFiles } from './phone/tree/owner-files.ts';
export type { Answer, PhoneFile, PracticePhone } from './practice-phone.ts';
export { identityVersion, netstatsFiles, netstatsFolder } from './render/netstats-binary.ts';
export type { PracticeApp } from './world/apps.ts';
export { withCaptures } from './world/captured.ts';
export {
  type AndroidVersion,
  androidVersions,
  type Circumstances,
  type HomeId,
  type Maker,
  makers,
  type RootWay,
  rootWays,
  sdksOf,
  type WorldOptions,
  WorldOptionsError,
} from './world/options.ts';
export type { PracticePermission } from './world/permissions.ts';
export type { PracticeSocket } from './world/sockets.ts';
export type { RowTotals, Totals, UidTotals } from './world/truth.ts';
export { createWorld, type History, type PracticeUser, type World } from './world/world.ts';
