import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAdb } from './adb-finder.ts';
import { adbPlaces } from './adb-places.ts';

/** A file system that holds these programs and nothing else. */
const only = (...there: string[]) => ({
  canRun: (path: string) => there.includes(path),
  names: (folder: string) => {
    const below = there.filter((path) => path.startsWith(folder));
    return [
      ...new Set(
        below.map(
          (path) =>
            path
              .slice(folder.length)
              .split(/[\\/]/)
              .find((part) => part !== '')!,
        ),
      ),
    ];
  },
});
const linux = { environment: {}, platform: 'linux', home: '/me' };
const mac = { environment: {}, platform: 'darwin', home: '/me' };
const windows = {
  environment: {
    LOCALAPPDATA: 'C:\\me\\AppData\\Local',
    ProgramFiles: 'C:\\Program Files',
    OneDrive: 'C:\\One',
  },
  platform: 'win32',
  home: 'C:\\me',
};

describe('finding adb', () => {
  it('takes the path that was given or named before all others', () => {
    const environment = { PHONEHOME_ADB: '/named/adb', PATH: '/usr/bin' };
    const there = only('/given/adb', '/named/adb', '/usr/bin/adb');
    expect(findAdb({ adbPath: '/given/adb', environment, ...there })).toMatchObject({ path: '/given/adb' });
    expect(findAdb({ environment, ...there })).toEqual({ path: '/named/adb', why: 'named', others: [] });
  });

  it('reports a named path that cannot be run instead of passing it over', () => {
    const environment = { PHONEHOME_ADB: '/named/adb', PATH: '/usr/bin' };
    expect(findAdb({ environment, ...only('/usr/bin/adb') })).toEqual({ path: null, wrong: '/named/adb' });
  });

  it.each([
    ['linux', linux, '/elsewhere/adb', 'search path'],
    ['linux', linux, '/sdk/platform-tools/adb', 'SDK variable'],
    ['linux', linux, '/root/platform-tools/adb', 'SDK variable'],
    ['linux', linux, '/me/Android/Sdk/platform-tools/adb', 'Android Studio'],
    ['linux', linux, '/me/.var/app/com.google.AndroidStudio/data/Android/Sdk/platform-tools/adb', 'Android Studio'],
    ['linux', linux, '/usr/bin/adb', 'package'],
    ['linux', linux, '/usr/lib/android-sdk/platform-tools/adb', 'package'],
    ['linux', linux, '/opt/android-sdk/platform-tools/adb', 'package'],
    ['linux', linux, ['', 'home', 'linuxbrew', '.linuxbrew', 'bin', 'adb'].join('/'), 'package'],
    ['linux', linux, '/run/current-system/sw/bin/adb', 'package'],
    ['linux', linux, '/snap/bin/adb', 'package'],
    ['linux', linux, '/own/platform-tools/adb', 'this program'],
    ['linux', linux, '/opt/genymobile/genymotion/tools/adb', 'another program'],
    ['linux', linux, '/me/genymotion/tools/adb', 'another program'],
    ['linux', linux, '/me/Downloads/platform-tools/adb', 'unpacked by hand'],
    ['linux', linux, '/me/platform-tools-latest-linux/platform-tools/adb', 'unpacked by hand'],
    ['linux', linux, '/me/Desktop/scrcpy-linux-x86_64-v3.3/adb', 'another program'],
    ['macOS', mac, '/me/Library/Android/sdk/platform-tools/adb', 'Android Studio'],
    ['macOS, Homebrew on Apple’s processor', mac, '/opt/homebrew/bin/adb', 'package'],
    ['macOS, Homebrew on Intel’s', mac, '/usr/local/bin/adb', 'package'],
    ['macOS, MacPorts', mac, '/opt/local/bin/adb', 'package'],
    ['macOS', mac, '/Applications/Genymotion.app/Contents/MacOS/tools/adb', 'another program'],
    ['macOS', mac, '/me/Downloads/platform-tools/adb', 'unpacked by hand'],
    ['Windows', windows, 'C:\\me\\AppData\\Local\\Android\\Sdk\\platform-tools\\adb.exe', 'Android Studio'],
    [
      'Windows, winget',
      windows,
      'C:\\me\\AppData\\Local\\Microsoft\\WinGet\\Packages\\Google.PlatformTools_Microsoft.Winget.Source_8wekyb3d8bbwe\\platform-tools\\adb.exe',
      'package',
    ],
    ['Windows, scoop', windows, 'C:\\me\\scoop\\apps\\adb\\current\\platform-tools\\adb.exe', 'package'],
    ['Windows, Chocolatey', windows, 'C:\\ProgramData\\chocolatey\\bin\\adb.exe', 'package'],
    ['Windows', windows, 'C:\\platform-tools\\adb.exe', 'package'],
    ['Windows', windows, 'C:\\Program Files\\Genymobile\\Genymotion\\tools\\adb.exe', 'another program'],
    [
      'Windows, scrcpy by winget',
      windows,
      'C:\\me\\AppData\\Local\\Microsoft\\WinGet\\Packages\\Genymobile.scrcpy_Microsoft.Winget.Source_8wekyb3d8bbwe\\scrcpy-win64-v3.3.1\\adb.exe',
      'another program',
    ],
    [
      'Windows, unpacked twice',
      windows,
      'C:\\me\\Downloads\\platform-tools-latest-windows\\platform-tools\\adb.exe',
      'unpacked by hand',
    ],
    ['Windows, a desktop in OneDrive', windows, 'C:\\One\\Desktop\\platform-tools\\adb.exe', 'unpacked by hand'],
    ['Windows', windows, 'C:\\me\\Desktop\\scrcpy-win64-v2.4\\scrcpy-win64-v2.4\\adb.exe', 'another program'],
  ])('%s: %#', (_, system, path, why) => {
    const variables = { PATH: '/a:/elsewhere', ANDROID_HOME: '/sdk', ANDROID_SDK_ROOT: '/root' };
    const environment = { ...(system === windows ? {} : variables), ...system.environment };
    expect(findAdb({ ...system, environment, own: '/own', ...only(path) })).toEqual({ path, why, others: [] });
  });

  it('takes what the person set up before what a package put there, and what was unpacked by hand last', () => {
    const order = [
      '/b/adb',
      '/sdk/platform-tools/adb',
      '/me/Android/Sdk/platform-tools/adb',
      '/usr/bin/adb',
      '/own/platform-tools/adb',
      '/opt/genymotion/tools/adb',
      '/me/Downloads/platform-tools_r35.0.2-linux/adb',
      '/me/Downloads/platform-tools_r9-linux/adb',
    ];
    const environment = { PATH: '/a:/b', ANDROID_HOME: '/sdk' };
    const found = findAdb({ ...linux, environment, own: '/own', ...only(...order.toReversed()) });
    expect(found).toMatchObject({ path: order[0], others: order.slice(1) });
  });

  it('looks in no folder of the search path that is named from where the program stands', () => {
    const names = () => [];
    const facts = { platform: 'linux', home: '/me', own: null, downloads: null, names };
    const places = adbPlaces({ ...facts, environment: { PATH: '.::bin:/a' } });
    expect(places.filter(({ why }) => why === 'search path').map(({ path }) => path)).toEqual(['/a/adb']);
    const quoted = adbPlaces({ ...facts, platform: 'win32', environment: { Path: '"C:\\my tools";D:\\x' } });
    expect(quoted.slice(0, 2).map(({ path }) => path)).toEqual(['C:\\my tools\\adb.exe', 'D:\\x\\adb.exe']);
  });

  it.skipIf(process.platform !== 'linux')('knows the folder for downloads in the person’s language', () => {
    const home = mkdtempSync(join(tmpdir(), 'phonehome-home-'));
    try {
      mkdirSync(join(home, '.config'));
      writeFileSync(join(home, '.config/user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Téléchargements"\n');
      const tools = join(home, 'Téléchargements/platform-tools');
      mkdirSync(tools, { recursive: true });
      writeFileSync(join(tools, 'adb'), '', { mode: 0o755 });
      const canRun = (path: string) => path.startsWith(tools);
      expect(findAdb({ ...linux, home, canRun })).toMatchObject({ path: join(tools, 'adb') });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('says so where there is none', () => {
    for (const system of [linux, mac, windows]) {
      expect(findAdb({ ...system, ...only() })).toEqual({ path: null, wrong: null });
    }
  });
});
