import { posix, win32 } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Why an adb is looked for at a place. */
export type PlaceReason =
  | 'search path'
  | 'SDK variable'
  | 'Android Studio'
  | 'package'
  | 'this program'
  | 'another program'
  | 'unpacked by hand';

/** Where an adb may lie. `names` are the folders below `folder` to look into, for what carries a version in its name. */
interface PlaceRow {
  readonly why: PlaceReason;
  readonly folder: string;
  readonly names?: RegExp;
  /** From there on to the folder that holds adb; absent: it lies right there. */
  readonly below?: readonly string[];
}

export interface AdbPlace {
  readonly path: string;
  readonly why: PlaceReason;
}

/** What places are worked out from. */
export interface PlaceFacts {
  /** The operating system as Node names it. */
  readonly platform: string;
  readonly environment: Environment;
  readonly home: string;
  /** Folder of what ships with this program, or null. */
  readonly own: string | null;
  /** The person's folder for downloads where the system names it otherwise than `Downloads`, or null. */
  readonly downloads: string | null;
  /** Names in a folder; empty where it cannot be read. */
  readonly names: (folder: string) => readonly string[];
}

/** `platform-tools`, `platform-tools-latest-linux`, `platform-tools_r35.0.2-windows`: adb in it or one folder deeper. */
const platformTools = /^(android-)?platform-tools/i;
const scrcpy = /^scrcpy/i;

function sdkVariables({ environment }: PlaceFacts): PlaceRow[] {
  return [environment.ANDROID_HOME, environment.ANDROID_SDK_ROOT]
    .filter((sdk) => sdk !== undefined && sdk !== '')
    .map((sdk) => ({ why: 'SDK variable', folder: sdk!, below: ['platform-tools'] }));
}

function linuxRows({ home }: PlaceFacts): PlaceRow[] {
  const at = (why: PlaceReason, ...folders: string[]) => folders.map((folder): PlaceRow => ({ why, folder }));
  return [
    ...at(
      'Android Studio',
      `${home}/Android/Sdk/platform-tools`,
      // The sandboxed Android Studio of Flathub, where it may not write to the home folder itself.
      `${home}/.var/app/com.google.AndroidStudio/data/Android/Sdk/platform-tools`,
      `${home}/.var/app/com.google.AndroidStudio/Android/Sdk/platform-tools`,
    ),
    ...at(
      'package',
      '/usr/bin', // Debian, Fedora, Arch, openSUSE
      '/usr/lib/android-sdk/platform-tools', // Debian
      '/usr/local/bin',
      '/opt/android-sdk/platform-tools', // Arch, from its users
      `${home}/.local/bin`,
      ['', 'home', 'linuxbrew', '.linuxbrew', 'bin'].join('/'), // Homebrew, which has that one place on every Linux
      '/run/current-system/sw/bin', // NixOS
      `${home}/.nix-profile/bin`,
      '/snap/bin',
    ),
    ...at(
      'another program',
      `${home}/genymotion/tools`,
      '/opt/genymobile/genymotion/tools',
      '/opt/genymotion/tools',
      '/usr/share/scrcpy',
      '/usr/lib/scrcpy',
    ),
  ];
}

function macRows({ home }: PlaceFacts): PlaceRow[] {
  const at = (why: PlaceReason, ...folders: string[]) => folders.map((folder): PlaceRow => ({ why, folder }));
  return [
    ...at('Android Studio', `${home}/Library/Android/sdk/platform-tools`),
    ...at(
      'package',
      // A window that was opened from the Dock has none of these in its search path.
      '/opt/homebrew/bin',
      '/usr/local/bin',
      '/opt/homebrew/share/android-commandlinetools/platform-tools',
      '/usr/local/share/android-commandlinetools/platform-tools',
      '/opt/local/bin', // MacPorts
      `${home}/.nix-profile/bin`,
    ),
    ...at('another program', '/Applications/Genymotion.app/Contents/MacOS/tools'),
  ];
}

