import type { PhoneChoice } from '../../engine/ports/device-bridge.ts';

/*
 * Where on a phone the choices of an examiner may read. This list is the guard's own and stands below the one by which
 * the engine chooses: a mistake there opens nothing here.
 */

const shared = String.raw`/(?:sdcard|storage/emulated/\d{1,5}|storage/self/primary)`;

/** Folders whose files their owner made, or had made. */
const ownFolders = [
  `${shared}/Download/Intrusion Logging`,
  `${shared}/(?:Download/|Documents/)?PCAPdroid`,
  `${shared}/bugreports`,
  `${shared}/MIUI/debug_log`,
  '/bugreports',
];
/** In the folder of downloads only files of these names. */
const ownDownload = `${shared}/Download/(?:bugreport|PCAPdroid)[^/]*`;
const ownFile = new RegExp(`^(?:(?:${ownFolders.join('|')})/.+|${ownDownload})$`, 'su');
const ownFolder = new RegExp(`^(?:${ownFolders.join('|')}|${shared}/Download)/?$`, 'u');

const apkRoots = [
  'data/app',
  'data/preload',
  'data/priv-downloaded-apps',
  `mnt/expand/[0-9a-f-]{36}/app`,
  'system',
  'system_ext',
  'product',
  'vendor',
  'odm',
  'oem',
  'apex',
  `my_[a-z]{1,20}`,
  'hw_product',
  'preload',
  'cust',
  'prism',
];
const apkFile = new RegExp(`^/(?:${apkRoots.join('|')})/[\\w.+=~@/-]{1,400}\\.apk$`, 'u');

const netstats = String.raw`/data/(?:system|misc/apexdata/com\.android\.tethering)/netstats`;
const usage = String.raw`/data/(?:system/usagestats/\d{1,5}|system_ce/\d{1,5}/usagestats)`;
const rootFile = new RegExp(`^(?:${netstats}/[\\w.-]{1,200}|${usage}/(?:[\\w.-]{1,100}/){0,2}[\\w.-]{1,200})$`, 'u');
const rootFolder = new RegExp(`^(?:${netstats}|${usage}(?:/(?:daily|weekly|monthly|yearly))?)/?$`, 'u');

const longest = 4096;

/** An absolute path without steps that lead elsewhere, empty ones or signs that steer. */
export function isPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (path.length > longest || !path.startsWith('/') || /[\u0000-\u001f\u007f]/.test(path)) return false;
  const steps = path.replace(/\/$/, '').split('/').slice(1);
  return steps.length > 0 && steps.every((step) => step !== '' && step !== '.' && step !== '..');
}

/** The choice to which a file belongs, or null where it belongs to none and is not read. */
export function choiceOf(path: string): PhoneChoice | null {
  if (!isPath(path) || path.endsWith('/')) return null;
  if (ownFile.test(path)) return 'files';
  if (apkFile.test(path)) return 'apks';
  return rootFile.test(path) ? 'root' : null;
}

/** The choice to which a folder belongs whose files may be listed, or null. */
export function isFolderOf(path: string): PhoneChoice | null {
  if (!isPath(path)) return null;
  if (ownFolder.test(path)) return 'files';
  return rootFolder.test(path) ? 'root' : null;
}
