import type { OwnerFile } from '../../../../../shared/types/device.ts';

/** One question for files that their owner made. */
export interface OwnerFolder {
  readonly folder: string;
  /** Only what lies in the folder itself and has such a name; null: all below it. */
  readonly name: string | null;
}

/**
 * Where the programs concerned leave their files. Sources: androidqf (Intrusion Logging), PCAPdroid's documentation of its
 * API, Android's `bugreport` and `Save bugreport`, Xiaomi's report by dialled code.
 */
export const ownerFolders: readonly OwnerFolder[] = [
  { folder: '/sdcard/Download/Intrusion Logging', name: null },
  { folder: '/sdcard/Download/PCAPdroid', name: null },
  { folder: '/sdcard/Documents/PCAPdroid', name: null },
  { folder: '/sdcard/PCAPdroid', name: null },
  { folder: '/sdcard/Download', name: 'bugreport*' },
  { folder: '/sdcard/Download', name: 'PCAPdroid*' },
  { folder: '/sdcard/bugreports', name: 'bugreport*' },
  { folder: '/sdcard/MIUI/debug_log', name: 'bugreport*' },
  // A link to the folder in which Android keeps its reports: only with the slash is it followed.
  { folder: '/bugreports/', name: 'bugreport*' },
];

const own = /^\/(?:sdcard|storage\/emulated\/\d{1,5}|storage\/self\/primary)\/(.+)$/su;
const report = /^bugreport[^/]*\.(?:zip|txt|txt\.gz)$/su;
const longest = 4096;

/** Signs that no command line of ours carries. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsendable = /[\u0000-\u001f\u007f]/;

/**
 * What kind of owner's file stands at a path, or null where it is none that may be taken: another folder, a step that leads
 * elsewhere, a sign that no command line can carry, more than 4096 letters.
 */
export function ownerFileKind(path: string): OwnerFile['kind'] | null {
  if (path.length > longest || unsendable.test(path) || !path.isWellFormed()) return null;
  const steps = path.split('/').slice(1);
  if (steps.some((step) => step === '' || step === '.' || step === '..')) return null;
  const name = steps.at(-1) ?? '';
  if (/^\/bugreports\/[^/]+$/u.test(path)) return report.test(name) ? 'bugreport' : null;
  const [, below = ''] = own.exec(path) ?? [];
  if (below.startsWith('Download/Intrusion Logging/')) return 'intrusion log';
  if (/^(?:(?:Download|Documents)\/)?PCAPdroid\/|^Download\/PCAPdroid[^/]*$/u.test(below)) {
    return /\.(?:csv|tsv|json)$/iu.test(name) ? 'capture table' : 'capture';
  }
  const inReports = /^(?:bugreports|MIUI\/debug_log|Download)\/[^/]+$/u.test(below);
  return inReports && report.test(name) ? 'bugreport' : null;
}