function windowsRows({ environment, home }: PlaceFacts): PlaceRow[] {
  const { join } = win32;
  const local = environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  const programs = environment.ProgramFiles ?? 'C:\\Program Files';
  const programs86 = environment['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';
  const data = environment.ProgramData ?? 'C:\\ProgramData';
  const scoop = environment.SCOOP ?? join(home, 'scoop');
  const choco = environment.ChocolateyInstall ?? join(data, 'chocolatey');
  const at = (why: PlaceReason, ...folders: string[]) => folders.map((folder): PlaceRow => ({ why, folder }));
  return [
    ...at('Android Studio', join(local, 'Android', 'Sdk', 'platform-tools')),
    {
      why: 'package',
      folder: join(local, 'Microsoft', 'WinGet', 'Packages'),
      names: /^Google\.PlatformTools/i,
      below: ['platform-tools'],
    },
    ...at('package', join(local, 'Microsoft', 'WinGet', 'Links')),
    ...at('package', join(scoop, 'apps', 'adb', 'current', 'platform-tools')),
    ...at('package', join(scoop, 'apps', 'adb', 'current'), join(scoop, 'shims')),
    ...at('package', join(choco, 'lib', 'adb', 'tools', 'platform-tools'), join(choco, 'bin')),
    ...at(
      'package',
      join(programs, 'Android', 'platform-tools'),
      join(programs, 'Android', 'Sdk', 'platform-tools'),
      join(programs86, 'Android', 'android-sdk', 'platform-tools'), // Visual Studio
      'C:\\platform-tools',
      'C:\\adb',
      'C:\\Android\\platform-tools',
    ),
    ...at('another program', join(programs, 'Genymobile', 'Genymotion', 'tools')),
    ...at('another program', join(scoop, 'apps', 'scrcpy', 'current')),
    { why: 'another program', folder: join(choco, 'lib', 'scrcpy', 'tools'), names: scrcpy },
    { why: 'another program', folder: join(local, 'Microsoft', 'WinGet', 'Packages'), names: /^Genymobile\.scrcpy/i },
    {
      why: 'another program',
      folder: join(local, 'Microsoft', 'WinGet', 'Packages'),
      names: /^Genymobile\.scrcpy/i,
      below: ['*scrcpy'],
    },
  ];
}

/** Folders into which people unpack what they downloaded. */
function handRows({ platform, environment, home, downloads }: PlaceFacts): PlaceRow[] {
  const { join } = platform === 'win32' ? win32 : posix;
  const folders = [
    downloads,
    join(home, 'Downloads'),
    join(home, 'Desktop'),
    platform === 'win32' && environment.OneDrive ? join(environment.OneDrive, 'Desktop') : null,
    join(home, 'Documents'),
    home,
    platform === 'win32' ? 'C:\\' : '/opt',
  ].filter((folder) => folder !== null);
  return folders.flatMap((folder): PlaceRow[] => [
    { why: 'unpacked by hand', folder, names: platformTools },
    { why: 'unpacked by hand', folder, names: platformTools, below: ['platform-tools'] },
    { why: 'another program', folder, names: scrcpy },
    { why: 'another program', folder, names: scrcpy, below: ['*scrcpy'] },
  ]);
}

/**
 * Every place where adb lies on people's computers, in the order in which they are tried: what the person set up (search
 * path, SDK), what a package put there, what ships with this program, and last what came with others or was unpacked by hand.
 */
export function adbPlaces(facts: PlaceFacts): AdbPlace[] {
  const { platform, environment, own } = facts;
  const windows = platform === 'win32';
  const { join, isAbsolute } = windows ? win32 : posix;
  const program = windows ? 'adb.exe' : 'adb';
  const searched = (environment.PATH ?? environment.Path ?? '')
    .split(windows ? ';' : ':')
    .map((folder) => (windows ? folder.replaceAll('"', '') : folder))
    // A folder named from where the program happens to stand could hold anybody's program.
    .filter((folder) => isAbsolute(folder));
  const system = windows ? windowsRows(facts) : platform === 'darwin' ? macRows(facts) : linuxRows(facts);
  const rows: PlaceRow[] = [
    ...searched.map((folder): PlaceRow => ({ why: 'search path', folder })),
    ...sdkVariables(facts),
    ...system.filter(({ why }) => why !== 'another program'),
    ...(own === null ? [] : [{ why: 'this program', folder: own, below: ['platform-tools'] } satisfies PlaceRow]),
    ...system.filter(({ why }) => why === 'another program'),
    ...handRows(facts),
  ];
  const places = new Map<string, AdbPlace>();
  for (const row of rows) {
    for (const folder of foldersOf(row, facts.names, join)) {
      const path = join(folder, program);
      if (!places.has(path)) places.set(path, { path, why: row.why });
    }
  }
  return [...places.values()];
}

/** Folders of a row; of several versions the highest number comes first. */
function foldersOf(row: PlaceRow, names: PlaceFacts['names'], join: (...parts: string[]) => string): string[] {
  let folders = [row.folder];
  if (row.names) folders = matching(folders, row.names, names, join);
  for (const part of row.below ?? []) {
    folders = part === '*scrcpy' ? matching(folders, scrcpy, names, join) : folders.map((folder) => join(folder, part));
  }
  return folders;
}

function matching(
  folders: readonly string[],
  pattern: RegExp,
  names: PlaceFacts['names'],
  join: (...parts: string[]) => string,
): string[] {
  return folders.flatMap((folder) =>
    names(folder)
      .filter((name) => pattern.test(name))
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => join(folder, name)),
  );
}
