import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where adb was looked for and what came of it. `wrong` is a path that the user named and that cannot be run. */
export type FoundAdb = { readonly path: string } | { readonly path: null; readonly wrong: string | null };

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Every place where adb usually lies, in the order in which they are tried. */
export function adbPlaces(platform: string, environment: Environment, home: string): string[] {
  const windows = platform === 'win32';
  const { join } = windows ? win32 : posix;
  const program = windows ? 'adb.exe' : 'adb';
  const places: string[] = [];
  const path = environment.PATH ?? environment.Path ?? '';
  for (const folder of path.split(windows ? ';' : ':')) if (folder !== '') places.push(join(folder, program));
  for (const sdk of [environment.ANDROID_HOME, environment.ANDROID_SDK_ROOT]) {
    if (sdk) places.push(join(sdk, 'platform-tools', program));
  }
  if (windows) {
    const { LOCALAPPDATA, ProgramFiles } = environment;
    if (LOCALAPPDATA) places.push(join(LOCALAPPDATA, 'Android', 'Sdk', 'platform-tools', program));
    if (ProgramFiles) places.push(join(ProgramFiles, 'Android', 'platform-tools', program));
    places.push('C:\\platform-tools\\adb.exe', 'C:\\adb\\adb.exe');
  } else if (platform === 'darwin') {
    places.push(
      join(home, 'Library/Android/sdk/platform-tools', program),
      '/opt/homebrew/bin/adb',
      '/usr/local/bin/adb',
    );
  } else {
    places.push(
      '/usr/bin/adb',
      '/usr/lib/android-sdk/platform-tools/adb',
      join(home, 'Android/Sdk/platform-tools', program),
      '/opt/android-sdk/platform-tools/adb',
      '/usr/local/bin/adb',
    );
  }
  return [...new Set(places)];
}

/**
 * Finds the adb program: the path that was given, else PHONEHOME_ADB, else the usual places. A path that was given or
 * named and cannot be run is reported, never passed over for another.
 */
export function findAdb(
  options: {
    readonly adbPath?: string | undefined;
    readonly environment?: Environment;
    readonly platform?: string;
    readonly home?: string;
    readonly canRun?: (path: string) => boolean;
  } = {},
): FoundAdb {
  const environment = options.environment ?? process.env;
  const runs = options.canRun ?? canRun;
  const named = options.adbPath ?? environment.PHONEHOME_ADB;
  if (named) return runs(named) ? { path: named } : { path: null, wrong: named };
  const places = adbPlaces(options.platform ?? process.platform, environment, options.home ?? homedir());
  const path = places.find(runs);
  return path === undefined ? { path: null, wrong: null } : { path };
}
